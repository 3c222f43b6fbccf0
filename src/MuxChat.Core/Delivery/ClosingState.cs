using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Whether a connection is closing, why, and how far it has got. Every part that ends a connection records it here, and all others read it.
/// </summary>
/// <remarks>Owner: the connection's recipient. Invariant: the phase never goes back to an earlier one.</remarks>
public sealed class ClosingState
{
    /// <summary>The current phase.</summary>
    public ClosingPhase Phase { get; private set; }

    /// <summary>The latest end of the phase, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long PhaseEndsMs { get; private set; } = long.MaxValue;

    /// <summary>The reason for the end; <see cref="CloseReason.None"/> while the connection is not ending.</summary>
    public CloseReason Reason { get; private set; }

    /// <summary>Whether the end has been announced to the rooms and the client. No command of the client runs after that.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether queueing for the client has stopped, because it can no longer be reached.</summary>
    public bool IsOutputClosed { get; private set; }

    /// <summary>Whether the connection still reads and writes.</summary>
    public bool IsOpen => Phase == ClosingPhase.Open;

    /// <summary>The chat's reason to expel the client; <see cref="CloseReason.None"/> while it has none.</summary>
    public CloseReason ExpelledFor { get; private set; }

    /// <summary>Whether the chat has expelled the client. The connection then closes without waiting for an unread outbox.</summary>
    public bool IsExpelled => ExpelledFor != CloseReason.None;

    /// <summary>Records that the chat expels the client, in this tick or the next. False if it already has.</summary>
    /// <exception cref="ArgumentException">The chat expels for another reason: for <see cref="CloseReason.Killed"/>,
    /// <see cref="CloseReason.WrongPassword"/>, or one that concerns a gateway's client.</exception>
    public bool TryExpel(CloseReason why)
    {
        if (why is not (CloseReason.Killed or CloseReason.WrongPassword or CloseReason.GatewayRefused or CloseReason.AddressLimit))
        {
            throw new ArgumentException($"The chat never expels a client for this reason: {why}.", nameof(why));
        }

        if (IsExpelled)
        {
            return false;
        }

        ExpelledFor = why;
        return true;
    }

    /// <summary>
    /// Records the reason, right before the end is announced to the rooms and the client. False if it was
    /// announced before, or for <see cref="CloseReason.None"/>.
    /// </summary>
    public bool TryEnd(CloseReason reason)
    {
        if (IsEnded || reason == CloseReason.None)
        {
            return false;
        }

        Reason = reason;
        IsEnded = true;
        return true;
    }

    /// <summary>Stops queueing for the client.</summary>
    public void CloseOutput() => IsOutputClosed = true;

    /// <summary>Enters a later phase.</summary>
    /// <param name="phase">The new phase.</param>
    /// <param name="endsMs">Its latest end, in the clock's milliseconds.</param>
    /// <exception cref="InvalidOperationException">The phase is an earlier one.</exception>
    public void Enter(ClosingPhase phase, long endsMs = long.MaxValue)
    {
        if (phase < Phase)
        {
            throw new InvalidOperationException($"A connection cannot go from phase {Phase} to phase {phase}.");
        }

        Phase = phase;
        PhaseEndsMs = endsMs;
    }

    /// <summary>Closes the connection. The reason counts only if none has been announced.</summary>
    public void Close(CloseReason reason)
    {
        Reason = IsEnded ? Reason : reason;
        Enter(ClosingPhase.Closed);
    }

    /// <summary>Moves the latest end of the phase.</summary>
    /// <param name="endsMs">The new time, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.</param>
    public void EndPhaseAt(long endsMs) => PhaseEndsMs = endsMs;
}

/// <summary>The phases of a connection. It passes through them in this order only, and may skip some.</summary>
public enum ClosingPhase
{
    /// <summary>The connection reads and writes.</summary>
    Open,

    /// <summary>The client has ended; queued output is still sent.</summary>
    Finishing,

    /// <summary>The connection sends nothing more and drops input until the peer closes.</summary>
    Lingering,

    /// <summary>The connection is closed; in the event loop this happens at the end of the tick.</summary>
    Closed,
}
