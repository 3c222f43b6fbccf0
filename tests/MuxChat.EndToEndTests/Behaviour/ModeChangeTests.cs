using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Mode changes are told by their net effect, at most 12 of them at once, whoever asks and whoever reads.</summary>
public sealed class ModeChangeTests(SharedServers servers)
{
    private const string Refused = "at most 12 mode changes in one command";

    /// <summary>What is asked for, and what everybody is told; empty for nothing.</summary>
    public static TheoryData<string, string> Within => new()
    {
        { "+i-i+i-i+i-i", "" },
        { "+i-i+i", "+i" },
        { "+m-n+n-m", "" },
        { "+imst-imst+im", "+im" },
        { "+k-k one", "" },
        { "+kk one two", "+k two" },
        { "+l-l+l 1 2", "+l 2" },
        { "+bb-b a b a", "+b b!*@*" },
    };

    [Theory]
    [MemberData(nameof(Within))]
    public void Changes_are_told_by_their_net_effect(string asked, string told)
    {
        using var scene = servers.Scene(IoModels.Default);
        var (alice, robot, irc) = Enter(scene);
        alice.Send("/mode " + asked);
        Assert.Equal(told.Length == 0 ? [] : [$"* {alice.Nick} set the modes of {scene.Room}: {told}"], alice.Ping());
        Assert.Equal(told.Length == 0 ? [] : [$":{alice.Nick}!line@localhost MODE {scene.Room} {told}"], irc.Ping());
        Assert.Equal(told.Length == 0 ? [] : [told], robot.Ping().Select(static frame => (string?)frame["modes"]));
    }

    [Theory]
    [InlineData("irc")]
    [InlineData("frame")]
    [InlineData("line")]
    public void Thirteenth_change_is_refused_in_every_protocol(string protocol)
    {
        using var scene = servers.Scene(IoModels.Default);
        var (alice, robot, irc) = Enter(scene);
        var thirteen = string.Concat(Enumerable.Repeat("+i-i", 7));
        alice.Send($"/mode +oo {irc.Nick} {robot.Nick}");
        alice.Sync();
        robot.Sync();
        irc.Sync();
        switch (protocol)
        {
            case "irc":
                irc.Send($"MODE {scene.Room} {thirteen}");
                Assert.Contains(irc.Ping(), static line => line.EndsWith(Refused, StringComparison.Ordinal));
                break;
            case "frame":
                robot.Send($$"""{"type":"mode","room":"{{scene.Room}}","modes":"{{thirteen}}"}""");
                Assert.Contains(robot.Ping(), static frame =>
                    ((string?)frame["message"])?.EndsWith(Refused, StringComparison.Ordinal) == true);
                break;
            default:
                alice.Send("/mode " + thirteen);
                Assert.Contains(alice.Ping(), static line => line.EndsWith(Refused, StringComparison.Ordinal));
                break;
        }

        alice.Send("/mode");
        Assert.Contains(alice.Ping(), line => line.Contains("+Cn", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Thousands_of_toggles_are_one_refusal_and_harm_nobody(string io)
    {
        using var scene = servers.Scene(io);
        var (alice, robot, irc) = Enter(scene);
        foreach (var letters in new[] { 2_656, 4_000 })
        {
            alice.Send("/mode " + string.Concat(Enumerable.Repeat("+i-i", letters / 4)));
            Assert.EndsWith(Refused, Assert.Single(alice.Ping()), StringComparison.Ordinal);
        }

        Assert.Empty(irc.Ping());
        Assert.Empty(robot.Ping());
        irc.Send("CAP REQ :batch draft/chathistory draft/event-playback");
        irc.Send($"CHATHISTORY LATEST {scene.Room} * 100");
        Assert.Contains(irc.Ping(), static line => line.Contains("BATCH -", StringComparison.Ordinal));
    }

    private static (LineClient Alice, FrameClient Robot, IrcClient Irc) Enter(Scene scene)
    {
        // The longest nick, and the first in the room: its operator.
        var alice = scene.Enter(scene.Nobody(), new string('n', 24));
        var robot = scene.Frame("robot");
        var irc = scene.Track(new IrcClient(scene.Server.EndPoint("auto"))).LogIn(Scene.NewNick("irc"));
        irc.Send("JOIN " + scene.Room);
        irc.Sync();
        alice.Sync();
        robot.Sync();
        return (alice, robot, irc);
    }
}
