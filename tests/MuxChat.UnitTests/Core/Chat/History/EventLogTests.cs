using CsCheck;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>What one room remembers: against a plain list, and at its limits.</summary>
public sealed class EventLogTests
{
    private const int Capacity = 50;

    private static readonly Gen<(bool BeginsEpoch, EventKind Kind, int Nick, int NewNick, int Text, int Marks, int Tags)[]> Happenings =
        Gen.Select(
            Gen.Frequency((99, false), (1, true)),
            Gen.Int[0, 6].Select(static kind => (EventKind)kind),
            Gen.Int[1, 29],
            Gen.Int[0, 29],
            Gen.Frequency((19, (IGen<int>)Gen.Int[0, 60]), (1, Gen.Int[0, 5000])),
            Gen.Int[0, 3],
            Gen.Frequency((6, (IGen<int>)Gen.Const(0)), (3, Gen.Int[1, 60]), (1, Gen.Const(EventRecord.MaxTagBytes)))).Array[0, 400];

    [Fact]
    public void Events_any_areHeldAsAListWouldHoldThem() => Property.Holds(Happenings, AssertHeldAsAListHoldsThem, samples: 50);

    [Fact]
    public void Positions_ofThisRoomsPast_areKnownWhileTheNextEventIsHeld()
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 4 }));
        log.BeginEpoch(7);
        Add(log, 3);
        log.BeginEpoch(8);
        Assert.True(log.HoldsAllAfter(7, 0));
        Assert.True(log.HoldsAllAfter(7, 3));
        Assert.True(log.HoldsAllAfter(8, 3));
        Assert.False(log.HoldsAllAfter(7, 4));
        Assert.False(log.HoldsAllAfter(8, 2));
        Assert.False(log.HoldsAllAfter(9, 3));

        // 2 to 5 are held: what comes after 1 is known, what comes after 0 is not.
        Add(log, 2);
        Assert.True(log.HoldsAllAfter(7, 1));
        Assert.False(log.HoldsAllAfter(7, 0));
        Assert.True(log.HoldsAllAfter(8, 5));
        Assert.False(log.HoldsAllAfter(8, 6));

        Add(log, 10);
        Assert.False(log.HoldsAllAfter(7, 3));
        Assert.True(log.HoldsAllAfter(8, 11));
    }

    // Events around it, a ring that grows and one that wraps do not matter.
    [Fact]
    public void Erased_line_keepsItsNumberAndNick_andHasNoText()
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 20 }));
        log.BeginEpoch(7);
        for (var i = 1; i <= 100; i++)
        {
            log.Append(EventKind.Said, i, "alice"u8, default, Bytes.Utf8($"text {i} {new string('x', i)}"));
            log.NoteAuthor((uint)i);
            if (i % 3 == 0)
            {
                log.Erase(log.Count - 1);
            }
        }

        Assert.Equal(20, log.Count);
        for (var index = 0; index < log.Count; index++)
        {
            var past = log.Read(index, "#a"u8);
            var i = 81 + index;
            var isErased = i % 3 == 0;
            Assert.Equal((i, "alice", (uint)i), ((int)past.Seq, Bytes.Utf8(past.Nick), log.AuthorOf(index)));
            Assert.Equal(isErased ? EventKind.Erased : EventKind.Said, past.Kind);
            Assert.Equal(isErased ? "" : $"text {i} {new string('x', i)}", Bytes.Utf8(past.Text));
        }
    }

    [Theory]
    [InlineData(0, 1, 512)]
    [InlineData(512, 513, 1024)]
    [InlineData(512, 5000, 8192)]
    [InlineData(1 << 29, (1 << 29) + 1, 1 << 30)]
    [InlineData(1 << 30, (1 << 30) + 1, 0)]
    [InlineData(512, (1 << 30) + 1, 0)]
    [InlineData(512, long.MaxValue / 4, 0)]
    public void Ring_grows_to_the_longest_array_and_no_further(int current, long wanted, int becomes) =>
        Assert.Equal(becomes, EventLog.RingBytes(current, wanted));

    /// <summary>A room with a budget of 4 GiB, and more to remember than its ring can hold.</summary>
    [Fact]
    [Trait("run", "deep")]
    public void Room_thatIsToldMoreThanItsLongestRingHolds_letsItsOldestGo()
    {
        const int TextBytes = 16 * 1024;
        const int Told = 70_000;
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 4L << 30, History = 1_000_000 }));
        log.BeginEpoch(1);
        var text = new byte[TextBytes];
        for (var i = 0; i < Told; i++)
        {
            log.Append(EventKind.Said, i, "a"u8, default, text);
        }

        Assert.Equal(Told, log.LastSeq);
        Assert.InRange(log.Count, 1, ((1 << 30) / TextBytes) - 1);
        Assert.Equal(Told, log.Read(log.Count - 1, "#r"u8).Seq);
        log.Release();
    }

    [Fact]
    public void Position_beforeTheFirstEventHeld_isKnownWhereAnEpochBeganThere()
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 2 }));
        log.BeginEpoch(7);
        Add(log, 2);
        log.BeginEpoch(8);
        Add(log, 2);
        Assert.Equal(3, log.FirstSeq);
        Assert.True(log.HoldsAllAfter(7, 2));
        Assert.False(log.HoldsAllAfter(7, 1));
        Assert.True(log.HoldsAllAfter(8, 2));
    }

    [Fact]
    public void Budget_usedUp_costsTheOldestEvents()
    {
        var budget = new HistoryBudget(new ChatLimits { HistoryBytes = 2000, History = 1000 });
        var log = new EventLog(budget);
        log.BeginEpoch(7);
        Add(log, 200);
        Assert.Equal(200, log.LastSeq);
        Assert.InRange(log.Count, 4, 100);
        Assert.InRange(budget.UsedBytes, 1, 2000);
        Assert.Equal(Enumerable.Range(201 - log.Count, log.Count).Select(i => (long)i), All(log).Select(past => past.Seq));

        // One that does not fit at all leaves nothing behind that would not be in order.
        log.Append(EventKind.Said, 0, "n"u8, default, new byte[5000]);
        Assert.Equal((0, 201L, 202L), (log.Count, log.LastSeq, log.FirstSeq));
        Add(log, 1);
        Assert.Equal((1, 202L, 202L), (log.Count, log.LastSeq, log.FirstSeq));

        log.Release();
        Assert.Equal(0, budget.UsedBytes);
    }

    [Fact]
    public void Log_halved_keepsItsLastEventsInOrder()
    {
        var budget = new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 1000 });
        var log = new EventLog(budget);
        log.BeginEpoch(7);
        Add(log, 300);
        for (var before = log.HeldBytes; before > 1_000; before = log.HeldBytes)
        {
            log.Halve();
            Assert.Equal(log.HeldBytes, budget.UsedBytes);
            Assert.InRange(log.HeldBytes, 1, before - (before / 4));
            Assert.Equal(Enumerable.Range(301 - log.Count, log.Count).Select(i => (long)i), All(log).Select(past => past.Seq));
        }

        Assert.InRange(log.Count, 1, 16);
        Add(log, 20);
        Assert.Equal(320, log.LastSeq);
    }

    [Fact]
    public void Capacity_zero_remembersNothingAndCountsOn()
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 0 }));
        log.BeginEpoch(7);
        Add(log, 5);
        Assert.Equal((0, 5L, 6L), (log.Count, log.LastSeq, log.FirstSeq));
        Assert.True(log.HoldsAllAfter(7, 5));
        Assert.False(log.HoldsAllAfter(7, 4));
    }

    [Fact]
    public void Epochs_drawn_areDistinctNumbersThatJsonTakes()
    {
        var epochs = new Epochs(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => epochs.Next()).ToList();
        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.All(drawn, epoch => Assert.InRange(epoch, 1, (1L << 53) - 1));
        Assert.NotEqual(drawn[0], new Epochs(2).Next());
    }

    private static void AssertHeldAsAListHoldsThem(
        (bool BeginsEpoch, EventKind Kind, int Nick, int NewNick, int Text, int Marks, int Tags)[] happenings)
    {
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = Capacity }));
        var model = new List<Held>();
        log.BeginEpoch(7);
        foreach (var happening in happenings)
        {
            var seq = model.Count + 1;
            if (happening.BeginsEpoch)
            {
                log.BeginEpoch(1000 + seq);
            }

            var past = new Held(happening.Kind, seq, log.Epoch, new string('n', happening.Nick), new string('w', happening.NewNick),
                $"{seq}{new string('x', happening.Text)}", (EventMarks)happening.Marks, new string('+', happening.Tags));
            log.Append(past.Kind, seq * 10, Bytes.Utf8(past.Nick), Bytes.Utf8(past.NewNick), Bytes.Utf8(past.Text), past.Marks,
                Bytes.Utf8(past.Tags));
            model.Add(past);
            if (seq % 20 == 0)
            {
                Assert.Equal(model.TakeLast(Capacity), All(log));
            }
        }

        Assert.Equal(model.TakeLast(Capacity), All(log));
        Assert.Equal((model.Count, Math.Max(0, model.Count - Capacity) + 1), (log.LastSeq, log.FirstSeq));
    }

    private static void Add(EventLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            log.Append(EventKind.Said, 0, "n"u8, default, "text"u8);
        }
    }

    private static List<Held> All(EventLog log)
    {
        var all = new List<Held>();
        for (var i = 0; i < log.Count; i++)
        {
            var past = log.Read(i, "#r"u8);
            Assert.Equal(past.Kind, log.KindOf(i, out var bytes));
            Assert.Equal(past.Nick.Length + past.NewNick.Length + past.Text.Length + past.Tags.Length, bytes);
            all.Add(new Held(past.Kind, past.Seq, past.Epoch, Bytes.Utf8(past.Nick), Bytes.Utf8(past.NewNick), Bytes.Utf8(past.Text),
                past.Marks, Bytes.Utf8(past.Tags)));
        }

        return all;
    }

    private sealed record Held(
        EventKind Kind, long Seq, long Epoch, string Nick, string NewNick, string Text, EventMarks Marks, string Tags);
}
