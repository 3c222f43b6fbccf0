using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>Disks that fail, are full, or do less than they were told.</summary>
public sealed class FailureTests
{
    private const string Segment = "00000001.journal";

    [Theory]
    [InlineData("sync", DiskStatus.Failed)]
    [InlineData("sync", DiskStatus.Full)]
    [InlineData("write", DiskStatus.Failed)]
    public void Failure_is_told_once_and_never_tried_again(string call, DiskStatus status)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        disk.Faults.Fail(call, status);
        Assert.Equal(JournalStatus.Failed, rig.Store(2));
        disk.Faults.Failing = null;
        var calls = disk.Log.Count;
        Assert.Equal(JournalStatus.Failed, rig.Store(3, 4));
        Assert.Equal(JournalStatus.Failed, rig.Store(5));
        rig.Session.Close();
        Assert.Equal(calls, disk.Log.Count);
        Assert.Equal((4, "the journal has failed (" + rig.Observer.Lines[0].Split(": ", 2)[1] + ")"),
            (rig.Journal.NotStored, rig.Session.Lost));
        Assert.StartsWith("failed /memory/" + Segment, Assert.Single(rig.Observer.Lines), StringComparison.Ordinal);

        var again = Rig.Open(disk.Copy());
        Assert.False(again.Session.WasClean);
        Assert.Contains(1, again.Sink.Numbers);
        Assert.DoesNotContain(3, again.Sink.Numbers);
    }

    [Fact]
    public void Everything_that_waits_when_the_disk_fails_has_its_outcome_at_once()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        disk.Faults.Fail("sync");
        new Line("#a", 1, "a").AppendTo(rig.Journal);
        rig.Journal.Submit();
        new Line("#a", 2, "b").AppendTo(rig.Journal);
        new Line("#a", 3, "c").AppendTo(rig.Journal);
        rig.Session.Writer.Step();
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        Assert.Equal(new JournalOutcome(3, JournalStatus.Failed), outcome);
        new Line("#a", 4, "d").AppendTo(rig.Journal);
        Assert.True(rig.Journal.TryTakeOutcome(out outcome));
        Assert.Equal(new JournalOutcome(4, JournalStatus.Failed), outcome);
        Assert.False(rig.Journal.TryTakeOutcome(out _));
        Assert.False(rig.Journal.IsBehind);
    }

    [Fact]
    public void Full_disk_loses_whole_batches_is_tried_once_a_second_and_resumes()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        var length = disk[Segment].Length;
        disk.Faults.RoomBytes = length + 50;
        Assert.Equal(JournalStatus.Full, rig.Store(2, 3));
        Assert.Single(rig.Observer.Lines);
        Assert.Equal(length, disk[Segment].Length);
        var calls = disk.Log.Count;
        rig.Clock.AdvanceMs(999);
        disk.Faults.RoomBytes = long.MaxValue;
        Assert.Equal(JournalStatus.Full, rig.Store(4));
        Assert.Equal(calls, disk.Log.Count);
        rig.Clock.AdvanceMs(1);
        Assert.Equal(JournalStatus.Stored, rig.Store(5));
        rig.Session.Close();
        Assert.Equal((3, "the disk was full or too slow for a time"), (rig.Journal.NotStored, rig.Session.Lost));
        Assert.Equal(["full /memory/" + Segment + ": no space left", "resumed /memory/" + Segment], rig.Observer.Lines);

        var again = Rig.Open(disk);
        Assert.Equal([1, 5], again.Sink.Numbers);
        Assert.False(again.Session.WasClean, "numbers were given to events that are not there");
    }

    [Fact]
    public void Full_disk_at_the_end_is_not_told_to_have_room_again()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        disk.Faults.RoomBytes = disk[Segment].Length;
        rig.Store(1);
        rig.Session.Close();
        Assert.Equal((1, "the disk is full (no space left)"), (rig.Journal.NotStored, rig.Session.Lost));
        Assert.StartsWith("full", Assert.Single(rig.Observer.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Full_disk_that_cannot_be_cut_back_has_failed()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        disk.Faults.RoomBytes = disk[Segment].Length + 50;
        disk.Faults.Fail("truncate");
        Assert.Equal(JournalStatus.Failed, rig.Store(1));
        Assert.Contains("could not be cut off", rig.Observer.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Full_disk_at_rotation_resumes_in_the_new_segment_also_with_what_would_fit_in_the_old()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, new() { SegmentBytes = 500 });
        rig.Store(1);
        disk.Faults.RoomBytes = disk[Segment].Length + 10;
        Assert.Equal(JournalStatus.Full, rig.Store(2, 2, 2, 2, 2, 2, 2));
        var old = disk[Segment];
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, rig.Store(3));
        Assert.Equal(old, disk[Segment]);
        Assert.Equal([1, 3], Rig.Open(disk.Copy()).Sink.Numbers);
    }

    [Fact]
    public void Full_disk_at_the_start_takes_the_clean_end_away_and_resumes()
    {
        var disk = new MemoryDisk();
        var first = Rig.Open(disk);
        first.Store(1);
        first.Session.Close();
        disk.Faults.RoomBytes = disk[Segment].Length;
        var second = Rig.Open(disk);
        Assert.True(second.Session.WasClean);
        Assert.Equal(JournalStatus.Full, second.Store(2));
        Assert.False(Rig.Open(disk.AfterPowerLoss(new Random(1))).Session.WasClean);
        disk.Faults.RoomBytes = long.MaxValue;
        second.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, second.Store(3));
        Assert.Equal(["full", "resumed"], second.Observer.Lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Full_disk_at_the_start_leaves_no_clean_end_though_there_is_room_again()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Store(1);
        disk = disk.Copy();
        disk.Faults.RoomBytes = disk[Segment].Length;
        var second = Rig.Open(disk);
        disk.Faults.RoomBytes = long.MaxValue;
        second.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, second.Store(2));
        second.Session.Close();
        Assert.False(Rig.Open(disk).Session.WasClean);
    }

    [Fact]
    public void Disk_that_writes_little_at_a_time_has_everything_in_the_end()
    {
        var disk = new MemoryDisk();
        disk.Faults.WriteBytes = 7;
        var rig = Rig.Open(disk);
        rig.Store(1, 2, 3);
        rig.Session.Close();
        Assert.Equal((0, null), (rig.Journal.NotStored, rig.Session.Lost));
        Assert.Equal([1, 2, 3], Rig.Open(disk).Sink.Numbers);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("syncdir")]
    [InlineData("sync")]
    public void Disk_that_fails_at_the_first_start_refuses_it(string call)
    {
        var disk = new MemoryDisk();
        disk.Faults.Fail(call);
        var opening = Rig.Open(disk).Opening;
        Assert.Equal(JournalOpeningStatus.DiskFailed, opening.Status);
        Assert.Contains("a fault", opening.Message, StringComparison.Ordinal);
        disk.Faults.Failing = null;
        Assert.Equal(JournalOpeningStatus.Opened, Rig.Open(disk).Opening.Status);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("sync")]
    public void Disk_that_fails_at_a_later_start_refuses_it_and_loses_nothing(string call)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1, 2);
        rig.Session.Close();
        disk.Faults.Fail(call);
        Assert.Equal(JournalOpeningStatus.DiskFailed, Rig.Open(disk).Opening.Status);
        disk.Faults.Failing = null;
        Assert.Equal([1, 2], Rig.Open(disk).Sink.Numbers);
    }
}
