using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>Times in a room strictly rise, whatever becomes of the clock.</summary>
public sealed class RisingTimesTests
{
    private readonly FakeJournal _journal = new();
    private readonly HubFixture _bench;
    private readonly Session _alice;

    public RisingTimesTests()
    {
        _bench = new HubFixture(journal: _journal);
        _alice = _bench.Connect("alice");
        _bench.Join(_alice, "#a");
        _journal.Records.Clear();
    }

    private long NowMs => _bench.Time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void Lines_of_one_tick_are_a_millisecond_apart()
    {
        Say(5);
        Assert.Equal([1, 2, 3, 4, 5], Stored().Select(past => past.UnixMs - NowMs));
        _bench.Time.AdvanceMs(1000);
        _bench.Clock.Refresh();
        Say(2);
        Assert.Equal([0, 1], Stored()[5..].Select(past => past.UnixMs - NowMs));
    }

    [Fact]
    public void Clock_that_is_set_back_an_hour_moves_on_by_a_millisecond_an_event()
    {
        var before = NowMs;
        Say(1);
        _bench.Time.AdjustTime(_bench.Time.GetUtcNow() - TimeSpan.FromHours(1));
        _bench.Clock.Refresh();
        Say(2);
        Assert.Equal([1, 2, 3], Stored().Select(past => past.UnixMs - before));
    }

    [Fact]
    public void Room_whose_past_is_forgotten_goes_on_behind_it()
    {
        Say(3);
        _bench.Hub.FindRoom(_alice.Person, "#a"u8)!.ForgetPast();
        Say(1);
        Assert.Equal([1, 2, 3, 4], Stored().Select(past => past.UnixMs - NowMs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Room_goes_on_behind_what_was_stored_before_a_restart(bool isClosed)
    {
        var again = new HubFixture();
        var last = again.Time.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000;
        var journal = new FakeJournal();
        foreach (var seq in (long[])[1, 2])
        {
            again.Hub.Restore(new StoredEvent
            {
                Kind = EventKind.Said,
                Room = "#b"u8,
                Epoch = 9,
                Seq = seq,
                UnixMs = last,
                Nick = "bob"u8,
                Text = "x"u8,
                IsClosed = isClosed
            });
        }

        again.Hub.FinishRestoring(journal, wasClean: true);
        var bob = again.Connect("bob");
        journal.Records.Clear();
        again.Join(bob, "#b");
        Assert.True(EventRecord.TryRead(journal.Records[^1], out var joined));
        Assert.Equal(last + 2, joined.UnixMs);

        // Those of a journal of an older server, which stored them alike, are apart too.
        var log = again.Hub.FindRoom(bob.Person, "#b"u8)!.Log;
        Assert.Equal(isClosed ? [last + 2] : [last, last + 1, last + 2], Enumerable.Range(0, log.Count).Select(log.TimeOf));
    }

    [Fact]
    public void Latest_time_that_can_be_shown_is_not_passed()
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 10 }));
        log.BeginEpoch(1);
        Assert.Equal(EventRecord.MaxUnixMs, log.Append(EventKind.Said, EventRecord.MaxUnixMs, "a"u8, default, "x"u8));
        Assert.Equal(EventRecord.MaxUnixMs, log.Append(EventKind.Said, 5, "a"u8, default, "x"u8));
    }

    [Fact]
    public void Topic_is_as_old_as_the_event_that_set_it()
    {
        Say(2);
        _bench.Do(CommandKind.Topic, _alice, "#a", text: "news");
        Assert.Equal(Stored()[^1].UnixMs, _bench.Hub.FindRoom(_alice.Person, "#a"u8)!.TopicUnixMs);
    }

    private void Say(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            Assert.True(_bench.Say(_alice, "x", "#a").IsOk);
        }
    }

    private List<(long Seq, long UnixMs)> Stored() =>
    [
        .. _journal.Records.Select(static record =>
        {
            Assert.True(EventRecord.TryRead(record, out var past));
            return (past.Seq, past.UnixMs);
        }),
    ];
}
