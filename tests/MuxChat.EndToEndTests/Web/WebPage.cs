using System.Net;
using System.Text;

namespace MuxChat.EndToEndTests.Web;

/// <summary>The page as a server has it, with its codings. It was read once, by <see cref="HttpClient"/>.</summary>
internal sealed class WebPage
{
    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string Brotli = "br";

    private readonly Dictionary<string, (byte[] Content, string Tag)> _codings = [];

    public WebPage(IPEndPoint server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
        foreach (var coding in (string[])[Identity, Gzip, Brotli])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{server}{WebCase.Page}"));
            request.Headers.AcceptEncoding.ParseAdd(coding);
            using var response = client.Send(request);
            using var content = new MemoryStream();
            response.Content.CopyTo(content, null, default);
            Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault() ?? Identity);
            _codings[coding] = (content.ToArray(), response.Headers.ETag!.ToString());
        }
    }

    public byte[] ContentOf(string coding) => _codings[coding].Content;

    /// <summary>The bytes of a case, with the tags in their places.</summary>
    public byte[] Fill(byte[] sent) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(sent)
        .Replace("{tag}", _codings[Identity].Tag, StringComparison.Ordinal)
        .Replace("{tag-gzip}", _codings[Gzip].Tag, StringComparison.Ordinal)
        .Replace("{tag-br}", _codings[Brotli].Tag, StringComparison.Ordinal));
}
