using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.UnitTests.Core.Chat;
using MuxChat.UnitTests.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// A person on another server: no session here, and all the same a member like any other, for clients of every protocol.
/// </summary>
public sealed class PersonElsewhereTests
{
    private readonly ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false });
    private readonly RecordingRecipient _link = new() { ProtocolName = "irc", Host = "elsewhere" };
    private readonly ProtocolConnectionFixture.Talk _alice;
    private readonly ProtocolConnectionFixture.Talk _robot;
    private readonly ProtocolConnectionFixture.Talk _ann;
    private readonly Person _clara;

    public PersonElsewhereTests()
    {
        _alice = _bench.Start(_bench.Line);
        _robot = _bench.Start(_bench.Frame);
        _ann = _bench.Start(_bench.Irc);
        _alice.Say("/nick alice\n/join #tea\n");
        _robot.SayFrame("""{"type":"nick","nick":"robot"}""");
        _robot.SayFrame("""{"type":"join","room":"#tea"}""");
        _ann.Say("NICK ann\r\nUSER a 0 * :Ann\r\nMONITOR + clara\r\nJOIN #tea\r\n");
        ReadAll();
        _clara = _bench.Hub.Admit(_link, "clara"u8, new Identity("c"u8.ToArray(), "elsewhere"u8.ToArray(), "Clara"u8.ToArray()));
        Do(CommandKind.Join, "#tea");
    }

    [Fact]
    public void Person_that_enters_is_announced_and_counted_apart_from_the_clients_here()
    {
        Assert.Null(_clara.Session);
        Assert.Equal("* clara joined #tea\n", _alice.Read());
        Assert.Equal(["joined"], _robot.ReadFrames().Select(static frame => (string)frame["type"]!));
        Assert.Equal(":muxchat.local 730 ann :clara!c@elsewhere\r\n:clara!c@elsewhere JOIN #tea\r\n", _ann.Read());
        Assert.Equal((3, 4, 3), (_bench.Hub.SessionCount, _bench.Hub.PersonCount, _bench.Hub.Metrics.Clients.Value));
        Assert.Equal(["RoomState #tea"], _link.Take());
    }

    [Fact]
    public void Member_is_listed_by_every_protocol()
    {
        ReadAll();
        _alice.Say("/who\n");
        Assert.Equal("* in #tea: @alice robot ann clara\n* members of #tea: 4\n", _alice.Read());
        _robot.SayFrame("""{"type":"who","room":"#tea"}""");
        Assert.Contains("clara", _robot.ReadFrames()[0]["members"]!.AsArray().Select(static one => (string)one!));
        _ann.Say("NAMES #tea\r\nWHO #tea\r\nWHOIS clara\r\nLUSERS\r\n");
        var lines = _ann.Read();
        Assert.Matches(":muxchat.local 353 ann = #tea :[^\r]*clara", lines);
        Assert.Contains(":muxchat.local 352 ann #tea c elsewhere muxchat.local clara H :0 Clara\r\n", lines, StringComparison.Ordinal);
        Assert.Contains(":muxchat.local 311 ann clara c elsewhere * :Clara\r\n", lines, StringComparison.Ordinal);
        Assert.Contains(":muxchat.local 319 ann clara :#tea\r\n", lines, StringComparison.Ordinal);
        Assert.Contains(" :There are 4 users and 0 invisible on 1 servers\r\n", lines, StringComparison.Ordinal);
        Assert.Contains(" :I have 3 clients and 0 servers\r\n", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_of_the_person_reaches_the_members_and_not_its_link()
    {
        ReadAll();
        Assert.True(Do(CommandKind.Say, "#tea", text: "hello").IsOk);
        Assert.Equal("[#tea] <clara> hello\n", _alice.Read());
        Assert.Equal("hello", (string)Assert.Single(_robot.ReadFrames())["text"]!);
        Assert.Equal(":clara!c@elsewhere PRIVMSG #tea :hello\r\n", _ann.Read());
        _alice.Say("and you\n");
        Assert.Empty(_link.Take());
        Assert.Equal(ErrorCode.NotInRoom, Do(CommandKind.Say, "", text: "no room is named").Code);
    }

    [Fact]
    public void Member_is_ranked_kicked_and_banned()
    {
        _alice.Say("/mode +o clara\n");
        ReadAll();
        Assert.True(Do(CommandKind.Modes, "#tea", text: "+m").IsOk);
        Assert.Equal("* clara set the modes of #tea: +m\n", _alice.Read());
        Assert.True(Do(CommandKind.Kick, "#tea", nick: "robot").IsOk);
        _alice.Say("/mode -om clara\n/mode +b *!*@elsewhere\n");
        Assert.Equal(ErrorCode.CannotSpeak, Do(CommandKind.Say, "#tea", text: "am I heard?").Code);
        _alice.Say("/kick clara enough\n");
        Assert.Empty(_clara.Memberships);
        Assert.Matches(":alice![^ ]+ KICK #tea clara :enough\r\n", _ann.Read());
        Assert.Equal(ErrorCode.Banned, Do(CommandKind.Join, "#tea").Code);
        _alice.Say("/invite clara\n/mode -b *!*@elsewhere\n");
        Assert.Equal(["Invitation #tea alice clara"], _link.Take());
        Assert.True(Do(CommandKind.Join, "#tea").IsOk);
    }

    [Fact]
    public void Private_message_is_handed_to_the_recipient_of_the_person()
    {
        ReadAll();
        Assert.True(Do(CommandKind.Away, text: "lunch").IsOk);
        _alice.Say("/msg clara hi\n");
        _robot.SayFrame("""{"type":"msg","to":"clara","text":"hello"}""");
        _ann.Say("PRIVMSG clara :hey\r\nPRIVMSG clara :\u0001VERSION\u0001\r\n");
        string[] handed = ["alice clara hi", "robot clara hello", "ann clara hey", "ann clara \u0001VERSION\u0001"];
        Assert.Equal(handed.Select(static one => $"Message {one}"), _link.Take());
        Assert.Contains(":muxchat.local 301 ann clara :lunch\r\n", _ann.Read(), StringComparison.Ordinal);
        ReadAll();
        Assert.True(Do(CommandKind.Message, nick: "alice", text: "thanks").IsOk);
        Assert.Equal("<clara -> alice> thanks\n", _alice.Read());
    }

    [Fact]
    public void New_nick_and_quit_are_told_to_members_and_watchers()
    {
        ReadAll();
        Assert.Equal(ErrorCode.NickTaken, Do(CommandKind.Nick, nick: "alice").Code);
        Assert.True(Do(CommandKind.Nick, nick: "chloe").IsOk);
        Assert.Equal("* clara is now chloe\n", _alice.Read());
        Assert.Contains(":muxchat.local 731 ann :clara\r\n", _ann.Read(), StringComparison.Ordinal);
        Assert.True(Do(CommandKind.Quit, text: "bye").IsOk);
        Assert.Equal("* chloe quit: Quit: bye\n", _alice.Read());
        Assert.True(_clara.IsGone);
        Assert.Equal((3, 3), (_bench.Hub.SessionCount, _bench.Hub.PersonCount));
        _ann.Say("WHOWAS chloe\r\n");
        Assert.Contains(":muxchat.local 314 ann chloe c elsewhere * :Clara\r\n", _ann.Read(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Do(CommandKind.Say, "#tea", text: "too late"));
        _bench.Hub.Disconnect(_clara, "twice");
        Assert.Empty(_alice.Read());
    }

    [Fact]
    public void Person_whose_server_is_lost_leaves_its_rooms()
    {
        ReadAll();
        _bench.Hub.Disconnect(_clara, "server lost");
        Assert.Equal("* clara quit: server lost\n", _alice.Read());
        Assert.Equal((0, 3), (_clara.Memberships.Count, _bench.Hub.PersonCount));
    }

    [Fact]
    public void Kill_is_handed_to_the_recipient_of_the_person()
    {
        _bench.Hub.Operators.Use(new FakeWorker());
        _ann.Say("OPER root secret\r\n");
        _bench.Hub.Operators.Collect();
        _ann.Resume();
        ReadAll();
        _ann.Say("WHOIS clara\r\nKILL clara :spam\r\n");
        Assert.Equal((CloseReason.Killed, true), (_link.Expelled, _clara.IsGone));
        Assert.Equal(["Killed ann clara spam", "Closing killed by ann: spam"], _link.Take());
        Assert.Contains(":is connecting from *@elsewhere 192.0.2.1\r\n", _ann.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommandKind.Oper)]
    [InlineData(CommandKind.Rehash)]
    public void Command_that_is_answered_to_a_connection_is_for_the_server_of_the_person(CommandKind kind) =>
        Assert.Throws<InvalidOperationException>(() => Do(kind, "#tea"));

    private CommandResult Do(CommandKind kind, string room = "", string nick = "", string text = "") =>
        _bench.Hub.Execute(_clara, new Command
        {
            Kind = kind,
            Room = Bytes.Utf8(room),
            Nick = Bytes.Utf8(nick),
            Text = Bytes.Utf8(text),
            HasText = true,
            Epoch = 1,
        });

    private void ReadAll()
    {
        _alice.Read();
        _robot.ReadFrames();
        _ann.Read();
        _link.Take();
    }
}
