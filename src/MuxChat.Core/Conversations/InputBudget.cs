using MuxChat.Core.Chat;

namespace MuxChat.Core.Conversations;

/// <summary>
/// Whether a client may say one more thing now: not when it has said too much, has been wrong too often, or the disk is behind and nobody may. A field of its
/// conversation, never copied.
/// </summary>
internal struct InputBudget(ConversationContext context)
{
    // How long a client waits before it is looked whether the disk has caught up.
    private const int BehindMs = 20;

    private FloodGate _flood = new(context.Limits.FloodBurst, context.Limits.FloodPerSecond, context.Clock.NowMs);
    private ErrorRow _errors;
    private long _heldUntilMs;

    /// <summary>When a client that may not go on may do so again.</summary>
    public readonly long ResumeMs => Math.Max(context.Limits.Flood ? _flood.OpensMs() : 0, _heldUntilMs);

    /// <summary>Whether the next line or frame may be taken.</summary>
    public bool MayGoOn()
    {
        var nowMs = context.Clock.NowMs;
        if (context.Acknowledgements.IsBehind)
        {
            _heldUntilMs = nowMs + BehindMs;
            return false;
        }

        return !context.Limits.Flood || _flood.IsOpen(nowMs);
    }

    /// <summary>One was taken.</summary>
    public void Pass() => _flood.Pass();

    /// <summary>The one that was taken costs this much instead of 1.</summary>
    public void Adjust(int cost)
    {
        if (cost == 0)
        {
            _flood.Refund();
        }
        else if (context.Limits.Flood)
        {
            _flood.Charge(cost - 1);
        }
    }

    /// <summary>It may go on in a millisecond: others first.</summary>
    public void Hold() => _heldUntilMs = context.Clock.NowMs + 1;

    /// <summary>
    /// Says how it ended. What a client gets wrong costs it more than what it gets right; after enough of nothing else there is a reason to close it.
    /// </summary>
    public CloseReason Charge(ErrorCode code)
    {
        _errors.Note(code);
        if (!context.Limits.Flood || !ErrorRow.IsClientsFault(code))
        {
            return CloseReason.None;
        }

        _flood.Charge(context.Limits.ErrorCost);
        return _errors.Length >= context.Limits.ErrorsInRow ? CloseReason.ProtocolErrors : CloseReason.None;
    }
}
