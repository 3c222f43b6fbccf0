using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Files;
using MuxChat.Testing.Files;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>An open store that works at once, with what its observer got.</summary>
internal sealed class FileRig : IFileStoreObserver
{
    public FileRig(IDisk? disk)
    {
        Store = ImmediateFileStore.Open(disk, this, Time);
        Records = Store.Session.Records;
    }

    public ImmediateFileStore Store { get; }

    public IReadOnlyList<SharedFile> Records { get; }

    public FakeTimeProvider Time { get; } = Clocks.Create();

    /// <summary>What the observer got: the kind, and the file.</summary>
    public List<string> Seen { get; } = [];

    public static FileId Id(int number) => new((UInt128)number);

    public static SharedFile Record(int number, long bytes) => new()
    {
        Id = Id(number),
        Number = number,
        Name = [.. "café.png"u8],
        SizeBytes = bytes,
        Room = [.. "#room"u8],
        IsClosed = number % 2 == 0,
        From = [.. "ann"u8],
        UnixMs = 1_700_000_000_000 + number,
        ImageType = number % 3 == 0 ? "image/png" : "",
    };

    /// <summary>Bytes that differ from one file to the next, and within a file.</summary>
    public static byte[] Content(int number, int bytes)
    {
        var content = new byte[bytes];
        new Random(number).NextBytes(content);
        return content;
    }

    /// <summary>Uploads a file in blocks, and returns what its caller got.</summary>
    public FileCaller Upload(int number, byte[] content, FileHash? hash = null, int blockBytes = 64 * 1024)
    {
        var caller = new FileCaller();
        Store.Create(Id(number), hash ?? FileHash.None, caller);
        for (var at = 0; at < content.Length; at += blockBytes)
        {
            var block = content.AsSpan(at, Math.Min(blockBytes, content.Length - at));
            while (!Store.TryAppend(Id(number), block) && caller.Outcomes.Count == 0)
            {
                Store.Collect();
            }
        }

        Store.Seal(Record(number, content.Length));
        Store.Collect();
        return caller;
    }

    /// <summary>Reads a part of a file.</summary>
    public (FileStatus Status, byte[] Bytes) Read(int number, long offset, int length)
    {
        var caller = new FileCaller();
        Assert.True(Store.TryRead(Id(number), offset, length, caller));
        Store.Collect();
        return Assert.Single(caller.Reads);
    }

    /// <summary>Reads a whole file in parts.</summary>
    public byte[] ReadAll(int number, long bytes)
    {
        var all = new List<byte>();
        while (all.Count < bytes)
        {
            var (status, part) = Read(number, all.Count, (int)Math.Min(IFileStore.MaxReadBytes, bytes - all.Count));
            Assert.Equal(FileStatus.Ok, status);
            all.AddRange(part);
        }

        return [.. all];
    }

    public void UnfinishedRemoved(int files) => Seen.Add($"unfinished {files}");

    public void NotServed(string path, string reason) => Seen.Add($"not served {Path.GetFileName(path)}: {reason}");

    public void Full(string path, string message) => Seen.Add($"full {Path.GetFileName(path)}");

    public void NotStored(string path, string message) => Seen.Add($"not stored {Path.GetFileName(path)}");

    public void NotRead(string path, string message) => Seen.Add($"not read {Path.GetFileName(path)}");

    public void NotRemoved(string path, string message) => Seen.Add($"not removed {Path.GetFileName(path)}");
}
