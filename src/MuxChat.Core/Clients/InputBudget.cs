using MuxChat.Core.Chat;

namespace MuxChat.Core.Clients;

/// <summary>
/// Whether a client may say one more thing now: not when it has said too much, has been wrong too often, or the disk is behind and nobody
/// may. A field of its client, never copied.
/// </summary>
internal struct InputBudget(ClientContext context)
{
    // How long a client waits before it is looked whether the disk has caught up.
    private const int BehindMs = 20;

    /// <summary>
    /// Parts of long answers that a client is given in one millisecond of the clock: 16, whether they are of one answer or of several.
    /// </summary>
    private const int MaxPartsAtOnce = 16;

    /// <summary>Bytes of answers that cost one more: 64 KiB.</summary>
    private const int BytesPerToken = 64 * 1024;

    // What costs nothing costs a twentieth all the same: it had to be read.
    private const double RefundForNothing = 0.95;

    private TokenBucket _flood = new(context.Limits.FloodBurst, context.Limits.FloodPerSecond, context.Clock.NowMs);
    private int _login = context.Limits.LoginBudget;
    private bool _isFromLogin;
    private ErrorStreak _errors;
    private long _heldUntilMs;
    private long _partsAtMs = -1;
    private int _parts;
    private long _bytes;
    private bool _isAnswering;

    /// <summary>
    /// When a client that may not go on may do so again. An answer that it waits for goes on whatever it has said before.
    /// </summary>
    public readonly long ResumeMs => Math.Max(context.Limits.Flood && !_isAnswering ? _flood.OpensMs() : 0, _heldUntilMs);

    /// <summary>Whether the next line or frame may be taken.</summary>
    public bool MayGoOn()
    {
        var nowMs = context.Clock.NowMs;
        _isAnswering = false;
        if (context.Acknowledgements.IsBehind)
        {
            WaitForDisk();
            return false;
        }

        _flood.SetRate(context.Limits.FloodBurst, context.Limits.FloodPerSecond);
        return !context.Limits.Flood || _flood.IsOpen(nowMs);
    }

    /// <summary>Nothing more is taken before it is looked again whether the disk has caught up.</summary>
    public void WaitForDisk() => _heldUntilMs = context.Clock.NowMs + BehindMs;

    /// <summary>One was taken.</summary>
    public void Pass() => _flood.Pass();

    /// <summary>The one that was taken costs this much instead of 1.</summary>
    /// <param name="cost">What it costs.</param>
    /// <param name="isForLogin">Whether it may be paid from what a client has once, for coming back.</param>
    public void Adjust(int cost, bool isForLogin)
    {
        _isFromLogin = isForLogin && _login > 0;
        if (cost == 0)
        {
            _flood.Refund(RefundForNothing);
        }
        else if (_isFromLogin)
        {
            _flood.Refund();
            _login -= cost;
        }
        else if (context.Limits.Flood)
        {
            _flood.Charge(cost - 1);
        }
    }

    /// <summary>So many bytes were answered. They add up, from answer to answer.</summary>
    public void ChargeBytes(long bytes)
    {
        _bytes += bytes;
        var tokens = (int)(_bytes / BytesPerToken);
        if (_isFromLogin)
        {
            _login -= tokens;
        }
        else if (context.Limits.Flood)
        {
            _flood.Charge(tokens);
        }

        _bytes %= BytesPerToken;
    }

    /// <summary>Whether another part of a long answer may be given now. Where not, it goes on in a millisecond: others first.</summary>
    public bool MayAnswer()
    {
        var nowMs = context.Clock.NowMs;
        _parts = nowMs == _partsAtMs ? _parts + 1 : 1;
        _partsAtMs = nowMs;
        _isAnswering = _parts > MaxPartsAtOnce;
        _heldUntilMs = _isAnswering ? nowMs + 1 : _heldUntilMs;
        return !_isAnswering;
    }

    /// <summary>
    /// Says how it ended. What a client gets wrong costs it more than what it gets right; after enough of nothing else
    /// there is a reason to close it.
    /// </summary>
    public CloseReason Charge(ErrorCode code)
    {
        _errors.Note(code);
        if (!context.Limits.Flood || !ErrorStreak.IsClientsFault(code))
        {
            return CloseReason.None;
        }

        _flood.Charge(context.Limits.ErrorCost);
        return _errors.Length >= context.Limits.ErrorsInRow ? CloseReason.ProtocolErrors : CloseReason.None;
    }
}

/// <summary>
/// How many lines or frames in a row could not be understood. What was understood ends the row, even when it was
/// refused. A field of its client.
/// </summary>
internal struct ErrorStreak
{
    /// <summary>How many there are.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the request was wrong in itself, whoever else is there: the client could have known.</summary>
    public static bool IsClientsFault(ErrorCode code) =>
        IsNotUnderstood(code) || code is ErrorCode.MissingField or ErrorCode.BadField or ErrorCode.ControlCharacter or ErrorCode.BadNick
        or ErrorCode.BadRoom;

    /// <summary>Whether the request had no form or no sense: no client of either protocol sends many of those.</summary>
    public static bool IsNotUnderstood(ErrorCode code) =>
        code is ErrorCode.UnknownCommand or ErrorCode.BadJson or ErrorCode.NotUtf8 or ErrorCode.TooLong or ErrorCode.EmptyFrame;

    /// <summary>Counts how one ended.</summary>
    public void Note(ErrorCode code) => Length = IsNotUnderstood(code) ? Length + 1 : 0;
}
