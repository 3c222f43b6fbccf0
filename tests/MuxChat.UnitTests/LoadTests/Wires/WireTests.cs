using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MuxChat.LoadTests.Wires;
using MuxChat.Sockets.Tls;
using MuxChat.UnitTests.Sockets.Tls;

namespace MuxChat.UnitTests.LoadTests.Wires;

/// <summary>Each wire of a simulated client: the bytes that it sends, and the lines that it makes of the server's bytes.</summary>
public class WireTests
{
    private const string Upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: {0}\r\nSec-WebSocket-Protocol: json.muxchat\r\n\r\n";

    private static readonly string[] Messages =
    [
        """{"type":"welcome","nick":"guest-1","room":"#lobby","server":"MuxChat","text_bytes":4096}""",
        """{"type":"joined","room":"#a","seq":1,"time":"...","nick":"u7"}""",
        """{"type":"who","room":"#a","members":["u7"],"total":1,"more":false}""",
        """{"type":"said","room":"#a","seq":2,"time":"...","from":"u7","text":"s7 n0 abc"}""",
        """{"type":"quit","room":"#a","seq":3,"time":"...","nick":"u7","reason":"Quit: so long"}""",
        """{"type":"left","room":"#a","seq":4,"time":"...","nick":"u8"}""",
        """{"type":"error","code":"too_long","message":"too long"}""",
        """{"type":"pong","token":"ready"}""",
        """{"type":"said","room":"#a","seq":5,"time":"...","from":"u7","text":""",
    ];

    private static readonly string[] Lines =
    [
        "* welcome", "* u7 joined #a", "* who", "<u7> s7 n0 abc", "* u7 quit", "* u8 left #a", "! too long", "* pong ready", "",
    ];

    private readonly RecordingOwner _owner = new();

    [Fact]
    public void Lines_as_frames_are_one_message_each()
    {
        new FrameWire().Send("/nick u1\n/join #a\n/part #lobby\nhello\n/ping ready\n/quit\n"u8, _owner);

        string[] messages = ["""{"type":"nick","nick":"u1"}""", """{"type":"join","room":"#a"}""", """{"type":"part","room":"#lobby"}""",
            """{"type":"say","text":"hello"}""", """{"type":"ping","token":"ready"}""", """{"type":"quit"}"""];
        Assert.Equal(messages.SelectMany(Frame), _owner.ReadSent());
    }

    [Fact]
    public void Lines_before_the_upgrade_is_answered_wait_for_it()
    {
        var wire = new WebSocketWire(seed: 1);
        wire.Begin(_owner);
        wire.Send("/nick u1\n"u8, _owner);
        var request = Encoding.ASCII.GetString(_owner.ReadSent());
        Assert.EndsWith("\r\n\r\n", request, StringComparison.Ordinal);

        var answer = Answer(request);
        Assert.Equal(answer.Length, wire.Receive(answer, _owner));
        wire.Send("hello\n"u8, _owner);

        Assert.Null(_owner.Failure);
        Assert.Equal(["""{"type":"nick","nick":"u1"}""", """{"type":"say","text":"hello"}"""], Unmasked(_owner.ReadSent()));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: AAAA\r\nSec-WebSocket-Protocol: json.muxchat\r\n\r\n")]
    public void Upgrade_that_is_refused_or_wrong_fails_the_client(string answer)
    {
        var wire = new WebSocketWire(seed: 1);
        wire.Begin(_owner);
        wire.Receive(Encoding.ASCII.GetBytes(answer), _owner);
        Assert.StartsWith("the upgrade was answered with HTTP/1.1 ", _owner.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_in_frames_become_lines_however_they_are_cut() =>
        _owner.AssertHears(static () => new FrameWire(), [.. Messages.SelectMany(Frame)], Lines);

    [Fact]
    public void Messages_over_a_websocket_become_lines_however_they_are_cut() =>
        _owner.AssertHears(Opened, [.. Messages.SelectMany(WebSocketFrame)], Lines);

    [Fact]
    public void Last_lines_over_TLS_arrive_with_the_end_however_they_are_cut()
    {
        var server = TestCertificates.Server();
        for (var (cut, length) = (0, 0); cut <= length; cut++)
        {
            _owner.Lines.Clear();
            using var session = new TlsSession(server, TlsOffers.None);
            using var wire = OpenedOver(session, server.Buffers);
            session.Write("* welcome\n* goodbye: the server is stopping\n"u8);
            session.Shutdown();
            var bytes = ReadOutput(server.Buffers);
            length = bytes.Length;
            _owner.Feed(wire, bytes[..cut], bytes[cut..]);
            Assert.Equal("noise"u8.Length, wire.Receive("noise"u8.ToArray(), _owner));
            Assert.Equal(["* welcome", "* goodbye: the server is stopping"], _owner.Lines);
            Assert.Null(_owner.Failure);
        }
    }

    [Fact]
    public void Ping_of_either_kind_is_answered_and_is_no_line()
    {
        new FrameWire().Receive(Frame("""{"type":"ping"}"""), _owner);
        Assert.Equal(Frame("""{"type":"pong"}"""), _owner.ReadSent());

        Opened().Receive([0x89, 2, .. "hi"u8], _owner);
        var pong = _owner.ReadSent();
        Assert.Equal((0x8A, 0x82), (pong[0], pong[1]));
        Assert.Equal(["hi"], Unmasked(pong));
        Assert.Empty(_owner.Lines);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x80)]
    [InlineData(0x82)]
    [InlineData(0xC1)]
    public void Frame_that_the_server_never_sends_fails_the_client(int first)
    {
        Opened().Receive([(byte)first, 0], _owner);
        Assert.StartsWith("a frame began with ", _owner.Failure, StringComparison.Ordinal);
    }

    private WebSocketWire Opened()
    {
        var wire = new WebSocketWire(seed: 1);
        wire.Begin(_owner);
        wire.Receive(Answer(Encoding.ASCII.GetString(_owner.ReadSent())), _owner);
        _owner.ReadSent();
        return wire;
    }

    // The wire and a server, after their handshake.
    private TlsWire OpenedOver(TlsSession session, TlsBuffers buffers)
    {
        var wire = new TlsWire(new LineWire(), new TlsBuffers());
        var space = new byte[TlsBuffers.ReceiveBytes];
        wire.Begin(_owner);
        while (_owner.ReadSent() is { Length: > 0 } sent)
        {
            session.Feed(sent, space);
            wire.Receive(ReadOutput(buffers), _owner);
        }

        Assert.False(session.IsOpening);
        return wire;
    }

    private static byte[] ReadOutput(TlsBuffers buffers)
    {
        var output = buffers.Output.ToArray();
        buffers.ClearOutput();
        return output;
    }

    private static byte[] Frame(string message)
    {
        var frame = new byte[4 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, message.Length);
        Encoding.ASCII.GetBytes(message, frame.AsSpan(4));
        return frame;
    }

    private static byte[] WebSocketFrame(string message) => message.Length < 126
        ? [0x81, (byte)message.Length, .. Encoding.ASCII.GetBytes(message)]
        : [0x81, 126, (byte)(message.Length >> 8), (byte)message.Length, .. Encoding.ASCII.GetBytes(message)];

    // RFC 6455, section 4.2.2.
    private static byte[] Answer(string request)
    {
        var key = request.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        return Encoding.ASCII.GetBytes(Upgraded.Replace("{0}", Convert.ToBase64String(hash), StringComparison.Ordinal));
    }

    private static List<string> Unmasked(ReadOnlySpan<byte> frames)
    {
        var contents = new List<string>();
        while (!frames.IsEmpty)
        {
            var length = frames[1] & 0x7F;
            var mask = frames.Slice(2, 4).ToArray();
            var content = frames.Slice(6, length).ToArray();
            contents.Add(Encoding.ASCII.GetString([.. content.Select((one, i) => (byte)(one ^ mask[i % 4]))]));
            frames = frames[(6 + length)..];
        }

        return contents;
    }
}
