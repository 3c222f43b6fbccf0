using MuxChat.Storage.Disks;

namespace MuxChat.Storage.Format;

/// <summary>Shows the bytes of a segment through a buffer that moves along. One object serves one segment after the other.</summary>
internal sealed class SegmentWindow
{
    /// <summary>The most bytes that can be seen at once: a record of the greatest length with its frame fits.</summary>
    public const int Bytes = 2 * RecordFrame.MaxPayloadBytes;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Bytes);
    private IDiskFile? _file;
    private long _start;
    private int _count;

    /// <summary>The length of the segment in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>What went wrong when reading; nothing can be seen from then on.</summary>
    public DiskResult Trouble { get; private set; } = DiskResult.Done;

    /// <summary>Looks at a file from now on. The caller keeps it open.</summary>
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
    /// The bytes at an offset: as many as asked for, fewer where the file ends, none after trouble. They hold until the next call.
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
                // The file is shorter than it was: nobody cuts a segment that is being read.
                Trouble = Trouble.IsOk ? DiskResult.Failed($"the file ends at {offset + _count}, before its recorded length") : Trouble;
            }

            _count += count;
        }

        _count = Trouble.IsOk ? _count : 0;
    }
}
