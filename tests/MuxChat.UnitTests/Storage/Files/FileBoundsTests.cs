using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;
using MuxChat.Testing.Files;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>What waits for the disk is bounded, and callers learn when there is room again.</summary>
public sealed class FileBoundsTests
{
    private static readonly byte[] Block = new byte[FileStore.BlockBytes];

    private readonly FileRig _rig = new(new MemoryDisk());

    private ImmediateFileStore Store => _rig.Store;

    [Fact]
    public void Appends_of_one_file_are_refused_at_its_limit_until_there_is_room()
    {
        Store.IsHeld = true;
        var caller = Create(1);
        var other = Create(2);
        for (var i = 0; i < FileStore.MaxFileBlocks; i++)
        {
            Assert.True(Store.HasRoom(FileRig.Id(1)));
            Assert.True(Store.TryAppend(FileRig.Id(1), Block));
        }

        Assert.Equal(512 * 1024, Store.Session.Store.WaitingBytes);
        Assert.False(Store.TryAppend(FileRig.Id(1), Block));
        Assert.False(Store.HasRoom(FileRig.Id(1)));
        Assert.True(Store.TryAppend(FileRig.Id(2), Block));
        Store.Collect();
        Assert.Equal(0, caller.Rooms);

        Store.IsHeld = false;
        Store.Collect();
        Assert.Equal((1, 0), (caller.Rooms, other.Rooms));
        Assert.True(Store.HasRoom(FileRig.Id(1)));
        Assert.Equal(0, Store.Session.Store.WaitingBytes);
        Store.Collect();
        Assert.Equal(1, caller.Rooms);
    }

    [Fact]
    public void Caller_that_only_asked_for_room_is_called_as_well()
    {
        Store.IsHeld = true;
        var caller = Create(1);
        while (Store.HasRoom(FileRig.Id(1)))
        {
            Assert.True(Store.TryAppend(FileRig.Id(1), [1]));
        }

        Store.IsHeld = false;
        Store.Collect();
        Assert.Equal(1, caller.Rooms);
    }

    [Fact]
    public void Small_appends_take_a_block_each()
    {
        Store.IsHeld = true;
        Create(1);
        for (var i = 0; i < FileStore.MaxFileBlocks; i++)
        {
            Assert.True(Store.TryAppend(FileRig.Id(1), [1]));
        }

        Assert.False(Store.TryAppend(FileRig.Id(1), [1]));
    }

    [Fact]
    public void Append_larger_than_a_block_is_taken_whole_if_there_is_any_room()
    {
        Store.IsHeld = true;
        var caller = Create(1);
        var content = FileRig.Content(1, 3_000_000);
        Assert.True(Store.TryAppend(FileRig.Id(1), content));
        Assert.False(Store.TryAppend(FileRig.Id(1), [1]));
        Store.IsHeld = false;
        Store.Seal(FileRig.Record(1, content.Length));
        Store.Collect();
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        Assert.Equal(content, _rig.ReadAll(1, content.Length));
    }

    [Fact]
    public void Appends_of_all_files_are_refused_at_the_limit_and_all_callers_get_room()
    {
        Store.IsHeld = true;
        var callers = new List<FileCaller>();
        var files = (FileStore.MaxBlocks / FileStore.MaxFileBlocks) + 2;
        for (var file = 1; file <= files; file++)
        {
            callers.Add(Create(file));
            for (var block = 0; block < FileStore.MaxFileBlocks; block++)
            {
                Assert.Equal(file <= files - 2, Store.TryAppend(FileRig.Id(file), Block));
            }
        }

        Assert.Equal(8 * 1024 * 1024, Store.Session.Store.WaitingBytes);
        Store.IsHeld = false;
        Store.Collect();
        Assert.All(callers.Take(files - 2), static caller => Assert.Equal(0, caller.Rooms));
        Assert.All(callers.Skip(files - 2), static caller => Assert.Equal(1, caller.Rooms));
    }

    [Fact]
    public void Caller_that_fills_the_room_at_once_is_called_again()
    {
        var caller = Create(1);
        Store.IsHeld = true;
        var id = FileRig.Id(1);
        void Fill()
        {
            while (Store.TryAppend(id, Block))
            {
                // Until it is refused.
            }
        }

        Fill();
        caller.Then = Fill;
        for (var round = 1; round <= 3; round++)
        {
            Store.IsHeld = false;
            Assert.True(Store.Session.Worker.Step());
            Store.IsHeld = true;
            Store.Collect();
            Assert.Equal(round, caller.Rooms);
            Assert.False(Store.Session.Store.HasRoom(id));
        }
    }

    [Fact]
    public void File_that_ends_while_it_waits_for_room_gets_none()
    {
        Store.IsHeld = true;
        var deleted = Create(1);
        var failed = Create(2);
        foreach (var file in new[] { 1, 2 })
        {
            while (Store.TryAppend(FileRig.Id(file), Block))
            {
                // Until it is refused.
            }
        }

        Store.Delete(FileRig.Id(1));
        Store.Seal(FileRig.Record(2, 1));
        Store.IsHeld = false;
        Store.Collect();
        Store.Collect();
        Assert.Equal((0, 0), (deleted.Rooms, failed.Rooms));
        Assert.Equal([FileStatus.WrongHash], failed.Outcomes);
        Assert.Empty(deleted.Outcomes);
    }

    [Fact]
    public void Reads_are_refused_at_their_limit_until_some_are_collected()
    {
        _rig.Upload(1, FileRig.Content(1, 10));
        var caller = new FileCaller();
        for (var i = 0; i < FileStore.MaxReads; i++)
        {
            Assert.True(Store.TryRead(FileRig.Id(1), 0, 1, caller));
        }

        Assert.False(Store.TryRead(FileRig.Id(1), 0, 1, caller));
        Store.Collect();
        Assert.Equal(FileStore.MaxReads, caller.Reads.Count);
        Assert.True(Store.TryRead(FileRig.Id(1), 0, 1, caller));
    }

    [Fact]
    public void Reader_that_asks_for_more_within_its_outcome_gets_that_at_the_next_collection()
    {
        _rig.Upload(1, FileRig.Content(1, 10));
        var caller = new FileCaller();
        caller.Then = () => Assert.True(Store.TryRead(FileRig.Id(1), 0, 1, caller));
        caller.Then();
        for (var reads = 1; reads <= 3; reads++)
        {
            Store.Collect();
            Assert.Equal(reads, caller.Reads.Count);
        }
    }

    [Fact]
    public void New_file_fails_at_once_when_too_much_waits()
    {
        Store.IsHeld = true;
        var ids = Enumerable.Range(1, FileStore.MaxWork).ToList();
        ids.ForEach(id => Create(id));
        var refused = Create(FileStore.MaxWork + 1);
        var id = FileRig.Id(FileStore.MaxWork + 1);
        Store.Collect();
        Assert.Equal([FileStatus.Failed], refused.Outcomes);
        Assert.False(Store.TryAppend(id, [1]));

        Store.IsHeld = false;
        ids.ForEach(one => Store.Delete(FileRig.Id(one)));
        Store.Collect();
        var caller = _rig.Upload(FileStore.MaxWork + 1, FileRig.Content(1, 10));
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        Assert.Single(refused.Outcomes);
    }

    [Fact]
    public void Caller_that_throws_costs_only_its_own_outcome()
    {
        _rig.Upload(1, FileRig.Content(1, 10));
        var bad = new FileCaller { Then = static () => throw new InvalidOperationException("a mistake of the caller") };
        var good = new FileCaller();
        Assert.True(Store.TryRead(FileRig.Id(1), 0, 1, bad));
        Assert.True(Store.TryRead(FileRig.Id(1), 0, 1, good));
        Assert.Throws<InvalidOperationException>(Store.Collect);
        Store.Collect();
        Assert.Equal(FileStatus.Ok, Assert.Single(good.Reads).Status);
        Assert.Single(bad.Reads);
    }

    private FileCaller Create(int number)
    {
        var caller = new FileCaller();
        Store.Create(FileRig.Id(number), FileHash.None, caller);
        return caller;
    }
}
