using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// A protocol that is left for another: a frame that holds <c>turn NAME</c> is carried out, and then the client speaks the protocol of that
/// name.
/// </summary>
/// <param name="inner">What is spoken so far.</param>
/// <param name="isForNobody">Whether the client is nobody in the chat, as one that asks for an upgrade: it hears <c>done</c> for each
/// line, and has no session.</param>
internal sealed class TurningProtocol(IProtocol inner, bool isForNobody = false) : IProtocol
{
    public Dictionary<string, IProtocol> Others { get; } = [];

    public string Name => "turning-" + inner.Name;

    public bool PingsIdleClients => inner.PingsIdleClients;

    public IFraming Framing => inner.Framing;

    public IWireFormat FormatFor(int rooms) => inner.FormatFor(rooms);

    public IProtocolHandler Begin(IHandlerHost host) => new Handler(isForNobody ? null : inner.Begin(host), host, Others);

    private sealed class Handler(IProtocolHandler? inner, IHandlerHost host, Dictionary<string, IProtocol> others) : IProtocolHandler
    {
        public Session? Session => inner?.Session;

        public int PatienceMs => inner is null ? 5_000 : inner.PatienceMs;

        public bool HasMore => inner is { HasMore: true };

        public bool IsAnswerReady => inner is null or { IsAnswerReady: true };

        public FrameResult HandleFrame(Span<byte> frame)
        {
            var text = Bytes.Utf8(frame);
            var next = others.FirstOrDefault(other => text.Contains("turn " + other.Key, StringComparison.Ordinal)).Value;
            if (inner is null)
            {
                host.Output.SendMessage("done"u8);
                return new FrameResult { Cost = 1, Next = next };
            }

            var result = inner.HandleFrame(frame);
            return new FrameResult
            {
                Result = result.Result,
                HasAnswer = result.HasAnswer,
                Answer = result.Answer,
                Id = result.Id,
                Cost = result.Cost,
                IsForLogin = result.IsForLogin,
                IsOver = result.IsOver,
                Next = next,
            };
        }

        public FrameResult Refuse(DecodeStatus status) => inner!.Refuse(status);

        public FrameResult WriteMore() => inner!.WriteMore();
    }
}
