using System.Security.Cryptography;
using MuxChat.Core.Chat.Files;
using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>A file that is uploaded: its bytes on the disk, and the hashes of them so far.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly IDisk _disk;
    private readonly FileHash _hash;
    private readonly string _name;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _md5;
    private IDiskFile? _file;
    private DiskResult _trouble = DiskResult.Done;
    private long _length;

    /// <exception cref="CryptographicException">The system does not have the hash function, for example MD5 under FIPS 140.</exception>
    private PartFile(IDisk disk, FileId id, in FileHash hash)
    {
        _disk = disk;
        _hash = hash;
        _name = FileNames.Part(id);
        _md5 = hash.Kind == FileHashKind.Md5 ? IncrementalHash.CreateHash(HashAlgorithmName.MD5) : null;
    }

    /// <summary>Whether the file is open on the disk.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>Creates an empty file.</summary>
    public static DiskResult Create(IDisk disk, FileId id, in FileHash hash, out PartFile? part)
    {
        part = null;
        try
        {
            part = new PartFile(disk, id, hash);
        }
        catch (CryptographicException exception)
        {
            return DiskResult.Failed(exception.Message);
        }

        var result = disk.Open(part._name, DiskOpening.Create, out part._file);
        if (!result.IsOk)
        {
            part.Dispose();
            part = null;
        }

        return result;
    }

    /// <summary>Appends bytes. After a failure the file is of no use.</summary>
    public DiskResult Append(ReadOnlySpan<byte> bytes)
    {
        var result = Open();
        result = result.IsOk ? _file!.WriteAll(_length, bytes) : result;
        if (result.IsOk)
        {
            _length += bytes.Length;
            _sha256.AppendData(bytes);
            _md5?.AppendData(bytes);
        }

        return result;
    }

    /// <summary>Compares length and hash of the content with what was announced.</summary>
    /// <param name="bytes">The length that was announced.</param>
    /// <param name="sha256">The SHA-256 of the content.</param>
    /// <returns>Whether they are the same.</returns>
    public bool IsRight(long bytes, out byte[] sha256)
    {
        sha256 = _sha256.GetHashAndReset();
        var sum = _md5 is null ? sha256 : _md5.GetHashAndReset();
        return _length == bytes && (_hash.Kind == FileHashKind.None || _hash.Value.AsSpan().SequenceEqual(sum));
    }

    /// <summary>Writes what comes after the content, and makes all of the file durable.</summary>
    public DiskResult Finish(ReadOnlySpan<byte> trailer)
    {
        var result = Open();
        result = result.IsOk ? _file!.WriteAll(_length, trailer) : result;
        return result.IsOk ? _file!.Sync() : result;
    }

    /// <summary>Closes the file until it is needed again.</summary>
    /// <remarks>It is synced before, because the sync of a file that was opened again may not report what failed until then.</remarks>
    public void Pause()
    {
        _trouble = _file!.Sync();
        Close();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _sha256.Dispose();
        _md5?.Dispose();
    }

    private DiskResult Open() => !_trouble.IsOk || IsOpen ? _trouble : _disk.Open(_name, DiskOpening.Change, out _file);

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
