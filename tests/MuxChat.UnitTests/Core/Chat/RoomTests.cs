using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class RoomTests
{
    private readonly HubFixture _bench = new();

    [Fact]
    public void Join_newRoom_makesItAndTurnsToIt()
    {
        var alice = _bench.Connect("alice");
        Assert.Equal(CommandResult.Ok(1) with { Price = 4 }, _bench.Join(alice, "#new"));
        Assert.Equal(["Joined #new alice", "RoomState #new alice"], HubFixture.Take(alice));
        Assert.Equal(("#new", 2), (Bytes.Utf8(alice.Current!.Name), _bench.Hub.RoomCount));
    }

    [Fact]
    public void Join_inAnotherCase_isTheSameRoomAsFirstSpelled()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#Mixed");
        HubFixture.Take(alice);
        Assert.Equal(CommandResult.Ok(2), _bench.Join(bob, "#mIXED"));
        Assert.Equal(["Joined #Mixed bob"], HubFixture.Take(alice));
        Assert.Equal(2, _bench.Hub.RoomCount);
    }

    [Fact]
    public void Join_roomOneIsIn_turnsToItWithoutNews()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#a");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.Equal(CommandResult.Ok(), _bench.Join(alice, "#LOBBY"));
        Assert.Equal(["RoomState #lobby alice"], HubFixture.Take(alice));
        Assert.Empty(HubFixture.Take(bob));
        _bench.Say(alice, "hi");
        Assert.Equal(["Said #lobby alice hi"], HubFixture.Take(bob));
    }

    [Theory]
    [InlineData("", ErrorCode.MissingField)]
    [InlineData("nohash", ErrorCode.BadRoom)]
    [InlineData("#a b", ErrorCode.BadRoom)]
    [InlineData("#", ErrorCode.BadRoom)]
    public void Join_noRoomName_isRefused(string room, ErrorCode code)
    {
        Assert.Equal(code, _bench.Join(_bench.Connect(), room).Code);
        Assert.Equal(1, _bench.Hub.RoomCount);
    }

    [Fact]
    public void Join_moreRoomsThanAClientMayBeIn_isRefused()
    {
        var bench = new HubFixture(new ChatLimits { RoomsPerClient = 3 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        Assert.True(bench.Join(alice, "#a").IsOk);
        Assert.True(bench.Join(alice, "#b").IsOk);
        Assert.True(bench.Join(bob, "#other").IsOk);
        Assert.Equal(ErrorCode.TooManyRooms, bench.Join(alice, "#c").Code);
        Assert.Equal(ErrorCode.TooManyRooms, bench.Join(alice, "#other").Code);
        Assert.True(bench.Join(alice, "#a").IsOk);
        Assert.True(bench.Part(alice, "#b").IsOk);
        Assert.True(bench.Join(alice, "#c").IsOk);
    }

    [Fact]
    public void Join_moreRoomsThanTheServerMayHave_isRefusedButForThoseThereAre()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 2 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        Assert.True(bench.Join(alice, "#a").IsOk);
        Assert.Equal(ErrorCode.ServerRoomsFull, bench.Join(bob, "#b").Code);
        Assert.True(bench.Join(bob, "#a").IsOk);
        bench.Part(alice, "#a");
        bench.Part(bob, "#a");
        Assert.True(bench.Join(bob, "#b").IsOk);
    }

    [Fact]
    public void Part_room_tellsItAndTurnsToTheLastJoined()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#a");
        _bench.Join(bob, "#a");
        _bench.Join(alice, "#b");
        _bench.Join(alice, "#a");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.Equal(CommandResult.Ok(3), _bench.Part(alice, "#A", "bye"));
        Assert.Equal(["Left #a alice bye"], HubFixture.Take(bob));
        Assert.Equal(["Left #a alice bye"], HubFixture.Take(alice));
        Assert.Equal("#b", Bytes.Utf8(alice.Current!.Name));
        _bench.Say(bob, "alone", "#a");
        Assert.Empty(HubFixture.Take(alice));
    }

    [Fact]
    public void Part_anotherRoomThanTheCurrent_keepsTheCurrent()
    {
        var alice = _bench.Connect("alice");
        _bench.Join(alice, "#a");
        _bench.Part(alice, "#lobby");
        Assert.Equal("#a", Bytes.Utf8(alice.Current!.Name));
    }

    [Fact]
    public void Part_lastRoom_leavesTheClientInNone()
    {
        var alice = _bench.Connect("alice");
        Assert.True(_bench.Part(alice).IsOk);
        Assert.Null(alice.Current);
        Assert.Equal(ErrorCode.NotInRoom, _bench.Part(alice).Code);
        Assert.Equal(ErrorCode.NotInRoom, _bench.Say(alice, "hello?").Code);
    }

    [Fact]
    public void Part_refused_changesNothing()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(bob, "#b");
        HubFixture.Take(alice);
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Part(alice, "#none").Code);
        Assert.Equal(ErrorCode.BadRoom, _bench.Part(alice, "none").Code);
        Assert.Equal(ErrorCode.NotInRoom, _bench.Part(alice, "#b").Code);
        Assert.Equal(ErrorCode.ControlCharacter, _bench.Part(alice, "#lobby", "a\rb").Code);
        Assert.Equal(ErrorCode.TooLong, _bench.Part(alice, "#lobby", new string('x', 4097)).Code);
        Assert.Equal("#lobby", Bytes.Utf8(alice.Current!.Name));
        Assert.Empty(HubFixture.Take(alice));
    }

    [Fact]
    public void Room_withoutMembers_isNotSeenAndRemembersAndTheLobbyIsAlwaysThere()
    {
        var alice = _bench.Connect("alice");
        _bench.Join(alice, "#a");
        _bench.Do(CommandKind.Topic, alice, text: "topic");
        _bench.Part(alice, "#a");
        Assert.Equal(1, _bench.Hub.RoomCount);
        Assert.Equal(CommandResult.Ok(4), _bench.Join(alice, "#a"));
        Assert.Equal("topic", HubFixture.EventsOf(alice)[^1].Text);

        _bench.Part(alice, "#a");
        _bench.Part(alice, "#lobby");
        Assert.Equal(1, _bench.Hub.RoomCount);
        Assert.Equal(CommandResult.Ok(4), _bench.Join(alice, "#lobby"));
    }

    [Fact]
    public void Room_lastMemberQuits_isNotSeen()
    {
        var alice = _bench.Connect("alice");
        _bench.Join(alice, "#a");
        _bench.Hub.Disconnect(alice, "gone");
        Assert.Equal(1, _bench.Hub.RoomCount);
    }

    [Fact]
    public void Leaving_inAnyOrder_keepsTheMembersRight()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        var all = Enumerable.Range(0, 40).Select(i => _bench.Connect($"n{i}")).ToList();
        while (all.Count > 1)
        {
            var leaving = all[random.Next(all.Count)];
            all.Remove(leaving);
            _bench.Hub.Disconnect(leaving, "gone");
            _bench.Do(CommandKind.Who, all[0]);
            var members = HubFixture.EventsOf(all[0])[^1].List.Split(' ');
            var expected = all.Select(static session => Bytes.Utf8(session.Person.Nick));
            Assert.True(members.Order().SequenceEqual(expected.Order()), $"seed {Seed}, {all.Count} left");
        }
    }
}
