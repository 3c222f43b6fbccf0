using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;

namespace MuxChat.UnitTests.Storage.Files;

/// <summary>A store next to the plainest one there could be: what each call must lead to is known when it is made.</summary>
internal sealed class FileModel(FileRig rig)
{
    private readonly Dictionary<int, Upload> _uploads = [];
    private readonly List<Upload> _ended = [];
    private readonly List<Reading> _reads = [];
    private int _last;

    // Ids are new for each upload: the number of a file leads to its newest upload.
    private readonly Dictionary<int, int> _ids = [];

    public FileRig Rig => rig;

    /// <summary>The files that must be served, by the numbers in their ids.</summary>
    public Dictionary<int, byte[]> Sealed { get; } = [];

    public void Create(int file)
    {
        if (_uploads.ContainsKey(IdOf(file)))
        {
            return;
        }

        var id = ++_last;
        _ids[file] = id;
        var upload = new Upload();
        _uploads.Add(id, upload);
        rig.Store.Create(FileRig.Id(id), FileHash.None, upload.Caller);
    }

    public void Append(int file, int bytes)
    {
        var id = IdOf(file);
        var content = FileRig.Content(bytes, bytes);
        var hadRoom = rig.Store.HasRoom(FileRig.Id(id));
        var isTaken = rig.Store.TryAppend(FileRig.Id(id), content);
        Assert.Equal(hadRoom, isTaken);
        if (_uploads.TryGetValue(id, out var upload))
        {
            Assert.True(isTaken || upload.IsRefusable(rig.Store.Session.Store.WaitingBytes));
            upload.Content.AddRange(isTaken ? content : []);
        }
        else
        {
            Assert.False(isTaken);
        }
    }

    public void Seal(int file, bool isRight)
    {
        var id = IdOf(file);
        if (_uploads.Remove(id, out var upload))
        {
            rig.Store.Seal(FileRig.Record(id, upload.Content.Count + (isRight ? 0 : 1)));
            upload.Expected.Add(isRight ? FileStatus.Ok : FileStatus.WrongHash);
            upload.Id = id;
            _ended.Add(upload);
            if (isRight)
            {
                Sealed.Add(id, [.. upload.Content]);
            }
        }
    }

    public void Read(int file, int bytes)
    {
        var id = IdOf(file);
        var content = Sealed.GetValueOrDefault(id);
        var length = content is null ? 1 : Math.Min(Math.Min(bytes, content.Length), IFileStore.MaxReadBytes);
        if (length == 0)
        {
            return;
        }

        var offset = content is null ? 0 : (content.Length - length) / 2;
        var reading = new Reading(id, content?.AsSpan(offset, length).ToArray());
        if (rig.Store.TryRead(FileRig.Id(id), offset, length, reading.Caller))
        {
            _reads.Add(reading);
        }
    }

    public void Delete(int file)
    {
        var id = IdOf(file);
        rig.Store.Delete(FileRig.Id(id));
        Sealed.Remove(id);
        if (_uploads.Remove(id, out var upload))
        {
            _ended.Add(upload);
        }

        foreach (var sealing in _ended.Where(one => one.Id == id && one.Caller.Outcomes.Count == 0))
        {
            sealing.Expected.Clear();
            sealing.Expected.Add(FileStatus.Missing);
        }

        foreach (var reading in _reads.Where(one => one.Id == id && one.Caller.Reads.Count == 0))
        {
            reading.Expected = null;
        }
    }

    public void Collect() => rig.Store.Collect();

    /// <summary>Lets everything come to its end, and compares all outcomes.</summary>
    public void Finish()
    {
        rig.Store.IsHeld = false;
        rig.Store.Collect();
        foreach (var upload in _ended)
        {
            Assert.Equal(upload.Expected, upload.Caller.Outcomes);
            Assert.Equal(upload.Expected is [FileStatus.Ok] ? SHA256.HashData([.. upload.Content]) : [], upload.Caller.Sha256);
        }

        Assert.All(_uploads.Values, static upload => Assert.Empty(upload.Caller.Outcomes));
        foreach (var reading in _reads)
        {
            var (status, bytes) = Assert.Single(reading.Caller.Reads);
            Assert.Equal(reading.Expected is null ? FileStatus.Missing : FileStatus.Ok, status);
            Assert.Equal(reading.Expected ?? [], bytes);
        }

        Assert.Equal(0, rig.Store.Session.Store.WaitingBytes);
        Assert.Empty(rig.Seen);
        rig.Store.Session.Close();
    }

    private int IdOf(int file) => _ids.GetValueOrDefault(file, -file);

    private sealed class Upload
    {
        public int Id { get; set; }

        public FileCaller Caller { get; } = new();

        public List<byte> Content { get; } = [];

        public List<FileStatus> Expected { get; } = [];

        public bool IsRefusable(long waitingBytes) => waitingBytes >= 512 * 1024 && Content.Count > 0;
    }

    private sealed class Reading(int id, byte[]? expected)
    {
        public int Id { get; } = id;

        public FileCaller Caller { get; } = new();

        public byte[]? Expected { get; set; } = expected;
    }
}
