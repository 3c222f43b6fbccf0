using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Buffers;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// The message formats of the server under a framing that it does not have, in one room with its ordinary clients: each message comes as
/// one frame, in and out.
/// </summary>
public sealed class OtherFramingTests
{
    private const string Labels = "CAP REQ :batch labeled-response echo-message";

    private static readonly ShortFraming Short = new();

    private readonly ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    [InlineData(1)]
    public void Room_ofAllFramings_hearsTheSame(int pieceBytes)
    {
        var (line, frame, irc) = (_bench.StartLine(), _bench.StartFrame(), _bench.Start(_bench.Irc));
        irc.Say("NICK irc\r\nUSER irc 0 * :i\r\nJOIN #lobby\r\n");
        var otherLine = _bench.Start(new LineProtocol(framing: Short));
        var otherFrame = _bench.Start(new JsonProtocol(framing: Short));
        var otherIrc = _bench.Start(new IrcProtocol(Short));
        Say(otherIrc, pieceBytes, "NICK irc2", "USER irc2 0 * :i", "JOIN #lobby");
        Assert.Equal("* Welcome to MuxChat! You are guest-3, in #lobby. Type to talk in the room; /help lists the commands.",
            Take(otherLine)[0]);
        Assert.StartsWith("""{"type":"welcome","nick":"guest-4",""", Take(otherFrame)[0], StringComparison.Ordinal);
        Assert.StartsWith(":muxchat.local 001 irc2 :", Take(otherIrc)[0], StringComparison.Ordinal);
        _ = (line.Read(), frame.Read(), irc.Read());

        Say(otherLine, pieceBytes, "by other lines", "", "/topic a topic");
        Say(otherFrame, pieceBytes, """{"type":"say","text":"by other frames","id":7}""");
        Say(otherIrc, pieceBytes, "PRIVMSG #lobby :by other irc");
        line.Say("by lines\n");
        frame.SayFrame("""{"type":"say","text":"by frames"}""");
        irc.Say("PRIVMSG #lobby :by irc\r\n");

        string[] said = ["by other lines", "by other frames", "by other irc", "by lines", "by frames", "by irc"];
        string[] nicks = ["guest-3", "guest-4", "irc2", "guest-1", "guest-2", "irc"];
        string[] OnLines(string own) => [.. said.Zip(nicks).Where(one => one.Second != own).Select(one => $"<{one.Second}> {one.First}")];
        Assert.Equal(OnLines("guest-1"), line.ReadLines().Where(IsSaid));
        Assert.Equal(OnLines("guest-3"), Take(otherLine).Where(IsSaid));
        Assert.Equal(said.Where(static text => text != "by frames"),
            frame.ReadFrames().Select(static one => (string?)one["text"]).OfType<string>());
        var frames = Take(otherFrame);
        Assert.Contains(frames, static one => one.StartsWith("""{"type":"ok","id":7,""", StringComparison.Ordinal));
        Assert.Equal(5, frames.Count(static one => one.StartsWith("""{"type":"said",""", StringComparison.Ordinal)));
        Assert.Equal(said.Where(static text => text != "by irc"), irc.ReadLines().Select(TextOnIrc).OfType<string>());
        Assert.Equal(said.Where(static text => text != "by other irc"), Take(otherIrc).Select(TextOnIrc).OfType<string>());
    }

    [Fact]
    public void LinesOfAnAnswer_areAFrameEach()
    {
        var (line, other) = (_bench.StartLine(), _bench.Start(new LineProtocol(framing: Short)));
        line.Say("one\n/me waves\n");
        Take(other);
        line.Read();
        foreach (var asked in new[] { "/who", "/rooms", "/history 2", "/help", "/modes", "/nonsense" })
        {
            line.Say(asked + "\n");
            Say(other, int.MaxValue, asked);
            Assert.Equal(line.ReadLines(), Take(other));
        }
    }

    [Fact]
    public void RepliesUnderALabel_areAFrameEach()
    {
        var (irc, other) = (_bench.Start(_bench.Irc), _bench.Start(new IrcProtocol(Short)));
        irc.Say(Labels + "\r\nNICK abc\r\nUSER abc 0 * :i\r\nJOIN #a\r\n");
        Say(other, int.MaxValue, Labels, "NICK xyz", "USER xyz 0 * :i", "JOIN #a");
        irc.Read();
        Take(other);
        string[] questions =
            ["PING x", "PONG", "WHO #a", "NAMES #a", "PRIVMSG #a :hi", "TOPIC #a :new", "CHATHISTORY LATEST #a * 5", "NONSENSE"];
        foreach (var asked in questions)
        {
            irc.Say($"@label=l {asked}\r\n");
            var expected = irc.ReadLines()
                .Select(static one => one.TrimEnd('\r').Replace("abc", "xyz", StringComparison.Ordinal)).ToArray();
            Take(other);
            Say(other, int.MaxValue, $"@label=l {asked}");
            var got = Take(other);
            irc.Read();
            Assert.NotEmpty(expected);
            Assert.Equal(expected, got);
        }
    }

    // Under its own framing a client begins with a border, which may look like anything.
    [Fact]
    public void FirstBytes_thatLookForeign_areABorder()
    {
        var bob = _bench.StartLine();
        var other = _bench.Start(new LineProtocol(framing: Short));
        bob.Read();
        Say(other, int.MaxValue, "GET / HTTP/1.1");
        Assert.Equal("<guest-2> GET / HTTP/1.1\n", bob.Read());

        // The length is what TLS begins with: 22, 3.
        var third = _bench.Start(new LineProtocol(framing: Short));
        bob.Read();
        var text = new string('x', 0x1603);
        Say(third, int.MaxValue, text, "/quit");
        Assert.Equal($"! the text has {text.Length} bytes: at most 4096 are allowed", Take(third)[^2]);
        Assert.Equal("* guest-3 quit\n", bob.Read());
    }

    private static void Say(ProtocolConnectionFixture.Talk talk, int pieceBytes, params string[] messages)
    {
        var bytes = messages.SelectMany(ShortFraming.FrameOf).ToArray();
        for (var at = 0; at < bytes.Length; at += Math.Min(pieceBytes, bytes.Length - at))
        {
            talk.Feed(bytes[at..Math.Min(bytes.Length, (int)Math.Min((long)at + pieceBytes, int.MaxValue))]);
        }
    }

    private string[] Take(ProtocolConnectionFixture.Talk talk)
    {
        _bench.Broadcaster.Distribute();
        return ShortFraming.Split(talk.Recipient.Outbox.ReadBytes());
    }

    private static bool IsSaid(string line) => line.StartsWith('<');

    private static string? TextOnIrc(string line) =>
        line.Contains(" PRIVMSG #lobby :", StringComparison.Ordinal) ? line.TrimEnd('\r').Split(" PRIVMSG #lobby :")[1] : null;
}
