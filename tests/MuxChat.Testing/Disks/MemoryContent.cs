namespace MuxChat.Testing.Disks;

/// <summary>The contents of one file: what programs see, what is durable, and the changes that lie between.</summary>
internal sealed class MemoryContent
{
    private readonly List<Change> _unsynced = [];
    private byte[] _bytes = [];
    private byte[] _durable = [];
    private int _length;
    private int _durableLength;

    public MemoryContent()
    {
    }

    public MemoryContent(byte[] bytes)
    {
        _bytes = bytes;
        _durable = bytes.ToArray();
        _length = bytes.Length;
        _durableLength = bytes.Length;
    }

    public int Length => _length;

    public bool IsDurable => _unsynced.Count == 0;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        _unsynced.Add(new(offset, bytes.ToArray()));
        Apply(ref _bytes, ref _length, offset, bytes);
    }

    public void Truncate(int length)
    {
        _unsynced.Add(new(length, null));
        Resize(ref _bytes, ref _length, length);
    }

    public void Sync()
    {
        foreach (var change in _unsynced)
        {
            if (change.Bytes is { } written)
            {
                Apply(ref _durable, ref _durableLength, change.Offset, written);
            }
            else
            {
                Resize(ref _durable, ref _durableLength, change.Offset);
            }
        }

        _unsynced.Clear();
    }

    /// <summary>
    /// A sync failed: as Linux does, the disk drops what it could not write and takes it for written. Programs still see it; no later sync
    /// writes it, unless it is written to the file again. Lengths, as names, are in the journal of the file system: where that cannot be
    /// written, no later sync works either.
    /// </summary>
    public void FailSync() => _unsynced.RemoveAll(static change => change.Bytes is not null);

    /// <summary>
    /// What is left after the power went: each sector of each unsynced write may have reached the disk or not, whatever came before or
    /// after it, and the length may have grown before the bytes came: then there are zeros.
    /// </summary>
    public byte[] AfterPowerLoss(Random random, int sectorBytes)
    {
        var bytes = _durable.ToArray();
        var length = _durableLength;
        foreach (var change in _unsynced)
        {
            // A file system writes a change of the length down in order with others; which of them had been written is chance.
            if (change.Bytes is not { } written)
            {
                if (random.Next(2) == 0)
                {
                    Resize(ref bytes, ref length, change.Offset);
                }

                continue;
            }

            var hasGrown = random.Next(2) == 0;
            for (var at = 0; at < written.Length;)
            {
                var end = Math.Min(written.Length, at + sectorBytes - ((change.Offset + at) % sectorBytes));
                if (random.Next(2) == 0 && (hasGrown || change.Offset + at <= length))
                {
                    Apply(ref bytes, ref length, change.Offset + at, written.AsSpan(at..end));
                }

                at = end;
            }

            if (hasGrown && random.Next(2) == 0)
            {
                Resize(ref bytes, ref length, Math.Max(length, change.Offset + written.Length));
            }
        }

        return bytes.AsSpan(0, length).ToArray();
    }

    private static void Apply(ref byte[] bytes, ref int length, int offset, ReadOnlySpan<byte> written)
    {
        Resize(ref bytes, ref length, Math.Max(length, offset + written.Length));
        written.CopyTo(bytes.AsSpan(offset));
    }

    private static void Resize(ref byte[] bytes, ref int length, int newLength)
    {
        if (newLength > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(newLength, 2 * bytes.Length));
        }

        bytes.AsSpan(Math.Min(length, newLength)).Clear();
        length = newLength;
    }

    /// <summary>A write, or, without bytes, a cut.</summary>
    private sealed record Change(int Offset, byte[]? Bytes);
}
