using MuxChat.Core.Buffers;
using MuxChat.Core.Protocols.Http;

namespace MuxChat.Core.Protocols;

/// <summary>The parts from which a server makes its page and WebSockets.</summary>
/// <param name="Pool">The server's segments. The page lies in some of them for good.</param>
/// <param name="Resources">The files of the page.</param>
/// <param name="Origins">Other origins whose pages may open a WebSocket; see <see cref="HttpSite"/>.</param>
public sealed record WebSettings(SegmentPool Pool, IReadOnlyList<HttpResource> Resources, IReadOnlyList<string> Origins)
{
    /// <summary>No page: WebSockets alone.</summary>
    public static WebSettings None { get; } = new(new SegmentPool(), [], []);

    /// <summary>The server's own URL, for links to files, in ASCII and without a slash at its end; empty if it is unknown.</summary>
    public byte[] PublicUrl { get; init; } = [];

    /// <summary>The machine's name; see <see cref="HttpSite.MachineName"/>.</summary>
    public string MachineName { get; init; } = "";
}
