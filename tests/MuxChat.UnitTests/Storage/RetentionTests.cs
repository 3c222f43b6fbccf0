using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>Retention that keeps pace with any load, and goes on after whatever befell it.</summary>
public sealed class RetentionTests
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000, RetainBytes = 1000, BatchBytes = 1 };

    [Fact]
    public void Journal_takes_one_segment_more_than_it_may_at_the_most_though_every_batch_fills_one()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        for (var seq = 1L; seq <= 100; seq++)
        {
            new Line("#a", seq, new string('x', 150)).AppendTo(rig.Journal);
            rig.Journal.Submit();
            rig.Session.Writer.Step();
            Assert.InRange(BytesOf(disk), 1, 1000 + 300);
            Assert.InRange(disk.Names.Count(name => name.EndsWith(".index", StringComparison.Ordinal)), 0, 4);
        }

        rig.Work();
        Assert.InRange(BytesOf(disk), 1, 1000);
        Assert.DoesNotContain(rig.Observer.Lines, line => line.StartsWith("housekeeping", StringComparison.Ordinal));
        Assert.Equal(disk.Names.Count(name => name.EndsWith(".journal", StringComparison.Ordinal)) - 1,
            disk.Names.Count(name => name.EndsWith(".index", StringComparison.Ordinal)));
        Assert.Equal(100, Rig.Open(disk.Copy(), Small).Sink.Numbers.Last());
    }

    [Fact]
    public void Journal_that_is_far_too_large_shrinks_while_a_batch_always_waits()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 0 });
        for (var seq = 1L; seq <= 100; seq++)
        {
            rig.Store(seq);
        }

        rig.Session.Close();
        rig = Rig.Open(disk, Small);
        var before = BytesOf(disk);
        Assert.InRange(before, 5000, 50_000);
        for (var seq = 101L; seq <= 150; seq++)
        {
            new Line("#a", seq, new string('x', 150)).AppendTo(rig.Journal);
            rig.Journal.Submit();
            rig.Session.Writer.Step();
        }

        Assert.InRange(BytesOf(disk), 1, 1000 + 300);
    }

    [Fact]
    public void Segment_that_somebody_else_deleted_is_gone_and_the_next_is_deleted()
    {
        var disk = Filled(out var rig);
        disk.Remove("00000001.journal");
        for (var seq = 7L; seq <= 40; seq++)
        {
            Assert.Equal(JournalStatus.Stored, rig.Store(seq));
        }

        Assert.InRange(BytesOf(disk), 1, 1000);
        Assert.StartsWith("deleted /memory/00000002.journal", rig.Observer.Lines[0], StringComparison.Ordinal);
        Assert.All(rig.Observer.Lines, line => Assert.StartsWith("deleted", line, StringComparison.Ordinal));
        Assert.Equal(40, Rig.Open(disk.Copy(), Small).Sink.Numbers.Last());
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("syncdir")]
    public void Segment_whose_deletion_failed_is_tried_again_after_a_second_though_nobody_says_anything(string call)
    {
        var disk = Filled(out var rig);

        // The directory's sync fails only after a deletion: after a new segment it would be the journal's end.
        disk.Faults.Failing = made => made.StartsWith(call, StringComparison.Ordinal)
            && (call == "delete" || disk.Log[^1].StartsWith("delete", StringComparison.Ordinal))
            ? DiskResult.Failed("input/output error")
            : null;
        for (var seq = 7L; seq <= 12; seq++)
        {
            Assert.Equal(JournalStatus.Stored, rig.Store(seq));
        }

        const string Failure = "housekeeping /memory/00000001.journal: input/output error";
        Assert.StartsWith(Failure, rig.Observer.Lines[call == "delete" ? 0 : 1], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), rig.Session.Writer.Pause);
        Assert.False(rig.Session.Writer.Step());
        disk.Faults.Failing = null;
        rig.Clock.AdvanceMs(999);
        Assert.False(rig.Session.Writer.Step());
        rig.Clock.AdvanceMs(1);
        rig.Work();
        Assert.Single(rig.Observer.Lines, line => line.StartsWith("deleted /memory/00000001.journal", StringComparison.Ordinal));
        Assert.InRange(BytesOf(disk), 1, 1000);
        Assert.Equal(TimeSpan.FromHours(1), rig.Session.Writer.Pause);
    }

    [Fact]
    public void New_segment_that_cannot_be_opened_costs_nothing_and_is_tried_again_after_a_second()
    {
        var disk = Filled(out var rig);
        var newest = disk.Names.Last(name => name.EndsWith(".journal", StringComparison.Ordinal));
        var failures = 0;
        disk.Faults.Failing = call =>
        {
            var isFault = call.StartsWith("create ", StringComparison.Ordinal) && call.EndsWith(".journal", StringComparison.Ordinal);
            failures += isFault ? 1 : 0;
            return isFault ? new(DiskStatus.NotOpened, "too many open files") : null;
        };
        for (var seq = 7L; seq <= 30; seq++)
        {
            Assert.Equal(JournalStatus.Stored, rig.Store(seq));
        }

        Assert.Equal(1, failures);
        Assert.Contains("too many open files", Assert.Single(rig.Observer.Lines, line =>
            line.StartsWith("housekeeping", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(newest, disk.Names.Last(name => name.EndsWith(".journal", StringComparison.Ordinal)));
        Assert.Equal(30, Rig.Open(disk.Copy(), Small).Sink.Numbers.Last());

        rig.Clock.AdvanceMs(1000);
        rig.Store(31);
        Assert.Equal(2, failures);
        disk.Faults.Failing = null;
        rig.Clock.AdvanceMs(1000);
        rig.Store(32);
        Assert.NotEqual(newest, disk.Names.Last(name => name.EndsWith(".journal", StringComparison.Ordinal)));
        rig.Session.Close();
        Assert.Null(rig.Session.Lost);
        var again = Rig.Open(disk, Small);
        Assert.True(again.Session.WasClean);
        Assert.Equal(32, again.Sink.Numbers.Last());
    }

    // Six events in three segments.
    private static MemoryDisk Filled(out Rig rig)
    {
        var disk = new MemoryDisk();
        rig = Rig.Open(disk, Small);
        for (var seq = 1L; seq <= 6; seq++)
        {
            rig.Store(seq);
        }

        Assert.Empty(rig.Observer.Lines);
        return disk;
    }

    private static long BytesOf(MemoryDisk disk) => disk.Names.Where(name => name.EndsWith(".journal", StringComparison.Ordinal))
        .Sum(name => (long)disk[name].Length);
}
