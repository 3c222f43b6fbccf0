using MuxChat.Core.Protocols.Http;

namespace MuxChat.Server.Hosting;

/// <summary>The files of the page, which the build embeds in this assembly: each as it is, and compressed.</summary>
/// <remarks>The names of the embedded files begin with <see cref="Prefix"/>. The project file makes them.</remarks>
internal static class WebAssets
{
    private const string Prefix = "web/";
    private const string GzipEnd = ".gz";
    private const string BrotliEnd = ".br";
    private const string IndexName = "index.html";

    /// <summary>Reads all files.</summary>
    /// <exception cref="InvalidOperationException">A file has an extension without a media type here (a mistake of the build).</exception>
    public static IReadOnlyList<HttpResource> Read()
    {
        var names = typeof(WebAssets).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet();
        return [.. names.Where(static name => !name.EndsWith(GzipEnd, StringComparison.Ordinal)
                && !name.EndsWith(BrotliEnd, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => Read(name, names))];
    }

    private static HttpAsset Read(string name, HashSet<string> names)
    {
        var file = name[Prefix.Length..];
        var content = new List<(HttpCoding, byte[])> { (HttpCoding.Identity, ReadBytes(name)) };
        foreach (var (coding, end) in new[] { (HttpCoding.Gzip, GzipEnd), (HttpCoding.Brotli, BrotliEnd) })
        {
            if (names.Contains(name + end))
            {
                content.Add((coding, ReadBytes(name + end)));
            }
        }

        return new HttpAsset(file == IndexName ? "/" : "/" + file, TypeOf(Path.GetExtension(file)), content);
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
