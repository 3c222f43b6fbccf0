using System.Text;

namespace MuxChat.EndToEndTests.Web;

/// <summary>A head that never ends costs a connection for ten seconds and no longer.</summary>
[Trait("run", "deep")]
public sealed class WebDeadlineTests(WebTableServer server)
{
    [Theory]
    [InlineData("http", "G")]
    [InlineData("http", "GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("auto", "GET / HTTP/1.1\r\nHost: a\r\n")]
    public void Head_that_is_not_finished_in_time_ends_the_connection_in_silence(string service, string begun)
    {
        using var peer = server.Connect(service, WebTransport.Tcp);
        peer.TrySend(Encoding.ASCII.GetBytes(begun));
        Assert.Equal("", peer.ReadToEnd());
        Assert.False(peer.WasReset);
    }
}
