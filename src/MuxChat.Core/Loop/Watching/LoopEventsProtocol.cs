using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop.Watching;

/// <summary>The protocol of those who watch the loop, inside a WebSocket: the server talks, and the client only listens.</summary>
/// <remarks>Its clients have no session. A message from one ends it, because there is nothing to ask for.</remarks>
/// <param name="limits">The limits of frames.</param>
/// <param name="watch">The watch that its clients join.</param>
public sealed class LoopEventsProtocol(Replaceable<FrameLimits> limits, LoopWatch watch) : IProtocol
{
    /// <summary>The subprotocol's name in the handshake.</summary>
    public const string WebSocketName = "loop.muxchat";

    /// <summary>The longest message of a client, in bytes: 128. There is none that means anything.</summary>
    private const int MaxMessageBytes = 128;

    private static readonly Silence Nothing = new();

    /// <inheritdoc/>
    public string Name => "loop";

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    public IFraming Framing { get; } = new WebSocketFraming(limits, WebSocketFrameKind.Text, static _ => MaxMessageBytes);

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => Nothing;

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new Handler(watch.TryAdd(host.Output));

    private sealed class Handler(bool isIn) : IProtocolHandler
    {
        public Session? Session => null;

        public int PatienceMs => 0;

        public bool HasMore => false;

        // One watcher too many is closed at once.
        public long DeadlineMs => isIn ? long.MaxValue : 0;

        public CloseReason DeadlineReason => CloseReason.HttpRefused;

        public FrameResult HandleFrame(Span<byte> frame) => new() { Cost = 1, Ending = CloseReason.WebSocketError };

        public FrameResult Refuse(DecodeStatus status) => new() { Cost = 1, Ending = CloseReason.WebSocketError };

        public FrameResult WriteMore() => default;
    }

    /// <summary>Shows no event: its clients are in no room.</summary>
    private sealed class Silence : IWireFormat
    {
        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
        }

        public bool ShowsToActor(EventKind kind) => false;

        public bool IsOncePerPerson(EventKind kind) => false;
    }
}
