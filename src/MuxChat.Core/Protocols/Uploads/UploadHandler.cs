using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.Core.Protocols.Uploads;

/// <summary>Reads one header of a client of <see cref="UploadProtocol"/>. For the next header there is a new handler.</summary>
internal sealed class UploadHandler(UploadProtocol protocol, IHandlerHost host) : IProtocolHandler
{
    private readonly long _idleSinceMs = host.Clock.NowMs;
    private long _headSinceMs = -1;
    private ILongAnswer? _answer;

    public Session? Session => null;

    public int PatienceMs => 0;

    public bool HasMore => _answer is not null;

    public bool IsAnswerReady => _answer is null or { IsReady: true };

    public long DeadlineMs => HasMore ? long.MaxValue
        : _headSinceMs >= 0 ? _headSinceMs + HttpLimits.HeadMs : _idleSinceMs + BodyLimits.IdleMs;

    public CloseReason DeadlineReason => CloseReason.UploadStalled;

    public void NoteUnfinished() => _headSinceMs = _headSinceMs < 0 ? host.Clock.NowMs : _headSinceMs;

    public FrameResult HandleFrame(Span<byte> frame)
    {
        var isLittleEndian = UploadFraming.IsLittleEndian(frame);
        if (frame.Length == UploadFraming.LengthBytes)
        {
            return Refuse(isLittleEndian, sizeBytes: -1, CommandResult.Error(ErrorCode.TooLong,
                $"a header has 1 to {UploadFraming.MaxHeaderBytes} bytes, after its length in 4 bytes"));
        }

        var header = new UploadHeader();
        var result = header.Read(frame[UploadFraming.LengthBytes..]);
        if (host.Password is { } password && !password.IsRight(Encoding.UTF8.GetBytes(header.Password ?? "")))
        {
            return Refuse(isLittleEndian, sizeBytes: -1,
                CommandResult.Error(ErrorCode.BadPassword, "the field password must be the server's password"));
        }

        if (!result.IsOk)
        {
            return Refuse(isLittleEndian, header.SizeBytes, result);
        }

        byte[] name = [.. Nickname.UploadPrefix, .. Encoding.ASCII.GetBytes(host.DescribeAddress())];
        var sender = new Person(host.Output, name, host.Clock.NowMs) { IsBot = true };
        var request = new UploadRequest(
            Encoding.UTF8.GetBytes(header.Name!), header.SizeBytes, header.Hash, protocol.Room, sender, host.Output, IsService: true);
        result = host.Hub.Files.Begin(request, out var upload);
        if (upload is null)
        {
            return Refuse(isLittleEndian, header.SizeBytes, result);
        }

        return Begin(upload, new UploadAnswer(protocol, host, isLittleEndian) { Upload = upload });
    }

    public FrameResult Refuse(DecodeStatus status) => throw new InvalidOperationException("Every length is a frame.");

    public FrameResult WriteMore()
    {
        if (!_answer!.WritePart())
        {
            _answer = null;
        }

        return new FrameResult { IsFile = true };
    }

    public void Release()
    {
        if (host.Output.IsEnding)
        {
            host.Hub.Files.Uploads.Forget(host.Output);
        }
    }

    private FrameResult Begin(Upload upload, UploadAnswer answer)
    {
        if (upload.SizeBytes > 0)
        {
            return new FrameResult { Cost = 1, Next = new BodyProtocol(protocol, upload.SizeBytes, upload, answer) };
        }

        _answer = answer;
        return new FrameResult { Cost = 1, Next = protocol };
    }

    // The bytes of a refused file are dropped, so that the next header is found. If there are too many, or if their number is unknown, the
    // connection ends.
    private FrameResult Refuse(bool isLittleEndian, long sizeBytes, CommandResult result)
    {
        var owner = new UploadAnswer(protocol, host, isLittleEndian);
        var refused = owner.End(result);
        return sizeBytes is < 0 or > BodyLimits.SkippedBytes ? refused with { Ending = CloseReason.UploadRefused }
            : sizeBytes == 0 ? refused with { Next = protocol }
            : refused with { Next = new BodyProtocol(protocol, sizeBytes, upload: null, owner) };
    }
}
