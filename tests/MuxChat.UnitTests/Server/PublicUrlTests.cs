using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MuxChat.Server.Hosting;
using MuxChat.Server.Options;

namespace MuxChat.UnitTests.Server;

/// <summary>The URL that links to files begin with.</summary>
public sealed class PublicUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{port}", "auto://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:{port}", "line://127.0.0.1:0", "http://127.0.0.1:0", "auto://127.0.0.1:0")]
    [InlineData("https://127.0.0.1:{port}", "https://127.0.0.1:0")]
    [InlineData("http://{machine}:{port}", "auto://0.0.0.0:0")]
    [InlineData("", "line://127.0.0.1:0", "upload://127.0.0.1:0?room=a", "echo+udp://127.0.0.1:0")]
    public void Url_is_that_of_the_first_listener_with_the_page(string url, params string[] listeners)
    {
        var uris = listeners.Select(ListenUri.Parse).ToArray();
        using var set = ListenerSet.Open(uris, NullLogger.Instance);
        var first = Array.FindIndex(uris, static uri => uri.ServesHttp);
        var port = first < 0 ? 0 : ((System.Net.IPEndPoint)set.Sockets[first].LocalEndPoint!).Port;
        Assert.Equal(url.Replace("{port}", $"{port}", StringComparison.Ordinal)
            .Replace("{machine}", Environment.MachineName.ToLowerInvariant(), StringComparison.Ordinal),
            Encoding.ASCII.GetString(set.PublicUrlOf(new ServerOptions())));
    }

    [Theory]
    [InlineData("https://chat.example", "https://chat.example")]
    [InlineData("https://chat.example/", "https://chat.example")]
    [InlineData("http://chat.example:8080/talk/", "http://chat.example:8080/talk")]
    [InlineData("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080")]
    public void Url_that_the_admin_gives_comes_first(string given, string url)
    {
        var options = CommandLineRun.Of("--public-url", given, "--listen", "auto://127.0.0.1:0").Served!;
        using var set = ListenerSet.Open(options.Listen, NullLogger.Instance);
        Assert.Equal(url, Encoding.ASCII.GetString(set.PublicUrlOf(options)));
    }
}
