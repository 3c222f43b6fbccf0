using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>Passes the bytes of one body to its upload, waits for the outcome, and lets the owner of the body answer.</summary>
internal sealed class BodyHandler : IProtocolHandler
{
    private const int MsPerSecond = 1000;

    private static readonly CommandResult TakenOver =
        CommandResult.Error(ErrorCode.Busy, "another connection goes on with this upload: nothing was sent for a while");

    private readonly IHandlerHost _host;
    private readonly Upload? _upload;
    private readonly IBodyOwner _owner;
    private long _left;
    private long _skipped;
    private CommandResult _failure = CommandResult.Ok();
    private bool _hasBegun;
    private bool _isAnswered;

    // The time by which more bytes must come. Each byte moves it a little, and it is never later than the idle limit.
    private long _dueMs;
    private long _waitsSinceMs;

    public BodyHandler(IHandlerHost host, long length, Upload? upload, IBodyOwner owner)
    {
        (_host, _left, _upload, _owner) = (host, length, upload, owner);
        _dueMs = host.Clock.NowMs + BodyLimits.IdleMs;

        // A client that always sends the whole file may get an upload that has its beginning already, by the same hash.
        _skipped = upload is null ? 0 : length - (upload.SizeBytes - upload.ReceivedBytes);
    }

    public Session? Session => null;

    public int PatienceMs => 0;

    public bool HasMore => _hasBegun && !_isAnswered && _upload is not null
        && (_left == 0 || (_upload.IsWaiting && _upload.IsOf(_host.Output)));

    public bool IsAnswerReady => _upload is null or { CanContinue: true };

    // While the server makes the client wait, no time counts against the client.
    public long DeadlineMs => HasMore ? long.MaxValue : _dueMs;

    public CloseReason DeadlineReason => CloseReason.UploadStalled;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        var nowMs = _host.Clock.NowMs;
        _hasBegun = true;
        _left -= frame.Length;
        _dueMs = Math.Min(nowMs + BodyLimits.IdleMs, _dueMs + ((long)frame.Length * MsPerSecond / BodyLimits.MinBytesPerSecond));
        var skipped = (int)Math.Min(_skipped, frame.Length);
        _skipped -= skipped;
        if (_upload is not null && _failure.IsOk)
        {
            _failure = _upload.IsOf(_host.Output) ? _upload.Append(frame[skipped..]) : TakenOver;
        }

        if (!_failure.IsOk && _owner.EndsAtFailure)
        {
            return Answer(_failure);
        }

        _waitsSinceMs = nowMs;
        return new FrameResult { IsFile = true, Next = _left == 0 ? _owner.Next : null };
    }

    public FrameResult Refuse(DecodeStatus status) => throw new InvalidOperationException("All bytes of a body are frames.");

    public FrameResult WriteMore()
    {
        _upload!.Continue();
        if (_upload.IsWaiting)
        {
            return new FrameResult { IsFile = true };
        }

        _dueMs += _host.Clock.NowMs - _waitsSinceMs;
        if (_failure.IsOk && _upload.Outcome is { } outcome)
        {
            _failure = outcome;
        }

        return _left == 0 || (!_failure.IsOk && _owner.EndsAtFailure) ? Answer(_failure) : new FrameResult { IsFile = true };
    }

    public void Release()
    {
        if (_host.Output.IsEnding)
        {
            _host.Hub.Files.Uploads.Forget(_host.Output);
        }
    }

    private FrameResult Answer(CommandResult result)
    {
        _isAnswered = true;
        return _owner.End(result) with { IsFile = true };
    }
}
