using System.Runtime.Versioning;
using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Disks;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>The store with its thread.</summary>
public sealed class FileStoreThreadTests : IFileStoreObserver
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Files_are_uploaded_at_once_read_back_and_found_after_a_restart()
    {
        const int Files = 5;
        const int Bytes = 3_000_000;
        using var directory = new TestDirectory();
        var session = Open(directory.Disk);
        using (var loop = new FakeLoop(session))
        {
            var callers = Enumerable.Range(1, Files).ToDictionary(static file => file, static _ => new FileCaller());
            foreach (var (file, caller) in callers)
            {
                session.Store.Create(FileRig.Id(file), FileHash.None, caller);
            }

            foreach (var (file, caller) in callers)
            {
                loop.Append(FileRig.Id(file), FileRig.Content(file, Bytes));
                session.Store.Seal(FileRig.Record(file, Bytes));
                loop.Until(() => caller.Outcomes.Count > 0);
                Assert.Equal([FileStatus.Ok], caller.Outcomes);
                Assert.Equal(SHA256.HashData(FileRig.Content(file, Bytes)), caller.Sha256);
            }

            var reader = new FileCaller();
            Assert.True(session.Store.TryRead(FileRig.Id(1), 100, 50_000, reader));
            session.Store.Delete(FileRig.Id(2));
            Assert.True(session.Store.TryRead(FileRig.Id(2), 100, 50_000, reader));
            loop.Until(() => reader.Reads.Count == 2);
            Assert.Equal(FileRig.Content(1, Bytes)[100..50_100], reader.Reads[0].Bytes);
            Assert.Equal(FileStatus.Missing, reader.Reads[1].Status);
        }

        var again = Open(directory.Disk);
        Assert.Equal([1, 3, 4, 5], again.Records.Select(static record => record.Number));
        Assert.Empty(_seen);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Folder_and_files_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
        using var directory = new TestDirectory();
        Assert.True(RealDisk.Open(directory["files"], create: true, out var disk).IsOk);
        var rig = new FileRig(disk);
        rig.Store.Create(FileRig.Id(2), FileHash.None, new FileCaller());
        rig.Upload(1, FileRig.Content(1, 100));
        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["files"]));
        foreach (var name in new[] { FileNames.Sealed(FileRig.Id(1)), FileNames.Part(FileRig.Id(2)) })
        {
            Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(directory["files"], name)));
        }
    }

    [Fact]
    public void Close_ends_what_was_given_and_its_outcomes_can_be_collected()
    {
        using var directory = new TestDirectory();
        var session = Open(directory.Disk);
        var caller = new FileCaller();
        using (StorageThread.Start(session, static () => { }))
        {
            session.Store.Create(FileRig.Id(1), FileHash.None, caller);
            Assert.True(session.Store.TryAppend(FileRig.Id(1), new byte[400_000]));
            session.Store.Seal(FileRig.Record(1, 400_000));
            session.Store.Create(FileRig.Id(2), FileHash.None, caller);
        }

        session.Store.Collect();
        Assert.Equal([FileStatus.Missing], caller.Outcomes);
        Assert.Empty(Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void Close_with_a_disk_that_hangs_returns_when_patience_ends_and_no_call_waits_for_it()
    {
        var disk = new MemoryDisk();
        var session = Open(disk);
        var cancelled = TestContext.Current.CancellationToken;
        using var inSync = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        disk.Faults.Failing = call =>
        {
            if (call.StartsWith("sync ", StringComparison.Ordinal))
            {
                inSync.Set();
                Assert.True(goOn.Wait(Guard.Ms, cancelled), $"Within {Guard.Ms} ms the test did not let the disk go on");
            }

            return null;
        };
        var caller = new FileCaller();
        using (var thread = StorageThread.Start(session, static () => { }))
        {
            session.Store.Create(FileRig.Id(1), FileHash.None, caller);
            session.Store.Seal(FileRig.Record(1, 0));
            Assert.True(inSync.Wait(Guard.Ms, cancelled), $"Within {Guard.Ms} ms the store did not sync");
            session.Store.Create(FileRig.Id(2), FileHash.None, caller);
            Assert.True(session.Store.TryAppend(FileRig.Id(2), [1]));
            Assert.True(session.Store.TryRead(FileRig.Id(1), 0, 1, caller));
            session.Store.Delete(FileRig.Id(2));
            session.Store.Collect();
            Assert.Empty(caller.Outcomes);
            Assert.False(thread.Close(TimeSpan.Zero));
            goOn.Set();
        }

        session.Store.Collect();
        Assert.Equal([FileStatus.Missing], caller.Outcomes);
    }

    [Fact]
    public void Queue_hands_over_all_items_in_order()
    {
        const int Items = 100_000;
        var queue = new HandoverQueue<string>();
        var putter = new Thread(() =>
        {
            for (var i = 0; i < Items; i++)
            {
                queue.Put($"{i}");
            }
        });
        putter.Start();
        for (var i = 0; i < Items;)
        {
            if (queue.Count > 0)
            {
                Assert.True(queue.TryTake(out var item));
                Assert.Equal($"{i}", item);
                i++;
            }
        }

        Assert.True(putter.Join(Guard.Ms), "the other thread did not end");
        Assert.False(queue.TryTake(out _));
        Assert.Equal(0, queue.Count);
    }

    void IFileStoreObserver.UnfinishedRemoved(int files) => See($"unfinished {files}");

    void IFileStoreObserver.NotServed(string path, string reason) => See(reason);

    void IFileStoreObserver.Full(string path, string message) => See(message);

    void IFileStoreObserver.NotStored(string path, string message) => See(message);

    void IFileStoreObserver.NotRead(string path, string message) => See(message);

    void IFileStoreObserver.NotRemoved(string path, string message) => See(message);

    private void See(string what)
    {
        lock (_seen)
        {
            _seen.Add(what);
        }
    }

    private FileStoreSession Open(IDisk disk)
    {
        var result = FileStoreSession.Open(disk, this, TimeProvider.System, FileStoreSession.DefaultMemoryBytes, out var session);
        Assert.True(result.IsOk, result.Message);
        return session!;
    }

    /// <summary>Waits to be woken, and collects, as the loop does.</summary>
    private sealed class FakeLoop : IDisposable
    {
        private readonly AutoResetEvent _woken = new(false);
        private readonly FileStoreSession _session;
        private readonly StorageThread _thread;

        public FakeLoop(FileStoreSession session)
        {
            _session = session;
            _thread = StorageThread.Start(session, () => _woken.Set());
        }

        public void Until(Func<bool> isTrue)
        {
            while (!isTrue())
            {
                Assert.True(_woken.WaitOne(Guard.Ms), $"Within {Guard.Ms} ms the store did not wake the loop");
                _session.Store.Collect();
            }
        }

        public void Append(FileId id, ReadOnlySpan<byte> content)
        {
            while (!content.IsEmpty)
            {
                var length = Math.Min(content.Length, 100_000);
                while (!_session.Store.TryAppend(id, content[..length]))
                {
                    Assert.True(_woken.WaitOne(Guard.Ms), $"Within {Guard.Ms} ms the store did not wake the loop");
                    _session.Store.Collect();
                }

                content = content[length..];
            }
        }

        public void Dispose()
        {
            _thread.Dispose();
            _woken.Dispose();
        }
    }
}
