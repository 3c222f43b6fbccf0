using System.Text;

namespace MuxChat.EndToEndTests.Web;

/// <summary>A head that never ends costs a connection for ten seconds and no longer.</summary>
[Trait("run", "deep")]
public sealed class WebDeadlineTests(WebTableServer server)
{
    private const string Head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Answered = "HTTP/1.1 200 OK";

    [Theory]
    [InlineData("http", "G")]
    [InlineData("http", "GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("auto", "GET / HTTP/1.1\r\nHost: a\r\n")]
    public void Head_that_is_not_finished_in_time_ends_the_connection_in_silence(string service, string begun)
    {
        using var silent = server.Connect(service, WebTransport.Tcp);
        silent.TrySend(Encoding.ASCII.GetBytes(begun));
        using var inTime = server.Connect(service, WebTransport.Tcp);
        inTime.TrySend(Encoding.ASCII.GetBytes(begun));

        // The server has answered a later connection, so it has read what these two sent. A head that goes on is answered still.
        using var later = server.Connect(service, WebTransport.Tcp);
        Assert.Equal(Answered, AnswerTo(later, Head));
        Assert.Equal(Answered, AnswerTo(inTime, Head[begun.Length..]));

        Assert.Equal("", silent.ReadToEnd());
        Assert.False(silent.WasReset);
    }

    private static string? AnswerTo(WebPeer peer, string sent)
    {
        peer.TrySend(Encoding.ASCII.GetBytes(sent));
        return peer.ReadLine();
    }
}
