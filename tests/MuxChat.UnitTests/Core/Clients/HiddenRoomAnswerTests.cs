using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// Whatever names a room, in whatever protocol: who is not in a room that is secret or has a key is answered as for one that does not
/// exist, byte for byte.
/// </summary>
public sealed class HiddenRoomAnswerTests
{
    /// <summary>Entering asks for the key, and makes a room that there is not: that cannot be alike.</summary>
    private static readonly string[] Entering = ["join", "resume", "JOIN"];

    private static readonly string[] Lines =
    [
        "/who {0}", "/mode {0}", "/mode {0} +m", "/mode {0} b", "/mode {0} +o alice", "/kick {0} alice", "/kick {0} nobody",
            "/invite {0} alice", "/invite {0} nobody",
        "/part {0}", "/msg @{0} hi", "/msg +{0} hi", "/topic {0}", "/topic {0} mine", "/history {0}", "/stats {0}",
            "/rooms {0}", "/op {0} alice", "/ban {0}", "/ban {0} x", "/voice {0} alice",
            "/files {0}",
    ];

    private static readonly string[] Frames =
    [
        """{"type":"say","room":"{0}","text":"hi","id":1}""", """{"type":"me","room":"{0}","text":"waves","id":1}""",
            """{"type":"msg","to":"@{0}","text":"hi","id":1}""",
        """{"type":"part","room":"{0}","id":1}""", """{"type":"topic","room":"{0}","id":1}""",
            """{"type":"topic","room":"{0}","text":"mine","id":1}""",
        """{"type":"mode","room":"{0}","id":1}""", """{"type":"mode","room":"{0}","modes":"+m","id":1}""",
            """{"type":"mode","room":"{0}","modes":"b","id":1}""",
        """{"type":"kick","room":"{0}","nick":"alice","id":1}""", """{"type":"invite","room":"{0}","nick":"alice","id":1}""",
            """{"type":"who","room":"{0}","id":1}""",
        """{"type":"files","room":"{0}","id":1}""", """{"type":"share","room":"{0}","name":"a","size":1,"id":1}""",
        """{"type":"history","room":"{0}","after":0,"id":1}""", """{"type":"op","room":"{0}","nick":"alice","id":1}""",
    ];

    private static readonly string[] Irc =
    [
        "PRIVMSG {0} :hi", "PRIVMSG @{0} :hi", "PRIVMSG {0} :\u0001ACTION waves\u0001", "PRIVMSG {0} :\u0001VERSION\u0001",
            "NOTICE {0} :hi", "TAGMSG {0}", "REDACT {0} 1-1", "REDACT {0} m1-1 :hi", "PART {0}", "PART {0} :bye",
        "TOPIC {0}", "TOPIC {0} :mine", "KICK {0} alice", "KICK {0} nobody", "INVITE alice {0}", "INVITE nobody {0}", "NAMES {0}",
            "LIST {0}", "MODE {0}", "MODE {0} +m", "MODE {0} b",
        "MODE {0} +o alice", "WHO {0}", "WHO {0} %cuhnf", "WHOIS {0}", "WHOWAS {0}", "MONITOR + {0}", "ISON {0}", "USERHOST {0}",
            "STATS {0}",
        "CHATHISTORY LATEST {0} * 10", "CHATHISTORY AROUND {0} timestamp=2020-01-01T00:00:00.000Z 10", "HELP {0}", "HELPOP {0}",
            "LINKS {0}", "MOTD {0}", "LUSERS {0}", "VERSION {0}",
        "TIME {0}", "INFO {0}", "ADMIN {0}", "SAMODE {0} +o alice", "FILES {0}", "GET {0}",
    ];

    private static readonly string[] IrcWithoutRooms =
        ["PING", "PONG", "NICK", "USER", "PASS", "WEBIRC", "CAP", "QUIT", "SETNAME", "AWAY", "OPER", "KILL", "REHASH", "WALLOPS",
            "RUN", "ISUPPORT"];

    private readonly ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false });

    public HiddenRoomAnswerTests()
    {
        var alice = _bench.StartLine();
        alice.Say("/nick alice\n/join #qqs\n/topic hush\n/mode +s-n\nit is said\n/join #qqk\n/topic hush\n/mode +k-n sesame\nit is said\n");
    }

    [Fact]
    public void Lines_tell_nothing()
    {
        var outsider = _bench.StartLine();
        Compare(outsider, Lines, static line => line + "\n");
    }

    [Fact]
    public void Frames_tell_nothing()
    {
        var outsider = _bench.StartFrame();
        Compare(outsider, Frames, static json => json, isFrame: true);
        var named = CommandTable.All.Where(static one => Names(one.FrameFields, "room")).Select(static one => Text(one.Name))
            .Except(Entering);
        Assert.All(named, static name => Assert.Contains(Frames, json => json.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Irc_tells_nothing()
    {
        var outsider = _bench.Start(_bench.Irc);
        outsider.Say("CAP REQ :message-tags batch\r\nNICK carol\r\nUSER c 0 * :c\r\nCAP END\r\n");
        outsider.Read();
        Compare(outsider, Irc, static line => line + "\r\n");
        var covered = Irc.Select(static line => line.Split(' ')[0]).Concat(IrcWithoutRooms).Concat(Entering);
        Assert.Empty(IrcCommands.All.Select(static one => Text(one.Name)).Except(covered));
    }

    [Fact]
    public void Lists_and_counts_leave_it_out()
    {
        var line = _bench.StartLine();
        line.Say("/rooms\n/stats\n");
        Assert.DoesNotContain("#qqs", line.Read(), StringComparison.Ordinal);
        var irc = _bench.Start(_bench.Irc);
        irc.Say("NICK carol\r\nUSER c 0 * :c\r\n");
        Assert.Contains(" 254 carol 1 :channels formed", irc.Read(), StringComparison.Ordinal);
        irc.Say("LIST\r\nWHOIS alice\r\nWHO alice\r\n");
        var told = irc.Read();
        Assert.Contains("#lobby", told, StringComparison.Ordinal);
        Assert.DoesNotContain("#qqs", told, StringComparison.Ordinal);
        Assert.DoesNotContain("#qqk", told, StringComparison.Ordinal);
    }

    private static void Compare(ProtocolConnectionFixture.Talk outsider, string[] asked, Func<string, string> sent, bool isFrame = false)
    {
        foreach (var one in asked)
        {
            var none = Answer("#qqn");
            Assert.Equal(none, Answer("#qqs"));
            Assert.Equal(none, Answer("#qqk"));

            string Answer(string room)
            {
                var text = sent(one.Replace("{0}", room, StringComparison.Ordinal));
                if (isFrame)
                {
                    outsider.SayFrame(text);
                }
                else
                {
                    outsider.Say(text);
                }

                return one + ": " + outsider.Read().Replace(room, "#...", StringComparison.Ordinal)
                    .Replace(room[1..], "...", StringComparison.Ordinal);
            }
        }
    }

    private static bool Names(ReadOnlySpan<byte> fields, string field) => Text(fields).Split(", ").Contains(field);

    private static string Text(ReadOnlySpan<byte> utf8) => Bytes.Utf8(utf8);
}
