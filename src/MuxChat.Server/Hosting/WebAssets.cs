using MuxChat.Core.Protocols.Http;

namespace MuxChat.Server.Hosting;

/// <summary>The files of the pages, which the build embeds in this assembly: each as it is, and compressed.</summary>
/// <remarks>
/// The names of the embedded files begin with <see cref="Page"/> or <see cref="Admin"/>. The project file makes them.
/// </remarks>
internal static class WebAssets
{
    /// <summary>The files of the chat's page.</summary>
    public const string Page = "web/";

    /// <summary>The files of the page for admins.</summary>
    public const string Admin = "admin/";

    private const string GzipEnd = ".gz";
    private const string BrotliEnd = ".br";
    private const string IndexName = "index.html";

    /// <summary>Reads all files of one page.</summary>
    /// <param name="prefix">The page.</param>
    /// <param name="indexPath">The path of its HTML.</param>
    /// <param name="folder">The path of its other files, with a slash at its end.</param>
    /// <exception cref="InvalidOperationException">A file has an extension without a media type here (a mistake of the build).</exception>
    public static IReadOnlyList<HttpResource> Read(string prefix = Page, string indexPath = "/", string folder = "/")
    {
        var names = typeof(WebAssets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToHashSet();
        return [.. names.Where(static name => !name.EndsWith(GzipEnd, StringComparison.Ordinal)
                && !name.EndsWith(BrotliEnd, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name, names, name[prefix.Length..] is IndexName ? indexPath : folder + name[prefix.Length..]))];
    }

    private static HttpAsset Read(string name, HashSet<string> names, string path)
    {
        var content = new List<(HttpCoding, byte[])> { (HttpCoding.Identity, ReadBytes(name)) };
        foreach (var (coding, end) in new[] { (HttpCoding.Gzip, GzipEnd), (HttpCoding.Brotli, BrotliEnd) })
        {
            if (names.Contains(name + end))
            {
                content.Add((coding, ReadBytes(name + end)));
            }
        }

        return new HttpAsset(path, TypeOf(Path.GetExtension(name)), content);
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".txt" => "text/plain; charset=utf-8",
        _ => throw new InvalidOperationException($"No media type is known for {extension}: add it here."),
    };

    private static byte[] ReadBytes(string name)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
