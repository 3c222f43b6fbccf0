using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Which rooms a start remembers, and in which order it forgets them later.</summary>
public sealed class RestoredRoomsTests
{
    // Whatever the order in which standings come: first what has no events any more, then by the last event.
    [Theory]
    [InlineData("#none #a #b #c")]
    [InlineData("#c #b #a #none")]
    [InlineData("#b #none #c #a")]
    public void Rooms_thatWereRestored_areForgottenInTheOrderOfTheirLastEvents(string standings)
    {
        var journal = new FakeJournal();
        var bench = new HubFixture(new ChatLimits { Rooms = 5 });
        foreach (var room in new[] { "#a", "#b", "#c" })
        {
            bench.Hub.Restore(HubFixture.Past(EventKind.Said, Bytes.Utf8(room), "hi"u8, isClosed: false));
        }

        foreach (var room in standings.Split(' '))
        {
            bench.Hub.Restore(new RoomStanding { Room = Bytes.Utf8(room), Limit = 3, CreatedUnixMs = 1 });
        }

        bench.Hub.FinishRestoring(journal, wasClean: true);
        var session = bench.Connect("alice");
        foreach (var room in new[] { "#v", "#w", "#x", "#y" })
        {
            bench.Join(session, room);
        }

        var forgotten = journal.Standings.Where(static one => one.IsForgotten).Select(static one => Bytes.Utf8(one.Room));
        Assert.Equal(["#none", "#a", "#b", "#c"], forgotten);
    }

    // The journal has events of all rooms, but standings only of those that were remembered when the server stopped.
    [Fact]
    public void Rooms_thatWereRememberedAtTheStop_areRemembered_howeverManyWereForgottenSince()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 3 });
        bench.Hub.Restore(new RoomStanding { Room = Bytes.Utf8("#tea"), Key = Bytes.Utf8("sesame"), CreatedUnixMs = 1 });
        bench.Hub.Restore(new RoomStanding { Room = Bytes.Utf8("#x9"), CreatedUnixMs = 1 });
        foreach (var room in new[] { "#tea", "#x1", "#x2", "#x3", "#x4", "#x9" })
        {
            bench.Hub.Restore(HubFixture.Past(EventKind.Said, Bytes.Utf8(room), "hi"u8, isClosed: room == "#tea"));
        }

        var journal = new FakeJournal();
        bench.Hub.FinishRestoring(journal, wasClean: true);
        Assert.Empty(journal.Standings);
        var session = bench.Connect("mallory");
        Assert.Equal(ErrorCode.BadKey, bench.Join(session, "#tea").Code);
        Assert.True(bench.Do(CommandKind.Join, session, "#tea", key: "sesame").IsOk);
        Assert.Equal((9, 1), (session.Current!.Epoch, session.Current.FirstSeq));
    }

    [Fact]
    public void Rooms_thatWereRemembered_goByTheirLastEvents_ifFewerMayBeNow()
    {
        var journal = new FakeJournal();
        var bench = new HubFixture(new ChatLimits { Rooms = 2 });
        foreach (var room in new[] { "#b", "#none", "#a" })
        {
            bench.Hub.Restore(new RoomStanding { Room = Bytes.Utf8(room), Limit = 3, CreatedUnixMs = 1 });
        }

        bench.Hub.Restore(HubFixture.Past(EventKind.Said, "#a"u8, "hi"u8, isClosed: false));
        bench.Hub.Restore(HubFixture.Past(EventKind.Said, "#b"u8, "hi"u8, isClosed: false));
        bench.Hub.FinishRestoring(journal, wasClean: true);
        Assert.Equal(["#none", "#a"], journal.Standings.Where(static one => one.IsForgotten).Select(static one => Bytes.Utf8(one.Room)));
    }
}
