using System.Runtime.Versioning;
using MuxChat.Storage.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Disks;

/// <summary>The real disk does what its contract says.</summary>
public sealed class RealDiskTests
{
    [Fact]
    public void File_is_written_read_cut_and_deleted()
    {
        using var directory = new TestDirectory();
        var disk = directory.Disk;
        Assert.True(disk.Open("a", DiskOpening.Create, out var opened).IsOk);
        using (var file = opened!)
        {
            Assert.True(file.WriteAll(0, "hello, world"u8).IsOk);
            Assert.True(file.Sync().IsOk);
            Assert.True(file.Truncate(5).IsOk);
            Assert.True(file.ReadAll(100, out var bytes).IsOk);
            Assert.Equal("hello"u8, bytes);
            Assert.Equal(DiskStatus.Failed, file.ReadAll(4, out _).Status);
        }

        Assert.True(disk.Rename("a", "b").IsOk);
        Assert.True(disk.SyncDirectory().IsOk);
        var names = new List<string>();
        Assert.True(disk.List(names).IsOk);
        Assert.Equal(["b"], names);
        Assert.True(disk.Delete("b").IsOk);
        Assert.Equal(DiskStatus.Missing, disk.Delete("b").Status);
    }

    [Fact]
    public void Create_empties_what_is_there_and_change_does_not()
    {
        using var directory = new TestDirectory();
        var disk = directory.Disk;
        File.WriteAllText(directory["a"], "text");
        disk.Open("a", DiskOpening.Change, out var changed);
        using (changed)
        {
            Assert.True(changed!.GetLength(out var length).IsOk);
            Assert.Equal(4, length);
        }

        disk.Open("a", DiskOpening.Create, out var created);
        created!.Dispose();
        Assert.Equal(0, new FileInfo(directory["a"]).Length);
    }

    [Fact]
    public void File_that_is_missing_or_a_directory_is_a_failure_with_the_systems_words()
    {
        using var directory = new TestDirectory();
        Directory.CreateDirectory(directory["folder"]);
        Assert.Equal(DiskStatus.Missing, directory.Disk.Open("none", DiskOpening.Read, out _).Status);
        Assert.Equal(DiskStatus.NotOpened, directory.Disk.Open("folder", DiskOpening.Create, out _).Status);
        var result = directory.Disk.Open("folder", DiskOpening.Change, out _);
        Assert.Equal(DiskStatus.NotOpened, result.Status);
        Assert.NotEmpty(result.Message);
        Assert.Equal(DiskStatus.Failed, RealDisk.Open(directory["none"], create: false, out _).Status);
    }

    [Fact]
    public void Directory_that_is_gone_has_failed_for_a_new_file()
    {
        using var directory = new TestDirectory();
        Directory.CreateDirectory(directory["below"]);
        RealDisk.Open(directory["below"], create: false, out var disk);
        Directory.Delete(directory["below"]);
        Assert.Equal(DiskStatus.Failed, disk!.Open("a", DiskOpening.Create, out _).Status);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void What_is_made_in_a_directory_that_was_there_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no modes");
        const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var directory = new TestDirectory();
        File.WriteAllText(directory["old"], "readable by all");
        File.SetUnixFileMode(directory["old"], OwnersOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        foreach (var name in (string[])["new", "old"])
        {
            Assert.True(directory.Disk.Open(name, DiskOpening.Create, out var file).IsOk);
            file!.Dispose();
            Assert.Equal(OwnersOnly, File.GetUnixFileMode(directory[name]));
        }

        Assert.True(directory.Disk.Lock(out var held).IsOk);
        held!.Dispose();
        Assert.Equal(OwnersOnly, File.GetUnixFileMode(directory["lock"]));
    }

    [Fact]
    public void Lock_is_held_once_and_free_after_it_was_let_go()
    {
        using var directory = new TestDirectory();
        Assert.True(directory.Disk.Lock(out var first).IsOk);
        Assert.Equal(DiskStatus.InUse, directory.Disk.Lock(out var second).Status);
        Assert.Null(second);
        first!.Dispose();
        Assert.True(directory.Disk.Lock(out var third).IsOk);
        third!.Dispose();
    }

    [Fact]
    public void Full_device_is_full_and_not_failed()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using var directory = new TestDirectory();
        File.CreateSymbolicLink(directory["full"], "/dev/full");
        var result = directory.Disk.Open("full", DiskOpening.Change, out var file);
        Assert.True(result.IsOk, result.Message);
        using (file)
        {
            Assert.Equal(DiskStatus.Full, file!.Write(0, "text"u8, out _).Status);
        }
    }

    [Fact]
    public void Sync_of_what_cannot_be_synced_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says so");
        using var directory = new TestDirectory();
        File.CreateSymbolicLink(directory["null"], "/dev/null");
        Assert.True(directory.Disk.Open("null", DiskOpening.Change, out var file).IsOk);
        using (file)
        {
            Assert.Equal(DiskStatus.Failed, file!.Sync().Status);
        }
    }
}
