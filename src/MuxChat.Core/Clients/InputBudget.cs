using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// Decides whether a client may send another line or frame. It may not after too much input, after too
/// many errors, or while too much waits for the disk.
/// </summary>
/// <remarks>A mutable struct: keep it in a field of its client and never copy it.</remarks>
internal struct InputBudget(ClientContext context)
{
    // Milliseconds until a client checks again whether the journal has caught up.
    private const int BehindMs = 20;

    /// <summary>Parts of long answers that a client gets in one millisecond of the clock: 16, of one answer or of several.</summary>
    private const int MaxPartsAtOnce = 16;

    /// <summary>Bytes of answers that cost one more frame: 64 KiB.</summary>
    private const int BytesPerToken = 64 * 1024;

    // A free frame still costs a twentieth, because the server had to read it.
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
    /// The time at which a held client may continue, in the clock's milliseconds. The flood budget does not delay an answer that has begun.
    /// </summary>
    public readonly long ResumeMs => Math.Max(context.Limits.Flood && !_isAnswering ? _flood.OpensMs() : 0, _heldUntilMs);

    /// <summary>Whether the client's next line or frame may be handled.</summary>
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

    /// <summary>Holds the client until the next check whether the journal has caught up.</summary>
    public void WaitForDisk() => _heldUntilMs = context.Clock.NowMs + BehindMs;

    /// <summary>Charges 1 for a line or frame, and counts it.</summary>
    public void Pass()
    {
        _flood.Pass();
        context.Metrics.Frames.Increment();
    }

    /// <summary>Changes the charge for the last line or frame from 1 to its cost. The login budget pays for it if it may.</summary>
    public void Adjust(in FrameResult done)
    {
        _isFromLogin = done.IsForLogin && _login > 0;
        if (done.IsFile)
        {
            _flood.Refund();
        }
        else if (done.Cost == 0)
        {
            _flood.Refund(RefundForNothing);
        }
        else if (_isFromLogin)
        {
            _flood.Refund();
            _login -= done.Cost;
        }
        else if (context.Limits.Flood)
        {
            _flood.Charge(done.Cost - 1);
        }
    }

    /// <summary>Charges for bytes of answers: 1 for each 64 KiB, summed over all answers.</summary>
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

    /// <summary>
    /// Whether the client may get another part of a long answer now. If not, it continues in a
    /// millisecond, so that other clients get their turn.
    /// </summary>
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
    /// Charges for the outcome of a line or frame: an error costs more. Returns the reason to close the client
    /// after too many in a row, or <see cref="CloseReason.None"/>.
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
/// Counts the lines or frames in a row that the server could not understand. A line or frame that
/// it understood ends the row, even if it was refused.
/// </summary>
/// <remarks>A mutable struct: keep it in a field of its client and never copy it.</remarks>
internal struct ErrorStreak
{
    /// <summary>The length of the row.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the request was wrong in itself, whatever the state of the chat, so that the client could have known.</summary>
    public static bool IsClientsFault(ErrorCode code) =>
        IsNotUnderstood(code) || code is ErrorCode.MissingField or ErrorCode.BadField or ErrorCode.ControlCharacter or ErrorCode.BadNick
        or ErrorCode.BadRoom;

    /// <summary>Whether the request was malformed or unknown. A correct client of any protocol rarely sends one.</summary>
    public static bool IsNotUnderstood(ErrorCode code) =>
        code is ErrorCode.UnknownCommand or ErrorCode.BadJson or ErrorCode.NotUtf8 or ErrorCode.TooLong or ErrorCode.EmptyFrame;

    /// <summary>Counts the outcome of one line or frame.</summary>
    public void Note(ErrorCode code) => Length = IsNotUnderstood(code) ? Length + 1 : 0;
}
