using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>A resource that changes the protocol of the connection to a WebSocket (RFC 6455).</summary>
/// <param name="path">The path.</param>
/// <param name="withoutName">The protocol of a client that asks for no subprotocol, or for none that is known.</param>
/// <param name="named">The subprotocols by name, and the protocol that each speaks. Each protocol has a framing of WebSockets.</param>
public sealed class HttpWebSockets(
    string path, WebSocketProtocol withoutName, params IReadOnlyList<(string Name, WebSocketProtocol Protocol)> named)
    : HttpResource(path)
{
    private readonly (byte[] Name, WebSocketProtocol Protocol)[] _named =
        [.. named.Select(static one => (Encoding.ASCII.GetBytes(one.Name), one.Protocol))];

    internal WebSocketProtocol WithoutName { get; } = withoutName;

    /// <summary>Finds a subprotocol. Names are compared exactly (RFC 6455, section 4.2.2).</summary>
    internal WebSocketProtocol? Find(ReadOnlySpan<byte> name)
    {
        foreach (var one in _named)
        {
            if (name.SequenceEqual(one.Name))
            {
                return one.Protocol;
            }
        }

        return null;
    }
}
