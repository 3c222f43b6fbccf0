using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>What passes between the loop and the writer, and in which order.</summary>
public sealed class BatchSlotTests
{
    private const string Segment = "00000001.journal";

    [Fact]
    public void Outcome_comes_after_write_and_sync()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Work();
        disk.Log.Clear();
        string[] logged = [];
        rig.Session.Writer.OutcomeReady = () => logged = [.. disk.Log];
        new Line("#a", 1, "text").AppendTo(rig.Journal);
        rig.Journal.Submit();
        Assert.False(rig.Journal.TryTakeOutcome(out _));
        Assert.Empty(disk.Log);
        Assert.True(rig.Session.Writer.Step());
        Assert.Equal(["write " + Segment, "sync " + Segment], logged);
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(1, JournalStatus.Stored), outcome);
        Assert.False(rig.Journal.TryTakeOutcome(out _));
    }

    [Theory]
    [InlineData(Durability.Fsync, true, true)]
    [InlineData(Durability.Os, true, false)]
    [InlineData(Durability.None, false, false)]
    public void Durability_says_who_waits_and_whether_the_disk_is_synced(Durability durability, bool acknowledgesLater, bool syncs)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, new() { Durability = durability });
        rig.Work();
        disk.Log.Clear();
        rig.Store(1);
        Assert.Equal(acknowledgesLater, rig.Journal.AcknowledgesLater);
        Assert.Equal(syncs, disk.Log.Contains("sync " + Segment));
        rig.Session.Close();
        Assert.Equal("sync " + Segment, disk.Log[^1]);
    }

    [Fact]
    public void Events_that_come_while_the_writer_writes_share_the_next_sync()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Work();
        disk.Log.Clear();
        var submitted = 0;
        rig.Journal.Submitted = () => submitted++;
        for (var seq = 1; seq <= 100; seq++)
        {
            new Line("#a", seq, "text").AppendTo(rig.Journal);
            rig.Journal.Submit();
        }

        Assert.Equal(1, submitted);
        rig.Session.Writer.Step();
        Assert.False(rig.Session.Writer.Step());
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(1, JournalStatus.Stored), outcome);
        Assert.Equal([new JournalOutcome(100, JournalStatus.Stored)], rig.Pump());
        Assert.Equal(2, submitted);
        Assert.Equal(2, disk.Log.Count(call => call.StartsWith("sync", StringComparison.Ordinal)));
    }

    [Fact]
    public void Journal_falls_behind_gives_up_in_order_and_catches_up()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, new() { BehindBytes = 300, BacklogBytes = 1000, HistoryEvents = 100 });
        var last = 0L;
        while (!rig.Journal.IsBehind)
        {
            last = new Line("#a", ++last, "text").AppendTo(rig.Journal);
            rig.Journal.Submit();
        }

        Assert.Equal(["behind"], rig.Observer.Lines);
        while (rig.Observer.Lines.Count == 1)
        {
            last = new Line("#a", ++last, "text").AppendTo(rig.Journal);
        }

        // The first one that was given up, and two more; then the writer makes room, and there is one again.
        var firstLost = last;
        new Line("#a", ++last, "text").AppendTo(rig.Journal);
        last = new Line("#a", ++last, "text").AppendTo(rig.Journal);
        rig.Session.Writer.Step();
        rig.Journal.Submit();
        new Line("#a", ++last, "text").AppendTo(rig.Journal);
        Assert.Equal(
            [new(firstLost - 1, JournalStatus.Stored), new(last - 1, JournalStatus.Full), new(last, JournalStatus.Stored)],
            rig.Pump());
        Assert.False(rig.Journal.IsBehind);
        Assert.Equal(["behind", "backlog full", "caught up"], rig.Observer.Lines);
        rig.Session.Close();

        var again = Rig.Open(disk);
        Assert.Equal(Enumerable.Range(1, (int)firstLost - 1).Select(seq => (long)seq).Append(last), again.Sink.Numbers);
        Assert.False(again.Session.WasClean);
    }

    [Fact]
    public void Events_given_up_have_their_outcome_when_nothing_comes_after_them()
    {
        var rig = Rig.Open(new MemoryDisk(), new() { BacklogBytes = 10 });
        new Line("#a", 1, "text").AppendTo(rig.Journal);
        new Line("#a", 2, "text").AppendTo(rig.Journal);
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(2, JournalStatus.Full), outcome);
        Assert.False(rig.Journal.TryTakeOutcome(out _));
    }

    [Fact]
    public void Burst_larger_than_a_batch_is_written_in_several()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, new() { BatchBytes = 1, HistoryEvents = 1000 });
        for (var seq = 1; seq <= 100; seq++)
        {
            new Line("#a", seq, new string('x', 8000)).AppendTo(rig.Journal);
        }

        rig.Pump();
        rig.Session.Close();
        Assert.Equal(100, Rig.Open(disk).Sink.Lines.Count);
        Assert.InRange(disk.Log.Count(call => call == "write " + Segment), 5, 20);
    }

    [Fact]
    public void Event_of_the_greatest_size_is_kept_and_a_greater_one_is_a_mistake()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        const int Around = 8 + 1 + 32 + 2 + 5;
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Line("#a", 1, new string('x', Journal.MaxEventBytes - Around + 1)).AppendTo(rig.Journal));
        new Line("#a", 1, new string('x', Journal.MaxEventBytes - Around)).AppendTo(rig.Journal);
        Assert.Equal(JournalStatus.Stored, rig.Pump()[^1].Status);
        Assert.Equal(Journal.MaxEventBytes - Around, Rig.Open(disk.Copy()).Sink.Lines[0].Text.Length);
    }
}
