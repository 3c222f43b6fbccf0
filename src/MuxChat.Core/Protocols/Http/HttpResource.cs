using System.Buffers;
using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>What is at one path: an <see cref="HttpAsset"/>, an <see cref="HttpDynamic"/>, or an <see cref="HttpWebSockets"/>.</summary>
/// <remarks>Owner: an <see cref="HttpSite"/>. It does not change while the server runs.</remarks>
public abstract class HttpResource
{
    private protected HttpResource(string path)
    {
        Path = Encoding.ASCII.GetBytes(path);
        if (!path.StartsWith('/') || path.Any(static letter => letter is <= ' ' or '?' or '#' or >= '\x7F'))
        {
            throw new ArgumentException("A path begins with a slash, and has no blank, query or fragment.", nameof(path));
        }
    }

    /// <summary>The path, as it appears in a request. It matches exactly.</summary>
    internal byte[] Path { get; }
}

/// <summary>A resource that never changes: a file of the page, with its codings.</summary>
public sealed class HttpAsset : HttpResource
{
    /// <summary>Creates the resource.</summary>
    /// <param name="path">The path.</param>
    /// <param name="contentType">The media type, with its charset.</param>
    /// <param name="content">The bytes as they are, and the same bytes in other codings. A coding that is not smaller is left out.</param>
    public HttpAsset(string path, string contentType, params IReadOnlyList<(HttpCoding Coding, byte[] Bytes)> content)
        : base(path)
    {
        ContentType = Encoding.ASCII.GetBytes(contentType);
        var identityBytes = content.First(static one => one.Coding == HttpCoding.Identity).Bytes.Length;
        Content = [.. content.Where(one => one.Coding == HttpCoding.Identity || one.Bytes.Length < identityBytes)
            .OrderBy(static one => one.Bytes.Length)];
    }

    internal byte[] ContentType { get; }

    /// <summary>The content in each coding, the shortest first.</summary>
    internal IReadOnlyList<(HttpCoding Coding, byte[] Bytes)> Content { get; }
}

/// <summary>A resource that is written anew for each request, on the loop's thread. It is never cached.</summary>
/// <param name="path">The path.</param>
/// <param name="contentType">The media type, with its charset.</param>
/// <param name="write">Writes the body: at most <see cref="HttpLimits.DynamicBodyBytes"/>. It returns 200, or 503 for something that
/// is not well.</param>
public sealed class HttpDynamic(string path, string contentType, Func<IBufferWriter<byte>, HttpStatus> write) : HttpResource(path)
{
    internal byte[] ContentType { get; } = Encoding.ASCII.GetBytes(contentType);

    internal HttpStatus Write(IBufferWriter<byte> body) => write(body);
}

/// <summary>A resource that changes the protocol of the connection to a WebSocket (RFC 6455).</summary>
/// <param name="path">The path.</param>
/// <param name="withoutName">The protocol of a client that asks for no subprotocol, or for none that is known.</param>
/// <param name="named">The subprotocols by name, and the protocol that each speaks. Each protocol has a framing of WebSockets.</param>
public sealed class HttpWebSockets(string path, WebSocketProtocol withoutName, params IReadOnlyList<(string Name, WebSocketProtocol Protocol)> named)
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
