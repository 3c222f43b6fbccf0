using MuxChat.Core.Chat;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The one place that says whether a connection is over, why, and how far its end has come. Each that ends it writes here, and all read it.
/// </summary>
/// <remarks>Owned by the connection's recipient. Invariant: only the first reason counts, and a phase is never left for an earlier one.</remarks>
public sealed class ClosingState
{
    /// <summary>How far the connection is.</summary>
    public ClosingPhase Phase { get; private set; }

    /// <summary>When the phase ends at the latest, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.</summary>
    public long PhaseEndsMs { get; set; } = long.MaxValue;

    /// <summary>Why it ends; <see cref="CloseReason.None"/> while nothing ends it.</summary>
    public CloseReason Reason { get; private set; }

    /// <summary>Whether the rooms and the client were told of the end, so that nothing more is carried out.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether nothing is queued for the client any more: it would not reach it.</summary>
    public bool IsOutputClosed { get; private set; }

    /// <summary>Whether it is read from and written to.</summary>
    public bool IsOpen => Phase == ClosingPhase.Open;

    /// <summary>Whether the chat wants it closed, and the client has not been told its last words yet or does not read them.</summary>
    public bool IsExpelled => Reason is CloseReason.Killed or CloseReason.WrongPassword;

    /// <summary>Says why it is to end. False when that was known.</summary>
    public bool TryMark(CloseReason reason)
    {
        if (Reason != CloseReason.None || reason == CloseReason.None)
        {
            return false;
        }

        Reason = reason;
        return true;
    }

    /// <summary>Says that the rooms and the client are told now. False when they have been, and for no reason.</summary>
    public bool TryEnd(CloseReason reason)
    {
        if (IsEnded || reason == CloseReason.None)
        {
            return false;
        }

        TryMark(reason);
        IsEnded = true;
        return true;
    }

    /// <summary>Says that nothing reaches the client any more.</summary>
    public void CloseOutput() => IsOutputClosed = true;

    /// <summary>Goes on to a later phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="endsMs">When it ends at the latest, in the clock's milliseconds.</param>
    public void Enter(ClosingPhase phase, long endsMs = long.MaxValue)
    {
        Phase = phase;
        PhaseEndsMs = endsMs;
    }
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
