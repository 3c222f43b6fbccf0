using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Format;

/// <summary>Reads the bytes of a segment through a moving buffer. One object serves one segment after another.</summary>
internal sealed class SegmentWindow
{
    /// <summary>The most bytes visible at once, enough for the longest record with its frame.</summary>
    public const int Bytes = 2 * RecordFrame.MaxPayloadBytes;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Bytes);
    private IDiskFile? _file;
    private long _start;
    private int _count;

    /// <summary>The segment's length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>The first read error. No bytes are visible after it.</summary>
    public DiskResult Trouble { get; private set; } = DiskResult.Done;

    /// <summary>Switches to another file, which the caller keeps open.</summary>
    public DiskResult LookAt(IDiskFile file)
    {
        _file = file;
        _start = 0;
        _count = 0;
        Trouble = file.GetLength(out var length);
        Length = Trouble.IsOk ? length : 0;
        return Trouble;
    }

    /// <summary>
    /// Returns <paramref name="count"/> bytes at an offset: fewer at the end of the file, none after an error. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (offset < _start || offset + count > _start + _count)
        {
            Move(offset);
        }

        var from = (int)(offset - _start);
        return _buffer.AsSpan(from, Math.Min(count, Math.Max(_count - from, 0)));
    }

    private void Move(long offset)
    {
        _start = offset;
        _count = 0;
        var wanted = (int)Math.Min(Bytes, Length - offset);
        while (_count < wanted && Trouble.IsOk)
        {
            Trouble = _file!.Read(offset + _count, _buffer.AsSpan(_count, wanted - _count), out var count);
            if (count == 0)
            {
                // The file is shorter than its length said, although nothing truncates a segment while it is read.
                Trouble = Trouble.IsOk ? DiskResult.Failed($"the file ends at {offset + _count}, before its recorded length") : Trouble;
            }

            _count += count;
        }

        _count = Trouble.IsOk ? _count : 0;
    }
}
