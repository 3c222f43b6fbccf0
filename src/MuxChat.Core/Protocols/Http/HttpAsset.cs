using System.Text;

namespace MuxChat.Core.Protocols.Http;

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
