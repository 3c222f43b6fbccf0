using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.Terminal.Connection;
using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Frames that no reader can read, and frames that meet the end of their connection.</summary>
public sealed class FrameConnectionTests
{
    private const int Rounds = 200;
    private const int NoServer = 1;

    [Fact]
    public void Frames_sent_while_the_connection_ends_are_dropped()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var closed = false;
            var options = new ConnectionOptions { Address = new ServerAddress("127.0.0.1", NoServer) };
            using var connection = FrameConnection.Open(options, [], _ => Volatile.Write(ref closed, true));
            while (!Volatile.Read(ref closed))
            {
                connection.Send([]);
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    public void Frame_with_a_text_that_no_reader_can_read_ends_the_connection(byte[] text)
    {
        string[] frames = ["""{"type":"welcome","nick":"NICK"}""", """{"NICK":1}""", """{"a":[{"b":"NICK"}]}"""];
        foreach (var parts in frames.Select(static frame => frame.Split("NICK")))
        {
            byte[] json = [.. Encoding.UTF8.GetBytes(parts[0]), .. text, .. Encoding.UTF8.GetBytes(parts[1])];
            var closed = Assert.IsType<ConnectionNews.Closed>(FirstNewsOf(json));
            Assert.Equal("the server sent a frame that is not JSON, or has a text that is not Unicode", closed.Reason);
        }
    }

    [Fact]
    public void Frame_with_escaped_characters_is_received()
    {
        var received = Assert.IsType<ConnectionNews.Received>(FirstNewsOf("""{"text":"\ud83d\udc4b\u00e9\n 👋"}"""u8.ToArray()));
        Assert.Equal("👋é\n 👋", received.Frame.Text("text"));
    }

    // The news after the one that the connection is open.
    private static ConnectionNews FirstNewsOf(byte[] json)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var news = new BlockingCollection<ConnectionNews>();
        var address = new ServerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        using var connection = FrameConnection.Open(new ConnectionOptions { Address = address }, [], news.Add);
        using var server = listener.AcceptSocket();
        server.Send([0, 0, 0, (byte)json.Length, .. json]);
        Assert.IsType<ConnectionNews.Opened>(news.Take());
        var first = news.Take();
        while (first is not ConnectionNews.Closed)
        {
            server.Dispose();
            if (news.Take() is ConnectionNews.Closed)
            {
                break;
            }
        }

        return first;
    }
}
