using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>
/// Who is not in a room that is secret or has a key does not know of it; who wishes to be invisible is seen from within only.
/// </summary>
public sealed class HiddenRoomTests
{
    private readonly HubFixture _bench = new();
    private readonly Session _alice;
    private readonly Session _bob;

    public HiddenRoomTests()
    {
        (_alice, _bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(_alice, "#tea");
        _bench.Join(_bob, "#tea");
    }

    [Theory]
    [InlineData("s", "")]
    [InlineData("k", " sesame")]
    public void Hidden_room_isNotSeenFromOutside(string mode, string parameter)
    {
        var carol = _bench.Connect("carol");
        Mode(_alice, $"+{mode}{parameter}");
        Assert.Equal("#lobby:3", Listed(carol));
        Assert.Equal("#lobby:3 #tea:2", Listed(_bob));
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Who, carol, "#tea").Code);
        Assert.Equal(1, _bench.Hub.RoomCount);
        Mode(_alice, $"-{mode}{parameter}");
        Assert.Equal(2, _bench.Hub.RoomCount);
        Assert.Equal("#lobby:3 #tea:2", Listed(carol));
    }

    [Fact]
    public void Hidden_room_isCountedOnlyWhileItIsThere()
    {
        Mode(_alice, "+sk sesame");
        _bench.Part(_alice, "#tea");
        _bench.Part(_bob, "#tea");
        Assert.Equal(1, _bench.Hub.RoomCount);
        Assert.True(_bench.Do(CommandKind.Join, _bob, "#tea", key: "sesame").IsOk);
        Assert.Equal(1, _bench.Hub.RoomCount);
        Assert.Equal("#lobby:2 #tea:1", Listed(_bob));
        Assert.Equal("#lobby:2", Listed(_alice));
    }

    [Theory]
    [InlineData("+sk sesame", ErrorCode.BadKey)]
    [InlineData("+si", ErrorCode.InviteOnly)]
    [InlineData("+sl 2", ErrorCode.RoomFull)]
    [InlineData("+sb carol", ErrorCode.Banned)]
    public void Hidden_room_thatOneMayNotEnter_tellsWhy_andNothingElse(string mode, ErrorCode code)
    {
        _bench.Do(CommandKind.Topic, _alice, "#tea", text: "hush");
        var carol = _bench.Connect("carol");
        Mode(_alice, mode);
        Refuses(_bench.Do(CommandKind.Join, carol, "#tea"));
        Refuses(_bench.Hub.Execute(carol, new Command { Kind = CommandKind.Join, Room = "#tea"u8, Key = "wrong"u8 }));
        Refuses(_bench.Hub.Execute(carol, new Command { Kind = CommandKind.Resume, Room = "#tea"u8, Epoch = 1, Key = "wrong"u8 }));
        Assert.Empty(HubFixture.Take(carol));

        void Refuses(CommandResult result)
        {
            Assert.Equal(code, result.Code);
            Assert.Equal((0, 0), (result.Seq, result.Position));
            Assert.DoesNotContain('2', result.Message);
        }
    }

    [Fact]
    public void Invisible_member_isSeenFromWithin()
    {
        var carol = _bench.Connect("carol");
        _bench.Hub.SetInvisible(_bob.Person, true);
        Assert.Equal("alice", Named(carol));
        Assert.Equal("alice bob", Named(_alice));
        _bench.Hub.SetInvisible(_alice.Person, true);
        Assert.Equal("", Named(carol));
        _bench.Join(carol, "#tea");
        Assert.Equal("alice bob carol", Named(carol));
    }

    private string Listed(Session session) => ListOf(session, CommandKind.Rooms, "");

    private string Named(Session session) => ListOf(session, CommandKind.Who, "#tea");

    private string ListOf(Session session, CommandKind kind, string room)
    {
        HubFixture.EventsOf(session).Clear();
        Assert.True(_bench.Do(kind, session, room).IsOk);
        return Assert.Single(HubFixture.EventsOf(session)).List;
    }

    private CommandResult Mode(Session session, string change) => _bench.Do(CommandKind.Modes, session, "#tea", text: change);
}
