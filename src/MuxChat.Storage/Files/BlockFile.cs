using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Files;

/// <summary>A file of a <see cref="BlockDisk"/>, in blocks of 64 KiB, so that a growing file is never copied as a whole.</summary>
internal sealed class BlockFile(BlockDisk disk) : IDiskFile
{
    private const int BlockBytes = 64 * 1024;

    private readonly List<byte[]> _blocks = [];
    private long _length;

    /// <inheritdoc/>
    public DiskResult GetLength(out long length)
    {
        length = _length;
        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult Read(long offset, Span<byte> into, out int count)
    {
        count = 0;
        if (offset < _length)
        {
            var block = _blocks[(int)(offset / BlockBytes)].AsSpan((int)(offset % BlockBytes));
            count = (int)Math.Min(Math.Min(block.Length, into.Length), _length - offset);
            block[..count].CopyTo(into);
        }

        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult Write(long offset, ReadOnlySpan<byte> bytes, out int written)
    {
        written = 0;
        var at = (int)(offset % BlockBytes);
        var count = Math.Min(bytes.Length, BlockBytes - at);
        var result = Resize(Math.Max(_length, offset + count));
        if (result.IsOk)
        {
            bytes[..count].CopyTo(_blocks[(int)(offset / BlockBytes)].AsSpan(at));
            written = count;
        }

        return result;
    }

    /// <summary>Does nothing but to cut the last block to what is used of it: a small file takes little memory.</summary>
    public DiskResult Sync()
    {
        var used = (int)(_length % BlockBytes);
        if (used > 0 && _blocks[^1].Length > used)
        {
            _blocks[^1] = _blocks[^1][..used];
        }

        return DiskResult.Done;
    }

    /// <inheritdoc/>
    public DiskResult Truncate(long length) => Resize(length);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The file stays: its folder has it.
    }

    private DiskResult Resize(long length)
    {
        if (!disk.TryTake(length - _length))
        {
            return new(DiskStatus.Full, "the memory for shared files is used up");
        }

        var blocks = (int)((length + BlockBytes - 1) / BlockBytes);
        if (blocks < _blocks.Count)
        {
            _blocks.RemoveRange(blocks, _blocks.Count - blocks);
        }

        if (length > _length && _blocks.Count > 0 && _blocks[^1].Length < BlockBytes)
        {
            // A sync had cut it.
            var last = _blocks[^1];
            Array.Resize(ref last, BlockBytes);
            _blocks[^1] = last;
        }

        while (_blocks.Count < blocks)
        {
            _blocks.Add(new byte[BlockBytes]);
        }

        if (length < _length && length % BlockBytes is var used and > 0)
        {
            // A file that grows again has zeros after its former end.
            _blocks[^1].AsSpan((int)used).Clear();
        }

        _length = length;
        return DiskResult.Done;
    }
}
