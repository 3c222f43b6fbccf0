using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>A mistake of the program between two steps of a change leaves rooms and nicks in step.</summary>
public sealed class MistakeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mistake_while_rooms_are_told_of_an_end_leaves_nobody_in_them(int failingRoom)
    {
        var journal = new FailingJournal();
        var bench = new HubFixture(journal: journal);
        var (alice, bob) = (bench.Connect("alice"), bench.Connect("bob"));
        bench.Join(alice, "#one");
        bench.Join(alice, "#two");
        Assert.Equal(3, bench.Hub.RoomCount);
        journal.FailsAfter = failingRoom - 1;
        Assert.Throws<FaultException>(() => bench.Hub.Disconnect(alice, "gone"));
        journal.FailsAfter = int.MaxValue;
        Assert.Equal((1, 1), (bench.Hub.RoomCount, bench.Hub.SessionCount));
        Assert.True(bench.Nick(bob, "alice").IsOk);
        Assert.True(bench.Join(bob, "#two").IsOk);
        Assert.Equal([bob.Person], bench.Hub.FindRoom(bob.Person, "#two"u8)!.Members.ToArray().Select(static member => member.Person));
    }

    /// <summary>Stores so many events, and makes a mistake at the next.</summary>
    private sealed class FailingJournal : IJournal
    {
        public int FailsAfter { get; set; } = int.MaxValue;

        public bool AcknowledgesLater => false;

        public bool IsBehind => false;

        public long Append(in StoredEvent past)
        {
            FaultException.ThrowIf(FailsAfter-- <= 0);
            return 0;
        }

        public void Keep(RoomStanding standing)
        {
        }

        public void Submit()
        {
        }

        public bool TryTakeOutcome(out JournalOutcome outcome)
        {
            outcome = default;
            return false;
        }
    }
}
