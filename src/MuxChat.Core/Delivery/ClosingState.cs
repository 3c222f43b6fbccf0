using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The one place that says whether a connection is over, why, and how far its end has come. Each that ends it writes here, and all read it.
/// </summary>
/// <remarks>Owned by the connection's recipient. Invariant: a phase is never left for an earlier one.</remarks>
public sealed class ClosingState
{
    /// <summary>How far the connection is.</summary>
    public ClosingPhase Phase { get; private set; }

    /// <summary>When the phase ends at the latest, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long PhaseEndsMs { get; private set; } = long.MaxValue;

    /// <summary>Why it ends; <see cref="CloseReason.None"/> while nothing ends it.</summary>
    public CloseReason Reason { get; private set; }

    /// <summary>Whether the rooms and the client were told of the end, so that nothing more is carried out.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether nothing is queued for the client any more: it would not reach it.</summary>
    public bool IsOutputClosed { get; private set; }

    /// <summary>Whether it is read from and written to.</summary>
    public bool IsOpen => Phase == ClosingPhase.Open;

    /// <summary>Why the chat wants it closed; <see cref="CloseReason.None"/> while it does not.</summary>
    public CloseReason ExpelledFor { get; private set; }

    /// <summary>Whether the chat wants it closed: an outbox that the client does not read is then not waited for.</summary>
    public bool IsExpelled => ExpelledFor != CloseReason.None;

    /// <summary>Says that the chat wants it closed, in this tick or the next. False when it wanted that before.</summary>
    /// <exception cref="ArgumentException">The chat has no such reason: <see cref="CloseReason.Killed"/> or
    /// <see cref="CloseReason.WrongPassword"/>.</exception>
    public bool TryExpel(CloseReason why)
    {
        if (why is not (CloseReason.Killed or CloseReason.WrongPassword))
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

    /// <summary>Says that the rooms and the client are told now. False when they have been, and for no reason.</summary>
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

    /// <summary>Says that nothing reaches the client any more.</summary>
    public void CloseOutput() => IsOutputClosed = true;

    /// <summary>Goes on to a later phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="endsMs">When it ends at the latest, in the clock's milliseconds.</param>
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

    /// <summary>Closes it. A reason counts only where the rooms and the client have not been told another.</summary>
    public void Close(CloseReason reason)
    {
        Reason = IsEnded ? Reason : reason;
        Enter(ClosingPhase.Closed);
    }

    /// <summary>Lets the phase end at another time.</summary>
    /// <param name="endsMs">When, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.</param>
    public void EndPhaseAt(long endsMs) => PhaseEndsMs = endsMs;
}

/// <summary>How far a connection is on its way out, which goes in this direction only.</summary>
public enum ClosingPhase
{
    /// <summary>It is read from and written to.</summary>
    Open,

    /// <summary>It is over: what is queued is still sent.</summary>
    Finishing,

    /// <summary>Nothing more is sent; input is dropped until the peer closes.</summary>
    Lingering,

    /// <summary>It is closed: in the event loop at the end of the tick.</summary>
    Closed,
}
