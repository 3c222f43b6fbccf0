using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// The resource at one path: an <see cref="HttpAsset"/>, an <see cref="HttpDynamic"/>, an <see cref="HttpWebSockets"/>, or the
/// <see cref="HttpFiles"/> below one.
/// </summary>
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

    /// <summary>Whether the site's guard must admit a request for it (see <see cref="HttpGuard"/>).</summary>
    public bool IsGuarded { get; init; }

    /// <summary>The path, as it appears in a request.</summary>
    internal byte[] Path { get; }

    /// <summary>Whether the resource is at the path of a request.</summary>
    internal virtual bool IsAt(ReadOnlySpan<byte> path) => path.SequenceEqual(Path);
}
