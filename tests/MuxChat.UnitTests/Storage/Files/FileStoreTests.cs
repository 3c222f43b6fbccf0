using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>What <see cref="IFileStore"/> promises, on a disk and in memory.</summary>
public sealed class FileStoreTests
{
    private const int Block = 64 * 1024;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 200_000)]
    [InlineData(true, 0)]
    [InlineData(true, Block)]
    [InlineData(true, 200_000)]
    public void File_that_was_sealed_is_read_in_parts_and_has_its_hash(bool isDisk, int bytes)
    {
        var rig = new FileRig(Disk(isDisk));
        var content = FileRig.Content(1, bytes);
        var caller = rig.Upload(1, content);
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        Assert.Equal(SHA256.HashData(content), caller.Sha256);
        Assert.Equal(content, rig.ReadAll(1, bytes));
        if (bytes > 100)
        {
            Assert.Equal(content[50..60], rig.Read(1, 50, 10).Bytes);
            Assert.Equal(content[^1..], rig.Read(1, bytes - 1, 1).Bytes);
        }

        Assert.Empty(rig.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void File_that_is_not_sealed_cannot_be_read(bool isDisk)
    {
        var rig = new FileRig(Disk(isDisk));
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
        rig.Store.Create(FileRig.Id(1), FileHash.None, new FileCaller());
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Outcomes_come_only_when_they_are_collected_in_the_order_of_the_calls(bool isDisk)
    {
        var rig = new FileRig(Disk(isDisk));
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        rig.Store.Seal(FileRig.Record(1, 10));
        Assert.True(rig.Store.TryRead(FileRig.Id(1), 0, 10, caller));
        Assert.Empty(caller.Outcomes);
        Assert.Empty(caller.Reads);
        rig.Store.Collect();
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        Assert.Equal(FileStatus.Ok, Assert.Single(caller.Reads).Status);
        rig.Store.Collect();
        Assert.Single(caller.Outcomes);
        Assert.Single(caller.Reads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_are_copied_when_they_are_given(bool isDisk)
    {
        var rig = new FileRig(Disk(isDisk));
        rig.Store.IsHeld = true;
        byte[] bytes = [1, 2, 3];
        rig.Store.Create(FileRig.Id(1), FileHash.None, new FileCaller());
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), bytes));
        bytes.AsSpan().Clear();
        rig.Store.IsHeld = false;
        rig.Store.Seal(FileRig.Record(1, 3));
        Assert.Equal([1, 2, 3], rig.ReadAll(1, 3));
    }

    // The examples of RFC 1321 and FIPS 180-4 for "abc".
    [Theory]
    [InlineData(false, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(false, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(true, "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData(true, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Hash_that_was_given_decides(bool isDisk, string text)
    {
        var disk = Disk(isDisk);
        var rig = new FileRig(disk);
        Assert.True(FileHash.TryParse(Encoding.ASCII.GetBytes(text), out var hash));
        var caller = rig.Upload(1, [.. "abc"u8], hash, blockBytes: 2);
        Assert.Equal([FileStatus.Ok], caller.Outcomes);
        Assert.Equal(SHA256.HashData("abc"u8), caller.Sha256);

        var wrong = rig.Upload(2, [.. "abd"u8], hash);
        Assert.Equal([FileStatus.WrongHash], wrong.Outcomes);
        Assert.Empty(wrong.Sha256);
        Assert.Equal(FileStatus.Missing, rig.Read(2, 0, 1).Status);
        Assert.Equal([FileNames.Sealed(FileRig.Id(1))], NamesOn(disk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Record_with_another_length_than_the_content_is_not_sealed(bool isDisk)
    {
        var disk = Disk(isDisk);
        var rig = new FileRig(disk);
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        rig.Store.Seal(FileRig.Record(1, 11));
        rig.Store.Collect();
        Assert.Equal([FileStatus.WrongHash], caller.Outcomes);
        Assert.Empty(NamesOn(disk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sealed_file_that_is_deleted_is_read_no_more(bool isDisk)
    {
        var disk = Disk(isDisk);
        var rig = new FileRig(disk);
        rig.Upload(1, FileRig.Content(1, 1000));
        Assert.Equal(FileStatus.Ok, rig.Read(1, 0, 1).Status);
        rig.Store.Delete(FileRig.Id(1));
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
        Assert.Empty(NamesOn(disk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_that_waits_while_its_file_is_deleted_fails(bool isDisk)
    {
        var rig = new FileRig(Disk(isDisk));
        rig.Upload(1, FileRig.Content(1, 1000));
        rig.Upload(2, FileRig.Content(2, 1000));
        var caller = new FileCaller();
        var other = new FileCaller();
        Assert.True(rig.Store.TryRead(FileRig.Id(1), 0, 10, caller));
        Assert.True(rig.Store.TryRead(FileRig.Id(2), 0, 10, other));
        rig.Store.Delete(FileRig.Id(1));
        rig.Store.Collect();
        var (status, bytes) = Assert.Single(caller.Reads);
        Assert.Equal(FileStatus.Missing, status);
        Assert.Empty(bytes);
        Assert.Equal(FileStatus.Ok, Assert.Single(other.Reads).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void File_that_is_deleted_while_it_is_uploaded_has_no_outcome(bool isDisk)
    {
        var disk = Disk(isDisk);
        var rig = new FileRig(disk);
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        rig.Store.Delete(FileRig.Id(1));
        Assert.False(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        Assert.False(rig.Store.HasRoom(FileRig.Id(1)));
        rig.Store.Seal(FileRig.Record(1, 10));
        rig.Store.Collect();
        Assert.Empty(caller.Outcomes);
        Assert.Equal(0, caller.Rooms);
        Assert.Empty(NamesOn(disk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void File_that_is_deleted_while_it_is_sealed_has_the_outcome_missing(bool isDisk)
    {
        var disk = Disk(isDisk);
        var rig = new FileRig(disk);
        var caller = new FileCaller();
        rig.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(rig.Store.TryAppend(FileRig.Id(1), new byte[10]));
        rig.Store.Seal(FileRig.Record(1, 10));
        rig.Store.Delete(FileRig.Id(1));
        rig.Store.Collect();
        rig.Store.Collect();
        Assert.Equal([FileStatus.Missing], caller.Outcomes);
        Assert.Empty(caller.Sha256);
        Assert.Empty(NamesOn(disk));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Part_beyond_the_end_of_a_file_is_not_read(bool isDisk)
    {
        var rig = new FileRig(Disk(isDisk));
        rig.Upload(1, FileRig.Content(1, 100));
        Assert.Equal(FileStatus.Failed, rig.Read(1, 91, 10).Status);
        Assert.Equal(FileStatus.Failed, rig.Read(1, long.MaxValue, 10).Status);
        Assert.Equal(FileStatus.Ok, rig.Read(1, 90, 10).Status);
    }

    [Fact]
    public void Read_of_no_byte_or_of_too_many_throws()
    {
        var rig = new FileRig(null);
        var caller = new FileCaller();
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Store.TryRead(FileRig.Id(1), 0, 0, caller));
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Store.TryRead(FileRig.Id(1), 0, IFileStore.MaxReadBytes + 1, caller));
        Assert.Throws<ArgumentOutOfRangeException>(() => rig.Store.TryRead(FileRig.Id(1), -1, 1, caller));
    }

    [Fact]
    public void Record_with_names_that_are_too_long_throws()
    {
        var rig = new FileRig(null);
        rig.Store.Create(FileRig.Id(1), FileHash.None, new FileCaller());
        var record = FileRig.Record(1, 0) with { Room = new byte[FileTrailer.MaxBytes] };
        Assert.Throws<ArgumentException>(() => rig.Store.Seal(record));
    }

    private static IDisk Disk(bool isDisk) => isDisk ? new MemoryDisk() : new BlockDisk(long.MaxValue);

    private static List<string> NamesOn(IDisk disk)
    {
        var names = new List<string>();
        Assert.True(disk.List(names).IsOk);
        return names;
    }
}
