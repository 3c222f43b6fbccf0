using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>The store has few files open at once, and closes those that it serves no more.</summary>
public sealed class FileDescriptorTests
{
    private readonly MemoryDisk _disk = new();

    [Fact]
    public void Descriptors_are_bounded_with_many_uploads_and_reads()
    {
        const int Files = 2 * UnfinishedFiles.MaxOpen;
        var disk = new CountingDisk(_disk);
        var rig = new FileRig(disk);
        var callers = Enumerable.Range(1, Files).ToDictionary(static file => file, static _ => new FileCaller());
        foreach (var (file, caller) in callers)
        {
            rig.Store.Create(FileRig.Id(file), FileHash.None, caller);
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var file in callers.Keys)
            {
                Assert.True(rig.Store.TryAppend(FileRig.Id(file), FileRig.Content(file, 300).AsSpan(round * 100, 100)));
                rig.Store.Collect();
            }
        }

        Assert.Equal(UnfinishedFiles.MaxOpen, disk.Open);
        foreach (var (file, caller) in callers)
        {
            rig.Store.Seal(FileRig.Record(file, 300));
            rig.Store.Collect();
            Assert.Equal([FileStatus.Ok], caller.Outcomes);
        }

        Assert.Equal(0, disk.Open);
        foreach (var file in callers.Keys)
        {
            Assert.Equal(FileRig.Content(file, 300), rig.ReadAll(file, 300));
        }

        Assert.Equal(SealedFiles.MaxOpen, disk.Open);
        Assert.Equal(UnfinishedFiles.MaxOpen, disk.MostOpen);
        rig.Store.Session.Close();
        Assert.Equal(0, disk.Open);
    }

    [Fact]
    public void File_that_is_deleted_is_closed()
    {
        var disk = new CountingDisk(_disk);
        var rig = new FileRig(disk);
        rig.Upload(1, FileRig.Content(1, 10));
        rig.Read(1, 0, 1);
        Assert.Equal(1, disk.Open);
        rig.Store.Delete(FileRig.Id(1));
        Assert.Equal(0, disk.Open);
    }

    [Fact]
    public void File_that_is_read_again_and_again_stays_open()
    {
        var rig = new FileRig(_disk);
        for (var file = 1; file <= SealedFiles.MaxOpen + 2; file++)
        {
            rig.Upload(file, FileRig.Content(file, 10));
        }

        for (var file = 1; file <= SealedFiles.MaxOpen + 1; file++)
        {
            Assert.Equal(FileStatus.Ok, rig.Read(file, 0, 1).Status);
            Assert.Equal(FileStatus.Ok, rig.Read(1, 0, 1).Status);
        }

        _disk.Faults.Fail("open", DiskStatus.NotOpened);
        Assert.Equal(FileStatus.Ok, rig.Read(1, 0, 1).Status);
        Assert.Equal(FileStatus.Failed, rig.Read(2, 0, 1).Status);
    }

    [Fact]
    public void Upload_whose_sync_failed_while_it_paused_is_never_sealed()
    {
        var rig = new FileRig(_disk);
        var callers = new List<FileCaller>();
        _disk.Faults.Fail("sync " + FileNames.Part(FileRig.Id(1)));
        for (var file = 1; file <= UnfinishedFiles.MaxOpen + 1; file++)
        {
            callers.Add(new FileCaller());
            rig.Store.Create(FileRig.Id(file), FileHash.None, callers[^1]);
        }

        _disk.Faults.Failing = null;
        rig.Store.Seal(FileRig.Record(1, 0));
        rig.Store.Seal(FileRig.Record(2, 0));
        rig.Store.Collect();
        Assert.Equal([FileStatus.Failed], callers[0].Outcomes);
        Assert.Equal([FileStatus.Ok], callers[1].Outcomes);
        Assert.DoesNotContain(FileNames.Part(FileRig.Id(1)), _disk.Names);
    }
}
