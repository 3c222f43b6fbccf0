using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class NickTests
{
    private readonly HubFixture _bench = new();

    [Fact]
    public void Nick_takenInAnyCase_isRefused()
    {
        var (alice, bob) = (_bench.Connect("Alice"), _bench.Connect("bob"));
        foreach (var nick in new[] { "Alice", "alice", "ALICE", "aLiCe" })
        {
            Assert.Equal(ErrorCode.NickTaken, _bench.Nick(bob, nick).Code);
        }

        Assert.Equal(("Alice", "bob"), (Bytes.Utf8(alice.Person.Nick), Bytes.Utf8(bob.Person.Nick)));
        Assert.Empty(HubFixture.Take(alice).Skip(2));
    }

    [Fact]
    public void Nick_ownInAnotherCase_isTaken()
    {
        var alice = _bench.Connect("alice");
        Assert.True(_bench.Nick(alice, "ALICE").IsOk);
        Assert.Equal(["Renamed #lobby alice ALICE"], HubFixture.Take(alice));
        Assert.Equal("ALICE", Bytes.Utf8(alice.Person.Nick));
        Assert.Equal(ErrorCode.NickTaken, _bench.Nick(_bench.Connect(), "alice").Code);
    }

    [Fact]
    public void Nick_alreadyOwned_isDoneWithoutNews()
    {
        var alice = _bench.Connect("alice");
        Assert.True(_bench.Nick(alice, "alice").IsOk);
        Assert.Empty(HubFixture.Take(alice));
    }

    [Fact]
    public void Nick_givenUp_isFree()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        Assert.True(_bench.Nick(alice, "carol").IsOk);
        Assert.True(_bench.Nick(bob, "alice").IsOk);
        Assert.Equal(2, _bench.Hub.SessionCount);
    }

    [Theory]
    [InlineData("", ErrorCode.MissingField)]
    [InlineData("1abc", ErrorCode.BadNick)]
    [InlineData("a b", ErrorCode.BadNick)]
    [InlineData("\u00e9", ErrorCode.BadNick)]
    public void Nick_thatIsNone_isRefused(string nick, ErrorCode code)
    {
        var session = _bench.Connect();
        Assert.Equal(code, _bench.Nick(session, nick).Code);
        Assert.Equal("guest-1", Bytes.Utf8(session.Person.Nick));
    }

    [Fact]
    public void Rename_inSeveralRooms_isOneAnnouncementToEach()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#a");
        _bench.Join(bob, "#a");
        _bench.Join(alice, "#b");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        var announcements = _bench.Delivery.Announcements;
        Assert.True(_bench.Nick(alice, "carol").IsOk);
        Assert.Equal(["Renamed #lobby alice carol", "Renamed #a alice carol"], HubFixture.Take(bob));
        Assert.Equal(["Renamed #lobby alice carol", "Renamed #a alice carol", "Renamed #b alice carol"], HubFixture.Take(alice));
        Assert.Equal(announcements + 1, _bench.Delivery.Announcements);
    }

    [Fact]
    public void Rename_inNoRoom_isToldToTheClientItself()
    {
        var alice = _bench.Connect("alice");
        _bench.Part(alice);
        HubFixture.Take(alice);
        Assert.True(_bench.Nick(alice, "carol").IsOk);
        Assert.Equal(["Renamed alice carol"], HubFixture.Take(alice));
    }
}
