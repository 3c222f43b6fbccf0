using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Buffers;

namespace MuxChat.Core.Protocols.Http;

/// <summary>
/// The resources of one kind of listener by path, and what responses need of them. Built at the start, it never changes.
/// </summary>
/// <remarks>
/// Static content lies once in segments that the site owns for good. Each outbox holds slices of them.
/// Owner: an <see cref="HttpProtocol"/>.
/// </remarks>
public sealed class HttpSite
{
    /// <summary>The fields that protect a page, on every response (CSP Level 3; WHATWG Fetch and HTML).</summary>
    internal const string SecurityFields =
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'\r\n"
        + CommonFields;

    /// <summary>The fields that protect the reader of a shared file: its bytes run nothing and load nothing, whatever they are.</summary>
    internal const string FileFields = "Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\n" + CommonFields;

    private const string CommonFields =
        "X-Content-Type-Options: nosniff\r\n"
        + "Referrer-Policy: no-referrer\r\n"
        + "Cross-Origin-Opener-Policy: same-origin\r\n"
        + "Cross-Origin-Resource-Policy: same-origin\r\n";

    /// <summary><see cref="SecurityFields"/> in bytes.</summary>
    internal static readonly byte[] SecurityBytes = Encoding.ASCII.GetBytes(SecurityFields);

    /// <summary><see cref="FileFields"/> in bytes.</summary>
    internal static readonly byte[] FileBytes = Encoding.ASCII.GetBytes(FileFields);

    private readonly Entry[] _entries;
    private readonly IReadOnlyList<byte[]> _origins;
    private readonly bool _allowsAnyOrigin;

    /// <summary>Creates a site.</summary>
    /// <param name="pool">The pool of the server's segments.</param>
    /// <param name="resources">The resources, each at another path.</param>
    /// <param name="origins">Origins besides the site's own whose pages may open a WebSocket, such as <c>https://chat.example</c>; an
    /// asterisk for all.</param>
    public HttpSite(SegmentPool pool, IReadOnlyList<HttpResource> resources, IReadOnlyList<string> origins)
    {
        var store = new SegmentStore(pool);
        _entries = [.. resources.Select(resource => new Entry(resource, VariantsOf(resource, store)))];
        _origins = [.. origins.Select(Encoding.ASCII.GetBytes)];
        _allowsAnyOrigin = origins.Contains("*");
    }

    /// <summary>The machine's name, by which its own users may reach the site; empty for none.</summary>
    public byte[] MachineName { get; init; } = [];

    /// <summary>Admits requests for guarded resources; null if the site guards nothing.</summary>
    public HttpGuard? Guard { get; init; }

    /// <summary>Finds what is at a path.</summary>
    internal bool TryFind(ReadOnlySpan<byte> path, out Entry found)
    {
        foreach (var entry in _entries)
        {
            if (entry.Resource.IsAt(path))
            {
                found = entry;
                return true;
            }
        }

        found = default;
        return false;
    }

    /// <summary>Whether a page of this origin may open a WebSocket here (RFC 6455, section 10.2).</summary>
    /// <param name="origin">The origin of the page (RFC 6454, section 7).</param>
    /// <param name="authority">The host and the port that the client asked for.</param>
    /// <param name="isLoopback">Whether the client comes from a loopback address; then only this machine may have the host.</param>
    internal bool Allows(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> authority, bool isLoopback)
    {
        if (_allowsAnyOrigin || (IsOwn(origin, authority) && (!isLoopback || LocalHost.Matches(authority, MachineName))))
        {
            return true;
        }

        foreach (var one in _origins)
        {
            if (Ascii.EqualsIgnoreCase(origin, one))
            {
                return true;
            }
        }

        return false;
    }

    // A browser leaves out the port of the scheme in both fields; another client may name it in one of them. The scheme may differ, because
    // a proxy may have taken the TLS off.
    private static bool IsOwn(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> authority)
    {
        var scheme = origin.IndexOf("://"u8);
        if (scheme < 0 || authority.IsEmpty)
        {
            return false;
        }

        var port = Ascii.EqualsIgnoreCase(origin[..scheme], "https"u8) ? ":443"u8 : ":80"u8;
        return Ascii.EqualsIgnoreCase(Without(port, origin[(scheme + 3)..]), Without(port, authority));
    }

    private static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> port, ReadOnlySpan<byte> authority) =>
        authority.EndsWith(port) ? authority[..^port.Length] : authority;

    private static Variant[] VariantsOf(HttpResource resource, SegmentStore store) => resource is not HttpAsset asset ? []
        : [.. asset.Content.Select(one => new Variant(asset.ContentType, one.Coding, one.Bytes, store.Add(one.Bytes)))];

    /// <summary>A resource, and its content if it is an asset.</summary>
    internal readonly record struct Entry(HttpResource Resource, Variant[] Variants);

    /// <summary>An asset in one coding.</summary>
    internal sealed class Variant
    {
        public Variant(byte[] contentType, HttpCoding coding, byte[] bytes, Slice[] body)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
            ETag = Encoding.ASCII.GetBytes($"\"{hash}\"");
            Coding = coding;
            Body = body;
            var name = coding switch
            {
                HttpCoding.Brotli => "Content-Encoding: br\r\n",
                HttpCoding.Gzip => "Content-Encoding: gzip\r\n",
                _ => "",
            };
            var cache = $"ETag: \"{hash}\"\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n{SecurityFields}";
            NotModifiedFields = Encoding.ASCII.GetBytes(cache);
            Fields = Encoding.ASCII.GetBytes(
                $"Content-Type: {Encoding.ASCII.GetString(contentType)}\r\n{name}Content-Length: {bytes.Length}\r\n{cache}");
        }

        public HttpCoding Coding { get; }

        /// <summary>The strong entity tag, with its quotes. Each coding has its own (RFC 9110, section 8.8.3.3).</summary>
        public byte[] ETag { get; }

        /// <summary>The fields of a response with the content.</summary>
        public byte[] Fields { get; }

        /// <summary>The fields of a response that says that the client has it.</summary>
        public byte[] NotModifiedFields { get; }

        /// <summary>The content, in parts of at most a segment.</summary>
        public Slice[] Body { get; }
    }

    /// <summary>Fills segments one after the other, and keeps them for good.</summary>
    private sealed class SegmentStore(SegmentPool pool)
    {
        private Segment? _segment;
        private int _used;

        public Slice[] Add(ReadOnlySpan<byte> bytes)
        {
            var slices = new List<Slice>();
            while (!bytes.IsEmpty)
            {
                if (_segment is null || _used == Segment.SizeBytes)
                {
                    (_segment, _used) = (pool.Rent(), 0);
                }

                var taken = Math.Min(bytes.Length, Segment.SizeBytes - _used);
                bytes[..taken].CopyTo(_segment.Bytes.AsSpan(_used));
                slices.Add(new Slice(_segment, _used, taken));
                _used += taken;
                bytes = bytes[taken..];
            }

            return [.. slices];
        }
    }
}
