using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>How a room stands outlives its members, and nobody becomes its operator by coming first.</summary>
public sealed class RoomStandingTests
{
    private readonly FakeJournal _journal = new() { AcknowledgesLater = false };
    private readonly HubFixture _bench;
    private readonly Session _alice;
    private readonly Session _bob;

    public RoomStandingTests()
    {
        _bench = new HubFixture(journal: _journal);
        (_alice, _bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(_alice, "#tea");
    }

    [Theory]
    [InlineData("+b bob", ErrorCode.Banned)]
    [InlineData("+i", ErrorCode.InviteOnly)]
    [InlineData("+k sesame", ErrorCode.BadKey)]
    public void Room_thatEverybodyLeft_keepsOutWhomItKeptOut(string mode, ErrorCode code)
    {
        Mode(_alice, mode);
        _bench.Part(_alice, "#tea");
        Assert.Equal(code, _bench.Join(_bob, "#tea").Code);
        Assert.Equal(code, _bench.Hub.Execute(_bob, new Command { Kind = CommandKind.Resume, Room = "#tea"u8, Epoch = 1 }).Code);
        Assert.Null(_bench.Hub.FindRoom(_bob.Person, "#tea"u8));
    }

    [Theory]
    [InlineData("+t")]
    [InlineData("-n")]
    [InlineData("+l 7")]
    [InlineData("+b mallory")]
    [InlineData("+e mallory")]
    [InlineData("+I mallory")]
    [InlineData("topic")]
    public void First_inARoomThatSomebodyDecidedAbout_isNotItsOperator(string change)
    {
        if (change == "topic")
        {
            Assert.True(_bench.Do(CommandKind.Topic, _alice, "#tea", text: "ours").IsOk);
        }
        else
        {
            Mode(_alice, change);
        }

        _bench.Part(_alice, "#tea");
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.Equal(MemberRank.None, RankOf(_bob));
        Assert.True(_bench.Join(_alice, "#tea").IsOk);
        Assert.Equal(MemberRank.None, RankOf(_alice));
    }

    [Theory]
    [InlineData("+t", "-t")]
    [InlineData("+b mallory", "-b mallory")]
    [InlineData("+k x", "-k x")]
    public void First_inARoomAboutWhichNothingIsDecidedAnyMore_isItsOperator(string change, string back)
    {
        Mode(_alice, change);
        Mode(_alice, back);
        _bench.Part(_alice, "#tea");
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.Equal(MemberRank.Operator, RankOf(_bob));
    }

    [Fact]
    public void Standing_isHandedToTheJournal_withTheEventThatChangedIt()
    {
        var made = _bench.Clock.UnixMs;
        Mode(_alice, "+ks-n sesame");
        Mode(_alice, "+beI a!b@c d e");
        Mode(_alice, "+l 9");
        Assert.True(_bench.Do(CommandKind.Topic, _alice, "#tea", text: "ours").IsOk);
        var standing = _journal.Standings[^1];
        Assert.Equal("#tea", Bytes.Utf8(standing.Room));
        Assert.Equal((RoomModes.Secret | RoomModes.NoProgramTalk, "sesame", 9),
            (standing.Modes, Bytes.Utf8(standing.Key!), standing.Limit));
        Assert.Equal(("ours", "alice", made), (Bytes.Utf8(standing.Topic), Bytes.Utf8(standing.TopicBy), standing.CreatedUnixMs));
        Assert.Equal(["a!b@c", "d!*@*", "e!*@*"],
            [.. standing.Bans.Concat(standing.Exceptions).Concat(standing.Welcome).Select(static one => Bytes.Utf8(one.Mask))]);
        var before = _journal.Standings.Count;
        _bench.Say(_alice, "hi", "#tea");
        _bench.Join(_bob, "#tea");
        _bench.Part(_alice, "#tea");
        Assert.Equal(before, _journal.Standings.Count);
    }

    [Fact]
    public void Standing_isRestored()
    {
        Mode(_alice, "+kbl sesame mallory 5");
        Assert.True(_bench.Do(CommandKind.Topic, _alice, "#tea", text: "ours").IsOk);
        var later = new HubFixture();
        later.Hub.Restore(_journal.Standings[^1]);
        later.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        var carol = later.Connect("carol");
        Assert.Equal(ErrorCode.BadKey, later.Join(carol, "#tea").Code);
        Assert.True(later.Do(CommandKind.Join, carol, "#tea", key: "sesame").IsOk);
        var room = carol.Current!;
        Assert.Equal((MemberRank.None, "ours", "alice"), (carol.Person.Find(room)!.Rank, Bytes.Utf8(room.Topic), Bytes.Utf8(room.TopicBy)));
        Assert.Equal("+Cnkl sesame 5", Bytes.Utf8(room.Rules.Describe(showsKey: true)));
        Assert.Equal(_journal.Standings[^1].CreatedUnixMs, room.CreatedUnixMs);
        Assert.Equal(ErrorCode.Banned, later.Do(CommandKind.Join, later.Connect("mallory"), "#tea", key: "sesame").Code);
    }

    [Fact]
    public void Lobby_standsAsItDid_too()
    {
        var later = new HubFixture();
        later.Hub.Restore(new RoomStanding { Room = Bytes.Utf8("#lobby"), Topic = Bytes.Utf8("hello"), CreatedUnixMs = 7 });
        later.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        var lobby = later.Connect().Current!;
        Assert.Equal(("hello", 7), (Bytes.Utf8(lobby.Topic), lobby.CreatedUnixMs));
    }

    [Fact]
    public void Room_thatIsForgotten_isSaidToBe_andIsANewOneForWhoComesNext()
    {
        var journal = new FakeJournal { AcknowledgesLater = false };
        var bench = new HubFixture(new ChatLimits { Rooms = 3 }, journal: journal);
        var alice = bench.Connect("alice");
        bench.Join(alice, "#a");
        Assert.True(bench.Do(CommandKind.Modes, alice, "#a", text: "+t").IsOk);
        bench.Part(alice, "#a");
        bench.Join(alice, "#b");
        bench.Join(alice, "#c");
        var forgotten = Assert.Single(journal.Standings, static one => one.IsForgotten);
        Assert.Equal("#a", Bytes.Utf8(forgotten.Room));
        bench.Part(alice, "#b");
        bench.Join(alice, "#a");
        Assert.Equal(MemberRank.Operator, alice.Person.Find(bench.Hub.FindRoom(alice.Person, "#a"u8)!)!.Rank);
    }

    [Fact]
    public void Room_withAStanding_isForgottenAfterOneInWhichNothingWasDecidedOrSaid()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 3 });
        var alice = bench.Connect("alice");
        bench.Join(alice, "#a");
        Assert.True(bench.Do(CommandKind.Modes, alice, "#a", text: "+t").IsOk);
        bench.Part(alice, "#a");
        bench.Join(alice, "#b");
        bench.Part(alice, "#b");
        bench.Join(alice, "#c");

        // It goes on after its third event.
        Assert.Equal(4, bench.Join(alice, "#a").Seq);
    }

    [Fact]
    public void Standings_count_amongWhatRoomsRemember()
    {
        var bench = new HubFixture(new ChatLimits { HistoryBytes = 60_000, Rooms = 1000 });
        var alice = bench.Connect("alice");
        for (var room = 0; room < 40; room++)
        {
            bench.Join(alice, $"#r{room}");
            for (var mask = 0; mask < 60; mask += 4)
            {
                var masks = string.Join(' ', Enumerable.Range(mask, 4).Select(static one => $"n{one}!u@h{new string('x', 60)}"));
                Assert.True(bench.Do(CommandKind.Modes, alice, $"#r{room}", text: "+bbbb " + masks).IsOk);
            }

            bench.Part(alice, $"#r{room}");
        }

        bench.Join(alice, "#r39");
        Assert.Equal(MemberRank.None, RankOf(alice, bench, "#r39"));
        bench.Join(alice, "#r0");
        Assert.Equal(MemberRank.Operator, RankOf(alice, bench, "#r0"));
    }

    [Fact]
    public void Topic_ofAJournalWithoutStandings_isHandedToTheJournal()
    {
        var journal = new FakeJournal();
        var hub = new HubFixture().Hub;
        hub.Restore(new StoredEvent
        {
            Kind = EventKind.TopicSet,
            Room = "#tea"u8,
            Epoch = 9,
            Seq = 1,
            UnixMs = 1,
            Nick = "alice"u8,
            Text = "ours"u8
        });
        hub.FinishRestoring(journal, wasClean: true);
        Assert.Equal("ours", Bytes.Utf8(Assert.Single(journal.Standings).Topic));
    }

    // What a journal without standings says of a room needs memory, for which another room may be forgotten while all are looked through.
    [Fact]
    public void Rooms_thatAreForgottenWhileTheRestIsRestored_areLeftAlone()
    {
        var topic = Bytes.Utf8(new string('t', 1_800));
        var forgotten = 0;
        for (var budget = 1_000; budget < 8_000; budget += 100)
        {
            var hub = new HubFixture(new ChatLimits { HistoryBytes = budget }).Hub;
            hub.Restore(HubFixture.Past(EventKind.TopicSet, "#a"u8, topic, isClosed: false));
            hub.Restore(HubFixture.Past(EventKind.Said, "#b"u8, "hi"u8, isClosed: true));
            hub.FinishRestoring(new FakeJournal(), wasClean: true);
            var session = hub.Connect(new RecordingRecipient());
            Assert.True(hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#b"u8 }).IsOk);
            Assert.Equal(2, hub.RoomCount);
            forgotten += session.Current!.Epoch == 9 ? 0 : 1;
        }

        Assert.InRange(forgotten, 1, 69);
    }

    [Fact]
    public void Change_ofALargeStanding_costsMore()
    {
        Assert.Equal(0, Mode(_alice, "+b x").Price);
        var price = 0;
        for (var mask = 0; mask < 56; mask += 4)
        {
            price = Mode(_alice, "+bbbb " + string.Join(' ', Enumerable.Range(mask, 4)
                .Select(static one => $"n{one}!u@h{new string('x', 80)}"))).Price;
        }

        Assert.Equal(1, price);
    }

    private CommandResult Mode(Session session, string change)
    {
        var result = _bench.Do(CommandKind.Modes, session, "#tea", text: change);
        Assert.True(result.IsOk, result.Message);
        return result;
    }

    private MemberRank RankOf(Session session) => RankOf(session, _bench, "#tea");

    private static MemberRank RankOf(Session session, HubFixture bench, string room) =>
        session.Person.Find(bench.Hub.FindRoom(session.Person, Bytes.Utf8(room))!)!.Rank;
}
