using System.IO.Compression;
using MuxChat.Core.Protocols.Http;
using MuxChat.Server.Hosting;

namespace MuxChat.UnitTests.Server;

/// <summary>The files of the page, as the build embedded them.</summary>
public sealed class WebAssetsTests
{
    /// <summary>The longest file of the page, in bytes: 100 KB.</summary>
    private const int MaxBytes = 100_000;

    [Fact]
    public void Page_is_at_the_root_and_each_coding_holds_the_same_bytes()
    {
        var assets = WebAssets.Read().Cast<HttpAsset>().ToArray();
        Assert.Single(assets, static asset => Bytes(asset.Path) == "/");
        Assert.All(assets, static asset =>
        {
            var identity = asset.Content.Single(static one => one.Coding == HttpCoding.Identity).Bytes;
            Assert.InRange(identity.Length, 1, MaxBytes);
            Assert.All(asset.Content, one => Assert.Equal(identity, Decoded(one.Coding, one.Bytes)));
        });
    }

    private static byte[] Decoded(HttpCoding coding, byte[] bytes)
    {
        using var source = new MemoryStream(bytes);
        using Stream stream = coding switch
        {
            HttpCoding.Gzip => new GZipStream(source, CompressionMode.Decompress),
            HttpCoding.Brotli => new BrotliStream(source, CompressionMode.Decompress),
            _ => source,
        };
        using var decoded = new MemoryStream();
        stream.CopyTo(decoded);
        return decoded.ToArray();
    }

    private static string Bytes(byte[] path) => System.Text.Encoding.ASCII.GetString(path);
}
