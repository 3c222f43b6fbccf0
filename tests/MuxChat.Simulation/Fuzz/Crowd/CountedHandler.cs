using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>A handler of the product's; its protocol counts the commands that it takes.</summary>
internal sealed class CountedHandler(IProtocolHandler inner, ICountedProtocol protocol) : IProtocolHandler
{
    public Session? Session => inner.Session;

    public int PatienceMs => inner.PatienceMs;

    public bool HasMore => inner.HasMore;

    public bool IsAnswerReady => inner.IsAnswerReady;

    public void Abandon() => inner.Abandon();

    public FrameResult HandleFrame(Span<byte> frame)
    {
        // Found out before: a handler may change the frame.
        var word = protocol.WordOf(frame);
        var result = inner.HandleFrame(frame);
        protocol.Coverage.Note(protocol.Name, word, result.Result.IsOk);
        return result;
    }

    public FrameResult Refuse(DecodeStatus status) => inner.Refuse(status);

    public FrameResult WriteMore() => inner.WriteMore();

    public void Release() => inner.Release();
}
