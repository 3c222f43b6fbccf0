using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>
/// Who loses its past when there is no place for all: neither what is worth something for what is not, nor the small for the large.
/// </summary>
public sealed class FairShareTests
{
    [Fact]
    public void MakingARoom_costsMoreThanEnteringOne()
    {
        var bench = new HubFixture();
        var (alice, bob) = (bench.Connect("alice"), bench.Connect("bob"));
        Assert.Equal(4, bench.Join(alice, "#a").Price);
        Assert.Equal(0, bench.Join(bob, "#a").Price);
        bench.Part(alice, "#a");
        bench.Part(bob, "#a");
        Assert.Equal(0, bench.Join(alice, "#a").Price);
    }

    // What the second room is told may need the memory of the first, in which nobody is by then.
    [Fact]
    public void Room_thatIsForgottenForTheNextOneOfWhoLeftBoth_staysForgotten()
    {
        var forgotten = 0;
        for (var budget = 100; budget < 2_000; budget += 20)
        {
            var bench = new HubFixture(new ChatLimits { HistoryBytes = budget });
            var alice = bench.Connect("alice");
            bench.Join(alice, "#a");
            var epoch = alice.Current!.Epoch;
            bench.Join(alice, "#b");
            bench.Hub.Disconnect(alice, new string('x', 100));
            Assert.Equal(1, bench.Hub.RoomCount);
            var bob = bench.Connect("bob");
            Assert.True(bench.Join(bob, "#a").IsOk);
            Assert.Equal(2, bench.Hub.RoomCount);
            forgotten += bob.Current!.Epoch == epoch ? 0 : 1;
        }

        Assert.InRange(forgotten, 1, 94);
    }

    [Fact]
    public void Rooms_madeAndLeftWithoutEnd_takeThePlaceOfNoneThatWasSpokenIn()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 10 });
        var alice = bench.Connect("alice");
        for (var i = 0; i < 5; i++)
        {
            Speak(bench, alice, $"#kept{i}");
        }

        var mallory = bench.Connect("mallory", "elsewhere");
        for (var i = 0; i < 1_000; i++)
        {
            bench.Join(mallory, $"#{i}");
            bench.Part(mallory, $"#{i}");
        }

        Assert.All(Enumerable.Range(0, 5), i => AssertRemembers(bench, alice, $"#kept{i}"));
    }

    [Fact]
    public void Rooms_spokenInAndLeftWithoutEnd_takeThePlaceOfThoseFromTheSameAddress()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 10 });
        var alice = bench.Connect("alice");
        for (var i = 0; i < 8; i++)
        {
            Speak(bench, alice, $"#kept{i}");
        }

        // One place is left, beside the lobby's.
        var mallory = bench.Connect("mallory", "elsewhere");
        for (var i = 0; i < 100; i++)
        {
            Speak(bench, mallory, $"#{i}");
        }

        Assert.All(Enumerable.Range(0, 8), i => AssertRemembers(bench, alice, $"#kept{i}"));
    }

    // Of those that were left longest ago, as ever, where nothing else tells them apart.
    [Fact]
    public void Room_thatNeedsAPlace_takesThatOfTheOneLeftLongestAgo()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 4 });
        var alice = bench.Connect("alice");
        Speak(bench, alice, "#a");
        Speak(bench, alice, "#b");
        Speak(bench, alice, "#c");
        Speak(bench, bench.Connect("bob", "elsewhere"), "#d");
        Assert.Equal(CommandResult.Ok(1) with { Price = 4 }, bench.Join(bench.Connect("carol", "nowhere"), "#a"));
        AssertRemembers(bench, alice, "#c");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Rooms_thatFillTheMemory_leaveTheirShareToNewOnes(int large)
    {
        const int Memory = 256 * 1024;
        var bench = new HubFixture(new ChatLimits { HistoryBytes = Memory });
        var alice = bench.Connect("alice");
        for (var i = 0; i < large; i++)
        {
            bench.Join(alice, $"#large{i}");
            Fill(bench, alice, $"#large{i}", Memory);
        }

        // All have members: nobody's memory can be had by forgetting a room.
        for (var i = 0; i < 8; i++)
        {
            bench.Join(alice, $"#new{i}");
            Fill(bench, alice, $"#new{i}", 4_096);
        }

        for (var i = 0; i < 8; i++)
        {
            Assert.InRange(SaidIn(bench, alice, $"#new{i}"), 12, 100);
        }

        for (var i = 0; i < large; i++)
        {
            Assert.InRange(SaidIn(bench, alice, $"#large{i}"), Memory / 256 / (large + 8) / 4, 1_000);
        }
    }

    [Fact]
    public void Room_thatWasLeft_losesToAnEmptyOneNoMoreThanAPart()
    {
        const int Memory = 64 * 1024;
        var bench = new HubFixture(new ChatLimits { HistoryBytes = Memory });
        var alice = bench.Connect("alice");
        bench.Join(alice, "#old");
        Fill(bench, alice, "#old", Memory);
        bench.Part(alice, "#old");
        for (var i = 0; i < 10; i++)
        {
            bench.Join(alice, $"#{i}");
        }

        bench.Join(alice, "#old");
        Assert.InRange(SaidIn(bench, alice, "#old"), 40, 1_000);
    }

    // Each has the least that a room takes, and there is not even that for all.
    [Fact]
    public void Rooms_moreThanTheMemoryHolds_areServedAllTheSame()
    {
        var bench = new HubFixture(new ChatLimits { HistoryBytes = 4_096, RoomsPerClient = 50 });
        var alice = bench.Connect("alice");
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(CommandResult.Ok(1) with { Price = 4 }, bench.Join(alice, $"#{i}"));
            Fill(bench, alice, $"#{i}", 1_024);
        }

        Assert.Equal(5, bench.Hub.FindRoom(alice.Person, "#39"u8)!.LastSeq);
    }

    private static void Speak(HubFixture bench, Session session, string room)
    {
        bench.Join(session, room);
        bench.Say(session, "worth keeping", room);
        bench.Part(session, room);
    }

    private static void Fill(HubFixture bench, Session session, string room, int bytes)
    {
        for (var said = 0; said < bytes; said += 256)
        {
            Assert.True(bench.Say(session, new string('x', 256), room).IsOk);
        }
    }

    private static void AssertRemembers(HubFixture bench, Session session, string room)
    {
        bench.Join(session, room);
        Assert.Equal(1, SaidIn(bench, session, room));
        bench.Part(session, room);
    }

    private static int SaidIn(HubFixture bench, Session session, string room)
    {
        var log = bench.Hub.FindRoom(session.Person, Bytes.Utf8(room))!.Log;
        return Enumerable.Range(0, log.Count).Count(i => EventKinds.Of(log.KindOf(i, out _)).IsSaid);
    }
}
