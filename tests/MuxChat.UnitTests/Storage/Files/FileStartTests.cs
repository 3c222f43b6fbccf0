using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>What a start finds of the files of earlier servers.</summary>
public sealed class FileStartTests
{
    private readonly MemoryDisk _disk = new();

    [Fact]
    public void Files_come_back_with_all_of_their_records_by_number()
    {
        var first = new FileRig(_disk);
        int[] numbers = [3, 1, 300, 2];
        foreach (var number in numbers)
        {
            Assert.Equal([FileStatus.Ok], first.Upload(number, FileRig.Content(number, number * 1000)).Outcomes);
        }

        var second = new FileRig(_disk.Copy());
        Assert.Equal([1, 2, 3, 300], second.Records.Select(static record => record.Number));
        foreach (var record in second.Records)
        {
            var number = (int)record.Number;
            var content = FileRig.Content(number, number * 1000);
            var expected = FileRig.Record(number, content.Length);
            Assert.Equal(expected.Id, record.Id);
            Assert.Equal(expected.Name, record.Name);
            Assert.Equal(expected.SizeBytes, record.SizeBytes);
            Assert.Equal(expected.Room, record.Room);
            Assert.Equal(expected.IsClosed, record.IsClosed);
            Assert.Equal(expected.From, record.From);
            Assert.Equal(expected.UnixMs, record.UnixMs);
            Assert.Equal(expected.ImageType, record.ImageType);
            Assert.Equal(SHA256.HashData(content), record.Sha256);
            Assert.Equal(content, second.ReadAll(number, content.Length));
        }

        Assert.Empty(second.Seen);
    }

    [Fact]
    public void Content_begins_at_the_first_byte_of_the_file()
    {
        var content = FileRig.Content(1, 1000);
        new FileRig(_disk).Upload(1, content);
        Assert.Equal(content, _disk["00000000000000000000000000000001.file"][..1000]);
    }

    [Fact]
    public void Unfinished_files_are_removed_and_others_left_alone()
    {
        string[] others =
        [
            "lock", "notes.txt", "1.part", "x.file", FileNames.Sealed(FileRig.Id(7)) + ".bak", "ABCDEF" + new string('0', 26) + ".file",
        ];
        foreach (var name in others)
        {
            _disk[name] = [1, 2, 3];
        }

        _disk[FileNames.Part(FileRig.Id(1))] = [1, 2, 3];
        _disk[FileNames.Part(FileRig.Id(2))] = [];
        _disk[FileNames.Sealed(FileRig.Id(3))] = [];
        var rig = new FileRig(_disk);
        Assert.Empty(rig.Records);
        Assert.Equal(others.Order(StringComparer.Ordinal), _disk.Names);
        Assert.Equal(["unfinished 3"], rig.Seen);
        Assert.Equal("syncdir", _disk.Log[^1]);
    }

    [Fact]
    public void File_that_is_damaged_anywhere_in_its_trailer_is_set_aside()
    {
        var name = FileNames.Sealed(FileRig.Id(1));
        new FileRig(_disk).Upload(1, FileRig.Content(1, 100));
        var whole = _disk[name];
        for (var at = 100; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            CheckSetAside(damaged);
        }

        for (var length = 1; length < whole.Length; length++)
        {
            CheckSetAside(whole[..length]);
        }

        // A byte too much, or too little, in the content.
        CheckSetAside([0, .. whole]);
        CheckSetAside(whole[1..]);
        CheckSetAside([.. whole, 0]);
    }

    [Fact]
    public void File_under_the_name_of_another_is_set_aside()
    {
        new FileRig(_disk).Upload(1, FileRig.Content(1, 100));
        var other = new MemoryDisk { [FileNames.Sealed(FileRig.Id(2))] = _disk[FileNames.Sealed(FileRig.Id(1))] };
        Assert.Empty(new FileRig(other).Records);
        Assert.Equal([FileNames.Damaged(FileRig.Id(2))], other.Names);
    }

    [Fact]
    public void File_of_another_version_is_left_alone_and_not_served()
    {
        var name = FileNames.Sealed(FileRig.Id(1));
        new FileRig(_disk).Upload(1, FileRig.Content(1, 100));
        var bytes = _disk[name];
        bytes[^16]++;
        var foot = bytes.Length - 12;
        BitConverter.TryWriteBytes(bytes.AsSpan(foot), ~MuxChat.Storage.Format.RecordFrame.Crc32C(uint.MaxValue, bytes.AsSpan(100..foot)));
        _disk[name] = bytes;
        var rig = new FileRig(_disk);
        Assert.Empty(rig.Records);
        Assert.Equal([name], _disk.Names);
        Assert.Equal([$"not served {name}: another version of the server wrote it"], rig.Seen);
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);
    }

    [Theory]
    [InlineData("open", DiskStatus.NotOpened)]
    [InlineData("read", DiskStatus.Failed)]
    public void File_that_cannot_be_read_at_the_start_is_served_after_the_next(string call, DiskStatus fault)
    {
        var name = FileNames.Sealed(FileRig.Id(1));
        new FileRig(_disk).Upload(1, FileRig.Content(1, 100));
        _disk.Faults.Fail(call, fault);
        var rig = new FileRig(_disk);
        Assert.Empty(rig.Records);
        Assert.StartsWith($"not served {name}: it cannot be read", Assert.Single(rig.Seen), StringComparison.Ordinal);
        _disk.Faults.Failing = null;
        Assert.Single(new FileRig(_disk).Records);
    }

    [Fact]
    public void Damaged_file_that_cannot_be_renamed_is_not_served()
    {
        var name = FileNames.Sealed(FileRig.Id(1));
        _disk[name] = [1, 2, 3];
        _disk.Faults.Fail("rename");
        var rig = new FileRig(_disk);
        Assert.Empty(rig.Records);
        Assert.Contains("cannot be renamed", Assert.Single(rig.Seen), StringComparison.Ordinal);
        Assert.Equal([name], _disk.Names);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("syncdir")]
    public void Start_on_a_disk_that_takes_no_change_is_refused(string call)
    {
        _disk[FileNames.Part(FileRig.Id(1))] = [1];
        _disk.Faults.Fail(call);
        var error = Assert.Throws<IOException>(() => new FileRig(_disk));
        Assert.Equal("a fault", error.Message);
    }

    [Fact]
    public void Files_with_one_number_all_come_back()
    {
        var first = new FileRig(_disk);
        first.Upload(1, []);
        var caller = new FileCaller();
        first.Store.Create(FileRig.Id(9), FileHash.None, caller);
        first.Store.Seal(FileRig.Record(9, 0) with { Number = 1 });
        first.Store.Collect();
        Assert.Equal([FileRig.Id(1), FileRig.Id(9)], new FileRig(_disk).Records.Select(static record => record.Id));
    }

    private static void CheckSetAside(byte[] bytes)
    {
        var disk = new MemoryDisk { [FileNames.Sealed(FileRig.Id(1))] = bytes };
        var rig = new FileRig(disk);
        Assert.Empty(rig.Records);
        var damaged = FileNames.Damaged(FileRig.Id(1));
        Assert.Equal([damaged], disk.Names);
        Assert.Equal(bytes, disk[damaged]);
        Assert.Equal([$"not served {damaged}: its record is damaged, so it has this name now"], rig.Seen);
        Assert.Equal(FileStatus.Missing, rig.Read(1, 0, 1).Status);

        // The next start has nothing to say about it.
        Assert.Empty(new FileRig(disk).Seen);
    }
}
