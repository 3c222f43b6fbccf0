using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// A chat protocol inside a WebSocket (RFC 6455): each message is a message of the inner protocol. This adds pings, closing codes and the
/// rules for messages.
/// </summary>
/// <param name="inner">The inner protocol. Its framing is a <see cref="WebSocketFraming"/>.</param>
/// <param name="isLine">Whether a message is one line. A line end at its end is dropped, and one within it is a mistake.</param>
public sealed class WebSocketProtocol(IProtocol inner, bool isLine = false) : IProtocol
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public bool PingsIdleClients => true;

    /// <inheritdoc/>
    public IFraming Framing => inner.Framing;

    /// <summary>Whether a message is one line.</summary>
    internal bool IsLine => isLine;

    /// <summary>The kind of each message, in both directions.</summary>
    internal WebSocketFrameKind MessageKind { get; } = ((WebSocketFraming)inner.Framing).Kind;

    /// <inheritdoc/>
    public IWireFormat FormatFor(int rooms) => inner.FormatFor(rooms);

    /// <inheritdoc/>
    public bool Shows(EventKind kind) => inner.Shows(kind);

    /// <inheritdoc/>
    public IProtocolHandler Begin(IHandlerHost host) => new WebSocketHandler(this, inner.Begin(host), host.Output);
}
