using System.Buffers.Binary;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>One client of a WebSocket. It answers control frames and passes messages to the handler of the inner protocol.</summary>
/// <remarks>Invariant: the close frame is the last thing that the server sends (RFC 6455, section 5.5.1).</remarks>
internal sealed class WebSocketHandler(WebSocketProtocol protocol, IProtocolHandler inner, IClientOutput output) : IProtocolHandler
{
    private const int FrameBytes = WebSocketDecoder.MaxControlBytes + 2;
    private const int CodeBytes = sizeof(ushort);

    // The code of the close frame; null while none is chosen.
    private WebSocketCode? _code;
    private string _why = "";

    public Session? Session => inner.Session;

    public int PatienceMs => inner.PatienceMs;

    public bool HasMore => inner.HasMore;

    public bool IsAnswerReady => inner.IsAnswerReady;

    public long DeadlineMs => inner.DeadlineMs;

    public CloseReason DeadlineReason => inner.DeadlineReason;

    public bool TryPassDeadline() => inner.TryPassDeadline();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        var content = frame[1..];
        switch ((WebSocketFrameKind)frame[0])
        {
            case WebSocketFrameKind.Text or WebSocketFrameKind.Binary:
                return HandleMessage((WebSocketFrameKind)frame[0], content);
            case WebSocketFrameKind.Ping:
                SendControl(WebSocketFrameKind.Pong, content);
                return new FrameResult { Cost = 1 };
            case WebSocketFrameKind.Pong:
                return new FrameResult { Cost = 0 };
            case WebSocketFrameKind.Close:
                return HandleClose(content);
            default:
                var mistake = (WebSocketMistake)content[0];
                return Break(WebSocketCodes.For(mistake), WebSocketCodes.Explain(mistake));
        }
    }

    public FrameResult Refuse(DecodeStatus status) => throw new InvalidOperationException("Every mistake is a frame.");

    public FrameResult WriteMore() => inner.WriteMore();

    public void Abandon() => inner.Abandon();

    public void Release() => inner.Release();

    public bool TryPing()
    {
        SendControl(WebSocketFrameKind.Ping, default);
        return true;
    }

    public void SayGoodbye(CloseReason reason)
    {
        var code = _code ?? WebSocketCodes.For(reason);
        if (code == WebSocketCode.NoCode)
        {
            SendControl(WebSocketFrameKind.Close, default);
            return;
        }

        Span<byte> content = stackalloc byte[WebSocketDecoder.MaxControlBytes];
        BinaryPrimitives.WriteUInt16BigEndian(content, (ushort)code);
        var why = Encoding.UTF8.GetBytes(_code is null ? WebSocketCodes.Explain(reason) : _why);
        var fits = ChatText.Fit(why, WebSocketDecoder.MaxControlBytes - CodeBytes);
        why.AsSpan(0, fits).CopyTo(content[CodeBytes..]);
        SendControl(WebSocketFrameKind.Close, content[..(CodeBytes + fits)]);
    }

    private FrameResult HandleMessage(WebSocketFrameKind kind, Span<byte> content)
    {
        if (kind != protocol.MessageKind)
        {
            return Break(WebSocketCode.WrongKind, protocol.MessageKind == WebSocketFrameKind.Text
                ? "this subprotocol has text messages" : "this subprotocol has binary messages");
        }

        if (kind == WebSocketFrameKind.Text && !ChatText.IsUtf8(content))
        {
            return Break(WebSocketCode.NotUtf8, "a text message is not UTF-8");
        }

        if (!protocol.IsLine)
        {
            return inner.HandleFrame(content);
        }

        content = content.EndsWith("\r\n"u8) ? content[..^2] : content.EndsWith("\n"u8) ? content[..^1] : content;
        return content.Contains((byte)'\n') ? Break(WebSocketCode.Policy, "a message is one line") : inner.HandleFrame(content);
    }

    private FrameResult HandleClose(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            return End(WebSocketCode.NoCode, "", CloseReason.WebSocketClosed);
        }

        var code = content.Length < CodeBytes ? 0 : BinaryPrimitives.ReadUInt16BigEndian(content);
        if (!WebSocketCodes.MayBeSent(code))
        {
            return Break(WebSocketCode.ProtocolError, "no close code that may be sent");
        }

        return ChatText.IsUtf8(content[CodeBytes..]) ? End((WebSocketCode)code, "", CloseReason.WebSocketClosed)
            : Break(WebSocketCode.NotUtf8, "the reason is not UTF-8");
    }

    private FrameResult Break(WebSocketCode code, string why) => End(code, why, CloseReason.WebSocketError);

    private FrameResult End(WebSocketCode code, string why, CloseReason reason)
    {
        (_code, _why) = (code, why);
        return new FrameResult { Cost = 1, Ending = reason };
    }

    private void SendControl(WebSocketFrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        output.SendAsIs(frame[..WebSocketFraming.WriteControl(frame, kind, content)]);
    }
}
