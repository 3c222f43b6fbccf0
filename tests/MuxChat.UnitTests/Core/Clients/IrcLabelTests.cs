using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>What a client hears of its own doing under a label, among what others do in the same tick.</summary>
public sealed class IrcLabelTests
{
    private const string Labels = "CAP REQ :batch labeled-response echo-message\r\n";

    private readonly ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false });
    private readonly IrcProtocol _irc = new();

    [Fact]
    public void Echo_standsWhereItsLineStands()
    {
        var (ann, bob) = (Enter("ann", Labels, "#a"), Enter("bob", "", "#a"));
        ann.Read();

        bob.Say("PRIVMSG #a :one\r\n");
        ann.Say("@label=2 PRIVMSG #a :two\r\n");
        bob.Say("PRIVMSG #a :three\r\n");
        ann.Say("PRIVMSG #a :four\r\n@label=5 PRIVMSG #a :five\r\n");
        bob.Say("PRIVMSG #a :six\r\n");

        Assert.Equal(["one", "@label=2 two", "three", "four", "@label=5 five", "six"], Short(ann));
        Assert.Equal(["two", "four", "five"], Short(bob));
    }

    [Fact]
    public void Echo_inSeveralRooms_keepsTheirOrder()
    {
        var (ann, bob, carl) = (Enter("ann", Labels, "#a,#b"), Enter("bob", "", "#a,#b"), Enter("carl", Labels, "#a,#b"));
        ann.Read();
        bob.Read();

        bob.Say("PRIVMSG #a :1\r\nPRIVMSG #b :2\r\n");
        ann.Say("@label=l PRIVMSG #a :3\r\n@label=m PRIVMSG #b :4\r\n");
        carl.Say("@label=n PRIVMSG #b :5\r\n");
        bob.Say("PRIVMSG #a :6\r\n");

        Assert.Equal(["1", "2", "@label=l 3", "@label=m 4", "5", "6"], Short(ann));
        Assert.Equal(["3", "4", "5"], Short(bob));
    }

    [Fact]
    public void News_underALabel_comesOnce()
    {
        var (ann, bob) = (Enter("ann", Labels, "#a,#b,#c"), Enter("bob", Labels, "#a,#b,#c"));
        ann.Read();

        ann.Say("@label=n NICK dora\r\n");
        bob.Say("NICK carl\r\n");

        Assert.Equal(["@label=n :ann!~u@localhost NICK dora\r", ":bob!~u@localhost NICK carl\r"], ann.ReadLines());
    }

    [Fact]
    public void Command_withoutALabel_behindOneWithALabel_hasNone()
    {
        var ann = Enter("ann", Labels, "#a");
        ann.Read();

        ann.Say("@label=1 NAMES #a\r\nPING 2\r\nPRIVMSG #a :x\r\nTOPIC #a :y\r\n");

        Assert.Equal(
            [
                "@label=1 :muxchat.local BATCH +1 labeled-response\r", "@batch=1 :muxchat.local 353 ann = #a :@ann\r",
                "@batch=1 :muxchat.local 366 ann #a :End of /NAMES list\r",
                ":muxchat.local BATCH -1\r", ":muxchat.local PONG muxchat.local :2\r", ":ann!~u@localhost PRIVMSG #a :x\r",
                ":ann!~u@localhost TOPIC #a :y\r",
            ],
            ann.ReadLines());
    }

    private ProtocolConnectionFixture.Talk Enter(string nick, string first, string rooms)
    {
        var talk = _bench.Start(_irc);
        talk.Say($"{first}NICK {nick}\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN {rooms}\r\n");
        talk.Read();
        return talk;
    }

    private static string[] Short(ProtocolConnectionFixture.Talk talk) =>
        [.. talk.ReadLines().Where(static line => line.Contains(" PRIVMSG ", StringComparison.Ordinal)).Select(static line =>
        (line.StartsWith('@') ? line[..(line.IndexOf(' ', StringComparison.Ordinal) + 1)] : "")
        + line.Trim()[(line.LastIndexOf(':') + 1)..])];
}
