using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class QueryTests
{
    private readonly HubFixture _bench = new();

    [Fact]
    public void Topic_setShownAndRemoved_isToldToTheRoom()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#news");
        _bench.Join(bob, "#news");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.Equal(CommandResult.Ok(3), _bench.Do(CommandKind.Topic, alice, text: "news"));
        Assert.Equal(["TopicSet #news alice news"], HubFixture.Take(bob));
        Assert.True(_bench.Do(CommandKind.Topic, bob).IsOk);
        Assert.Equal(["RoomState #news bob news"], HubFixture.Take(bob));
        Assert.True(_bench.Do(CommandKind.Topic, bob, text: "").IsOk);
        Assert.Equal(["TopicSet #news alice news", "TopicSet #news bob"], HubFixture.Take(alice));
    }

    [Fact]
    public void Topic_ofANewLobby_isForOperators()
    {
        var alice = _bench.Connect("alice");
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Topic, alice, text: "mine").Code);
        var lobby = alice.Person.Memberships[0];
        Assert.Equal("+Cnt", Bytes.Utf8(lobby.Room.Rules.Describe(showsKey: true)));
        Assert.True(lobby.Room.HasDefaultStanding);
        lobby.Rank = MemberRank.Operator;
        Assert.True(_bench.Do(CommandKind.Topic, alice, text: "ours").IsOk);
        Assert.True(_bench.Do(CommandKind.Modes, alice, text: "-t").IsOk);
        Assert.False(lobby.Room.Rules.IsDefault);
    }

    [Fact]
    public void Topic_ofAnotherRoom_isShownAndNotSet()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(bob, "#b");
        HubFixture.Take(alice);
        Assert.True(_bench.Do(CommandKind.Topic, alice, "#b").IsOk);
        Assert.Equal(["RoomState #b"], HubFixture.Take(alice));
        Assert.Equal(ErrorCode.NotInRoom, _bench.Do(CommandKind.Topic, alice, "#b", text: "mine").Code);
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Topic, alice, "#c").Code);
        Assert.Equal(ErrorCode.TooLong, _bench.Do(CommandKind.Topic, bob, text: new string('x', 4097)).Code);
        Assert.Equal(ErrorCode.ControlCharacter, _bench.Do(CommandKind.Topic, bob, text: "a\u0007").Code);
        Assert.Empty(HubFixture.Take(alice));
    }

    [Fact]
    public void Who_ofManyMembers_comesInParts()
    {
        var bench = new HubFixture(new ChatLimits { MembersPerPart = 2 });
        var alice = bench.Connect("a");
        for (var i = 0; i < 4; i++)
        {
            bench.Connect($"n{i}");
        }

        HubFixture.Take(alice);
        Assert.True(bench.Do(CommandKind.Who, alice, "#LOBBY").IsOk);
        var parts = HubFixture.EventsOf(alice);
        Assert.Equal([("n2 n3", true, 5), ("n0 n1", true, 5), ("a", false, 5)],
            parts.Select(static part => (part.List, part.More, part.Total)));
    }

    [Fact]
    public void Who_withoutRoom_isOfTheCurrentOne()
    {
        var alice = _bench.Connect("alice");
        _bench.Join(alice, "#a");
        HubFixture.Take(alice);
        _bench.Do(CommandKind.Who, alice);
        Assert.Equal("#a", HubFixture.EventsOf(alice)[0].Room);
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Who, alice, "#none").Code);
        Assert.Equal(ErrorCode.BadRoom, _bench.Do(CommandKind.Who, alice, "none").Code);
    }

    [Fact]
    public void Who_ofTheEmptyLobby_isAnEmptyList()
    {
        var alice = _bench.Connect("alice");
        _bench.Part(alice);
        HubFixture.Take(alice);
        Assert.True(_bench.Do(CommandKind.Who, alice, "#lobby").IsOk);
        Assert.Equal(("", 0, false),
            (HubFixture.EventsOf(alice)[0].List, HubFixture.EventsOf(alice)[0].Total, HubFixture.EventsOf(alice)[0].More));
    }

    [Fact]
    public void Rooms_listed_areTheLargestInParts()
    {
        var bench = new HubFixture(new ChatLimits { RoomsPerPart = 2, ListedRooms = 3 });
        var sessions = Enumerable.Range(0, 3).Select(_ => bench.Connect()).ToList();
        foreach (var (session, room) in new[] { (0, "#c"), (0, "#b"), (1, "#b"), (1, "#a"), (2, "#a"), (2, "#z") })
        {
            bench.Join(sessions[session], room);
        }

        HubFixture.Take(sessions[0]);
        Assert.True(bench.Do(CommandKind.Rooms, sessions[0]).IsOk);
        Assert.Equal(
            [("#lobby:3 #a:2", true, 5), ("#b:2", false, 5)],
            HubFixture.EventsOf(sessions[0]).Select(static part => (part.List, part.More, part.Total)));
    }

    [Theory]
    [InlineData(0, ErrorCode.None)]
    [InlineData(256, ErrorCode.None)]
    [InlineData(257, ErrorCode.TooLong)]
    public void Ping_token_comesBackWithinItsLimit(int length, ErrorCode code)
    {
        var alice = _bench.Connect();
        var token = new string('t', length);
        Assert.Equal(code, _bench.Do(CommandKind.Ping, alice, text: token).Code);
        Assert.Equal(code == ErrorCode.None ? [$"Pong {token}".Trim()] : [], HubFixture.Take(alice));
        Assert.Equal(ErrorCode.ControlCharacter, _bench.Do(CommandKind.Ping, alice, text: "\u001b").Code);
    }

    [Fact]
    public void Help_topic_isHandedOn()
    {
        var alice = _bench.Connect();
        Assert.True(_bench.Do(CommandKind.Help, alice, text: "join").IsOk);
        Assert.Equal(["Help join"], HubFixture.Take(alice));
    }

    [Fact]
    public void Stats_asked_countClientsRoomsAndLines()
    {
        var (alice, bob, carol) = (_bench.Connect("alice"), _bench.Connect("bob"), _bench.Connect("carol"));
        _bench.Join(alice, "#a");
        _bench.Join(bob, "#a");
        _bench.Say(alice, "to one");
        _bench.Say(alice, "to two", "#lobby");
        _bench.Do(CommandKind.Act, carol, text: "waves at two");
        _bench.Do(CommandKind.Message, alice, nick: "carol", text: "psst");
        _bench.Say(alice, "", "#lobby");
        _bench.Time.AdvanceMs(5000);
        _bench.Clock.Refresh();
        _bench.Do(CommandKind.Stats, alice);
        Assert.Equal(
            "clients=3 rooms=2 lines_in=4 lines_delivered=6 uptime_ms=5000 io= ticks=0 longest_tick_us=0 allocated_bytes=0 collections=0 "
                + "datagrams_in=0 datagrams_dropped=0",
            HubFixture.EventsOf(alice)[^1].Figures);
    }
}
