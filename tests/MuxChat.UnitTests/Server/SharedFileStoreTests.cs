using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat.Files;
using MuxChat.Server;
using MuxChat.Server.Hosting;
using MuxChat.Server.Logging;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Core.Chat;
using MuxChat.UnitTests.Storage.Files;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Server;

/// <summary>The store of shared files as the server opens and closes it, and the log of it.</summary>
public sealed class SharedFileStoreTests
{
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = Clocks.Create();
    private readonly FileLimits _limits = new();

    [Fact]
    public void Files_below_the_directory_come_back_after_a_restart()
    {
        using var directory = new TestDirectory();
        Assert.Equal([FileStatus.Ok], Upload(SharedFileStore.Open(directory.Path, _limits, _lines)).Outcomes);
        Assert.True(File.Exists(Path.Combine(directory[SharedFileStore.Folder], $"{FileRig.Id(1)}.file")));

        var again = SharedFileStore.Open(directory.Path, _limits, _lines);
        Assert.Equal(1, Assert.Single(again.Records).Number);
        again.Close();
        var folder = directory[SharedFileStore.Folder];
        Assert.Equal([$"Information shared files in {folder}: 0 files, 0 bytes", $"Information shared files in {folder}: 1 file, 5 bytes"],
            _lines.Taken());
    }

    [Fact]
    public void Server_without_a_directory_keeps_files_in_memory()
    {
        Assert.Equal([FileStatus.Ok], Upload(SharedFileStore.Open(null, _limits, _lines)).Outcomes);
        Assert.Empty(SharedFileStore.Open(null, _limits, _lines).Records);
        Assert.Empty(_lines.Taken());
    }

    [Fact]
    public void Folder_that_cannot_be_used_is_one_clear_line()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(directory[SharedFileStore.Folder], "a file is in the way");
        var error = Assert.Throws<StartupException>(() => SharedFileStore.Open(directory.Path, _limits, _lines));
        Assert.Equal(StartupException.CouldNotStart, error.ExitCode);
        Assert.StartsWith($"--data {directory.Path}: {directory[SharedFileStore.Folder]}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hub_gets_the_store_and_its_files()
    {
        using var directory = new TestDirectory();
        Upload(SharedFileStore.Open(directory.Path, _limits, _lines));
        var hub = new HubFixture().Hub;
        var files = ServerFactory.StartFiles(directory.Path, hub, _limits, null, _lines, static () => { });
        Assert.True(hub.Files.IsOn);
        Assert.Equal(1, hub.Files.Metrics.Kept.Value);
        files!.Close();
    }

    [Fact]
    public void Server_that_takes_no_files_has_no_store()
    {
        using var directory = new TestDirectory();
        var hub = new HubFixture().Hub;
        Assert.Null(ServerFactory.StartFiles(directory.Path, hub, new FileLimits { FileBytes = 0 }, null, _lines, static () => { }));
        Assert.False(hub.Files.IsOn);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void Folder_that_cannot_be_used_leaves_the_journal_with_a_clean_end()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(directory[SharedFileStore.Folder], "a file is in the way");
        var journal = Rig.Open(directory.Disk).Session;
        Assert.Throws<StartupException>(() =>
            ServerFactory.StartFiles(directory.Path, new HubFixture().Hub, _limits, journal, _lines, static () => { }));
        var again = Rig.Open(directory.Disk).Session;
        Assert.True(again.WasClean);
        again.Close();
    }

    [Fact]
    public void Each_event_is_a_line_of_its_own()
    {
        var log = new FileStoreLog(_lines, _time);
        log.UnfinishedRemoved(1);
        log.NotServed("a", "damaged");
        log.Full("a", "no space");
        log.NotStored("a", "no device");
        log.NotRead("a", "no device");
        log.NotRemoved("a", "denied");
        Assert.Equal(
        [
            "Information shared files: removed 1 file that the last server had not finished",
            "Warning shared files: a is not served: damaged",
            "Error shared files: THE DISK IS FULL: a: no space. The upload failed",
            "Error shared files: a could not be stored, and the upload failed: no device",
            "Error shared files: a could not be read: no device",
            "Warning shared files: a could not be removed; it is not served, and tried again: denied",
        ], _lines.Taken());
    }

    [Fact]
    public void Event_that_comes_again_and_again_is_a_few_lines_a_minute()
    {
        var log = new FileStoreLog(_lines, _time);
        for (var minute = 0; minute < 2; minute++)
        {
            for (var i = 0; i < 30; i++)
            {
                log.NotServed("a", "damaged");
                log.Full("a", "no space");
                log.NotStored("a", "no device");
                log.NotRead("a", "no device");
                log.NotRemoved("a", "denied");
            }

            var lines = _lines.Taken();
            Assert.Equal(10 + 4, lines.Count);
            Assert.Equal(minute == 0 ? 0 : 4, lines.Count(static line => line.EndsWith("; 29 more since the last such line",
                StringComparison.Ordinal)));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static FileCaller Upload(SharedFileStore files)
    {
        using var woken = new AutoResetEvent(false);
        var caller = new FileCaller();
        files.Start(() => woken.Set());
        files.Store.Create(FileRig.Id(1), FileHash.None, caller);
        Assert.True(files.Store.TryAppend(FileRig.Id(1), "hello"u8));
        files.Store.Seal(FileRig.Record(1, 5));
        while (caller.Outcomes.Count == 0)
        {
            Assert.True(woken.WaitOne(Guard.Ms), $"Within {Guard.Ms} ms the store did not wake the loop");
            files.Store.Collect();
        }

        files.Close();
        files.Close();
        return caller;
    }
}
