using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>
/// A sync that failed, a restart, and then the power goes: Linux takes the pages that it could not write for written, so what the restarted
/// server reads there is on no disk until it was written again.
/// </summary>
public sealed class FailedSyncTests
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000, BatchBytes = 1 };

    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.Os)]
    [InlineData(Durability.None)]
    public void What_is_stored_after_the_restart_is_there_with_all_before_it(Durability durability)
    {
        var options = new JournalOptions { Durability = durability };
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, options);
        rig.Store(1);
        disk.Faults.Fail("sync 00000001.journal");
        Assert.Equal(durability == Durability.Fsync ? JournalStatus.Failed : JournalStatus.Stored, rig.Store(2));
        rig.Session.Close();
        Assert.NotNull(rig.Session.Lost);
        AssertAllThereAfterARestart(disk, options);
    }

    [Fact]
    public void Header_of_a_new_segment_that_was_not_synced_is_written_again()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        rig.Store(1);
        disk.Faults.Fail("sync 00000002.journal");
        Assert.Equal(JournalStatus.Failed, rig.Store(2, 2, 2, 2, 2));
        rig.Session.Close();
        disk.Faults.Failing = null;
        var again = Rig.Open(disk, Small);
        Assert.Contains("00000002.journal", disk.Names);
        Assert.Equal(JournalStatus.Stored, again.Store(3));
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Equal([1, 3], Rig.Open(disk.AfterPowerLoss(new Random(seed)), Small).Sink.Numbers);
        }
    }

    [Fact]
    public void Start_that_fails_at_its_sync_is_not_believed_by_the_next()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Store(1);
        disk.Kill();

        // Not the first, by which it makes sure of what it found, but that of its own first record.
        var syncs = 0;
        disk.Faults.Failing = call => call == "sync 00000001.journal" && ++syncs == 2 ? DiskResult.Failed("input/output error") : null;
        Assert.Null(Rig.Open(disk).Opening.Session);
        AssertAllThereAfterARestart(disk, new() { Durability = Durability.Fsync }, 1, 3);
    }

    private static void AssertAllThereAfterARestart(MemoryDisk disk, JournalOptions options, params long[] expected)
    {
        disk.Faults.Failing = null;
        disk.Kill();
        var again = Rig.Open(disk, options with { Durability = Durability.Fsync });
        Assert.Equal(JournalStatus.Stored, again.Store(3));
        for (var seed = 0; seed < 20; seed++)
        {
            var after = Rig.Open(disk.AfterPowerLoss(new Random(seed)), options);
            Assert.Equal(expected.Length > 0 ? expected : [1, 2, 3], after.Sink.Numbers);
            Assert.Empty(after.Observer.Lines);
        }
    }
}
