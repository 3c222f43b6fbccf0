using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>A disk that is full or fails is an outcome: the file is gone, and the next one may work.</summary>
public sealed class FileFaultTests
{
    private readonly MemoryDisk _disk = new();

    [Theory]
    [InlineData("create", DiskStatus.Full, FileStatus.Full)]
    [InlineData("create", DiskStatus.Failed, FileStatus.Failed)]
    [InlineData("create", DiskStatus.NotOpened, FileStatus.Failed)]
    [InlineData("write", DiskStatus.Full, FileStatus.Full)]
    [InlineData("write", DiskStatus.Failed, FileStatus.Failed)]
    [InlineData("sync ", DiskStatus.Full, FileStatus.Full)]
    [InlineData("sync ", DiskStatus.Failed, FileStatus.Failed)]
    [InlineData("rename", DiskStatus.Full, FileStatus.Full)]
    [InlineData("rename", DiskStatus.Failed, FileStatus.Failed)]
    [InlineData("syncdir", DiskStatus.Failed, FileStatus.Failed)]
    public void Fault_at_a_step_ends_the_file_and_the_next_one_works(string call, DiskStatus fault, FileStatus expected)
    {
        var rig = new FileRig(_disk);
        _disk.Faults.Fail(call, fault);
        var caller = rig.Upload(1, FileRig.Content(1, 200_000));
        Assert.Equal([expected], caller.Outcomes);
        Assert.Empty(caller.Sha256);
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
        Assert.Empty(_disk.Names);
        Assert.Contains(rig.Seen, line => line.StartsWith(expected == FileStatus.Full ? "full " : "not stored ", StringComparison.Ordinal));

        _disk.Faults.Failing = null;
        Assert.Equal([FileStatus.Ok], rig.Upload(2, FileRig.Content(2, 200_000)).Outcomes);
        Assert.Equal(FileRig.Content(2, 200_000), rig.ReadAll(2, 200_000));
        Assert.Equal([2], new FileRig(_disk.Copy()).Records.Select(static record => record.Number));
    }

    [Fact]
    public void Disk_that_has_less_room_than_a_file_and_its_record_takes_none_of_it()
    {
        const int Bytes = 100_000;
        var whole = new FileRig(new MemoryDisk());
        whole.Upload(1, FileRig.Content(1, Bytes));
        var needed = Bytes + FileTrailer.LengthOf(FileRig.Record(1, Bytes));

        // A record that is cut anywhere, and content that is cut at some places.
        foreach (var room in Enumerable.Range(Bytes, needed - Bytes).Concat([0, 1, 511, 65_536, 65_537, Bytes - 1]))
        {
            var disk = new MemoryDisk();
            disk.Faults.RoomBytes = room;
            var rig = new FileRig(disk);
            Assert.Equal([FileStatus.Full], rig.Upload(1, FileRig.Content(1, Bytes)).Outcomes);
            Assert.Empty(disk.Names);
        }

        _disk.Faults.RoomBytes = needed;
        Assert.Equal([FileStatus.Ok], new FileRig(_disk).Upload(1, FileRig.Content(1, Bytes)).Outcomes);
    }

    [Fact]
    public void Memory_that_is_used_up_is_a_full_disk_until_a_file_is_deleted()
    {
        var rig = new FileRig(new BlockDisk(100_000));
        Assert.Equal([FileStatus.Ok], rig.Upload(1, FileRig.Content(1, 60_000)).Outcomes);
        Assert.Equal([FileStatus.Full], rig.Upload(2, FileRig.Content(2, 60_000)).Outcomes);
        rig.Store.Delete(FileRig.Id(1));
        Assert.Equal([FileStatus.Ok], rig.Upload(3, FileRig.Content(3, 60_000)).Outcomes);
        Assert.Equal(FileRig.Content(3, 60_000), rig.ReadAll(3, 60_000));
    }

    [Fact]
    public void Disk_that_writes_little_at_a_time_stores_all_of_it()
    {
        _disk.Faults.WriteBytes = 999;
        var rig = new FileRig(_disk);
        Assert.Equal([FileStatus.Ok], rig.Upload(1, FileRig.Content(1, 100_000)).Outcomes);
        Assert.Equal(FileRig.Content(1, 100_000), rig.ReadAll(1, 100_000));
    }

    [Theory]
    [InlineData("open", DiskStatus.NotOpened)]
    [InlineData("read", DiskStatus.Failed)]
    public void Read_that_fails_is_reported_and_a_later_one_may_work(string call, DiskStatus fault)
    {
        var rig = new FileRig(_disk);
        rig.Upload(1, FileRig.Content(1, 100));
        _disk.Faults.Fail(call, fault);
        Assert.Equal(FileStatus.Failed, rig.Read(1, 0, 1).Status);
        Assert.Equal([$"not read {FileNames.Sealed(FileRig.Id(1))}"], rig.Seen);
        _disk.Faults.Failing = null;
        Assert.Equal(FileStatus.Ok, rig.Read(1, 0, 1).Status);
    }

    [Fact]
    public void File_that_another_program_removed_is_missing()
    {
        var rig = new FileRig(_disk);
        rig.Upload(1, FileRig.Content(1, 100));
        _disk.Remove(FileNames.Sealed(FileRig.Id(1)));
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
    }

    [Fact]
    public void Removal_that_is_refused_is_tried_again_and_the_file_is_not_served_meanwhile()
    {
        var rig = new FileRig(_disk);
        var name = FileNames.Sealed(FileRig.Id(1));
        rig.Upload(1, FileRig.Content(1, 100));
        rig.Read(1, 0, 1);
        _disk.Faults.Fail("delete");
        rig.Store.Delete(FileRig.Id(1));
        rig.Store.Collect();
        Assert.Equal([$"not removed {name}"], rig.Seen);
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
        Assert.Equal(Removals.Retry, rig.Store.Session.Worker.Pause);

        // Until it is gone, it is empty: no start serves it.
        Assert.Empty(_disk[name]);
        Assert.Empty(new FileRig(_disk.Copy()).Records);

        _disk.Faults.Failing = null;
        rig.Store.Collect();
        Assert.Equal([name], _disk.Names);
        rig.Time.Advance(Removals.Retry);
        rig.Store.Collect();
        Assert.Empty(_disk.Names);
        Assert.Equal(Timeout.InfiniteTimeSpan, rig.Store.Session.Worker.Pause);
    }

    [Fact]
    public void Removal_on_a_disk_that_takes_nothing_more_says_that_the_file_may_be_back()
    {
        var rig = new FileRig(_disk);
        rig.Upload(1, FileRig.Content(1, 100));
        _disk.Faults.Failing = static _ => DiskResult.Failed("read-only");
        rig.Store.Delete(FileRig.Id(1));
        Assert.Equal(2, rig.Seen.Count);
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
    }

    [Fact]
    public void Removals_become_durable_together_when_nothing_else_waits()
    {
        var rig = new FileRig(_disk);
        for (var file = 1; file <= 5; file++)
        {
            rig.Upload(file, FileRig.Content(file, 100));
        }

        rig.Store.IsHeld = true;
        for (var file = 1; file <= 5; file++)
        {
            rig.Store.Delete(FileRig.Id(file));
        }

        _disk.Log.Clear();
        rig.Store.IsHeld = false;
        rig.Store.Collect();
        Assert.Equal(["delete", "delete", "delete", "delete", "delete", "syncdir"], _disk.Log.Select(static call => call.Split(' ')[0]));
        for (var seed = 0; seed < 10; seed++)
        {
            Assert.Empty(_disk.AfterPowerLoss(new Random(seed)).Names);
        }
    }

    [Fact]
    public void Removals_that_cannot_be_made_durable_are_reported_and_tried_again()
    {
        var rig = new FileRig(_disk);
        rig.Upload(1, FileRig.Content(1, 100));
        _disk.Faults.Fail("syncdir");
        rig.Store.Delete(FileRig.Id(1));
        Assert.Single(rig.Seen);
        rig.Store.Collect();
        Assert.Single(rig.Seen);
        _disk.Faults.Failing = null;
        _disk.Log.Clear();
        rig.Time.Advance(Removals.Retry);
        rig.Store.Collect();
        Assert.Equal(["syncdir"], _disk.Log);
    }

    [Fact]
    public void Close_removes_what_is_not_sealed_and_what_no_caller_knows_to_be_sealed()
    {
        var rig = new FileRig(_disk);
        rig.Store.IsHeld = true;
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        rig.Store.Create(FileRig.Id(2), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(2), new byte[10]));
        rig.Store.Seal(FileRig.Record(1, 10));
        rig.Store.Session.Close();
        Assert.Empty(_disk.Names);
        rig.Store.Collect();
        Assert.Equal([FileStatus.Missing], caller.Outcomes);
    }

    [Fact]
    public void Close_keeps_the_files_whose_callers_know_them_and_no_others()
    {
        var rig = new FileRig(_disk);
        rig.Upload(1, FileRig.Content(1, 10));
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(2), FileHash.None, caller);
        rig.Store.Seal(FileRig.Record(2, 0));
        Assert.Equal(2, _disk.Names.Count());
        rig.Store.Session.Close();
        Assert.Equal([FileNames.Sealed(FileRig.Id(1))], _disk.Names);
        rig.Store.Collect();
        Assert.Equal((FileStatus.Missing, 0), (Assert.Single(caller.Outcomes), caller.Sha256.Length));
        Assert.Equal([FileRig.Id(1)], new FileRig(_disk).Records.Select(static record => record.Id));
    }

    [Fact]
    public void File_that_fails_and_is_deleted_before_its_outcome_has_none()
    {
        var rig = new FileRig(_disk);
        var caller = new FileCaller();
        _disk.Faults.Fail("write");
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), [1]));
        rig.Store.Delete(FileRig.Id(1));
        rig.Store.Collect();
        Assert.Empty(caller.Outcomes);
    }

    [Fact]
    public void File_that_was_made_although_its_creation_failed_is_removed()
    {
        var rig = new FileRig(_disk);
        _disk[FileNames.Part(FileRig.Id(1))] = [];
        _disk.Faults.Fail("create");
        Assert.Equal([FileStatus.Failed], rig.Upload(1, []).Outcomes);
        Assert.Empty(_disk.Names);
    }

    [Fact]
    public void Big_file_is_kept_in_memory_by_blocks()
    {
        const int Bytes = 64 * 1024 * 1024;
        var rig = new FileRig(null);
        var caller = new FileCaller();
        var block = FileRig.Content(1, FileStore.BlockBytes);
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        for (var at = 0; at < Bytes; at += block.Length)
        {
            block[0] = (byte)(at / block.Length);
            Assert.True(rig.Store.TryAppend(FileRig.Id(1), block));
            rig.Store.Collect();
        }

        rig.Store.Seal(FileRig.Record(1, Bytes));
        rig.Store.Collect();
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        for (var at = 0; at < Bytes; at += 100 * block.Length)
        {
            block[0] = (byte)(at / block.Length);
            Assert.Equal(block, rig.Read(1, at, block.Length).Bytes);
        }

        Assert.Equal(block[^1], rig.Read(1, Bytes - 1, 1).Bytes[0]);
    }
}
