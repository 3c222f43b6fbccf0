using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>The power may go at each change of the disk. After that a file is there as a whole, or not at all.</summary>
public sealed class FilePowerLossTests
{
    private const int Bytes = 150_000;
    private const int Seeds = 8;

    [Fact]
    public void Power_that_goes_at_any_change_leaves_each_file_whole_or_nothing_of_it()
    {
        var changes = 0;
        var lost = 0;
        var kept = 0;
        for (var isOver = false; !isOver; changes++)
        {
            var disk = new MemoryDisk();
            var caller = new FileCaller();
            var rig = new FileRig(disk);
            disk.Faults.ChangesUntilPowerLoss = changes;
            isOver = TryWork(rig, caller);
            for (var seed = 0; seed < Seeds; seed++)
            {
                var isThere = CheckAfter(disk.AfterPowerLoss(new Random(seed)), caller);
                kept += isThere ? 1 : 0;
                lost += isThere ? 0 : 1;
            }
        }

        // Create, two writes and their pieces, the trailer, sync, rename, the directory; then the removal of another file.
        Assert.InRange(changes, 10, 100);
        Assert.True(kept > 0 && lost > 0, $"{kept} kept, {lost} lost");
    }

    [Fact]
    public void Process_that_is_killed_at_any_change_leaves_each_file_whole_or_nothing_of_it()
    {
        for (var (isOver, changes) = (false, 0); !isOver; changes++)
        {
            var disk = new MemoryDisk();
            var caller = new FileCaller();
            var rig = new FileRig(disk);
            disk.Faults.ChangesUntilPowerLoss = changes;
            isOver = TryWork(rig, caller);
            CheckAfter(disk.Copy(), caller);
        }
    }

    // A file that is there before and deleted after the other one is stored.
    private static bool TryWork(FileRig rig, FileCaller caller)
    {
        try
        {
            var content = FileRig.Content(1, Bytes);
            var id = FileRig.Id(1);
            rig.Store.Create(id, new FileHash(FileHashKind.Sha256, SHA256.HashData(content)), caller);
            Assert.True(rig.Store.TryAppend(id, content));
            rig.Store.Seal(FileRig.Record(1, Bytes));
            rig.Store.Collect();
            rig.Upload(2, FileRig.Content(2, 1000));
            rig.Store.Delete(FileRig.Id(2));
            rig.Store.Collect();
            return true;
        }
        catch (PowerLostException)
        {
            return false;
        }
    }

    private static bool CheckAfter(MemoryDisk disk, FileCaller caller)
    {
        var rig = new FileRig(disk);
        var record = rig.Records.SingleOrDefault(static record => record.Number == 1);
        if (record is not null)
        {
            Assert.Equal(Bytes, record.SizeBytes);
            Assert.Equal(SHA256.HashData(FileRig.Content(1, Bytes)), record.Sha256);
            Assert.Equal(FileRig.Content(1, Bytes), rig.ReadAll(1, Bytes));
        }

        // A file whose caller knows that it is stored is there, whatever comes later.
        Assert.True(record is not null || caller.Outcomes.Count == 0);
        if (rig.Records.Any(static one => one.Number == 2))
        {
            Assert.Equal(FileRig.Content(2, 1000), rig.ReadAll(2, 1000));
        }

        // Nothing was set aside or reported as damaged, and no other files are left than those that are served.
        Assert.DoesNotContain(rig.Seen, static line => line.StartsWith("not", StringComparison.Ordinal));
        Assert.Equal(rig.Records.Select(static one => FileNames.Sealed(one.Id)).Order(StringComparer.Ordinal), disk.Names);
        return record is not null;
    }
}
