using System.Buffers;

namespace MuxChat.Core.Buffers;

/// <summary>Appends encoded events to a current segment, each contiguous, and returns them as slices.</summary>
/// <remarks>
/// Invariant: between <see cref="Begin"/> and <see cref="Commit"/> the event is in one segment. An event that outgrows the current segment
/// moves to the next one. The writer holds one reference to its current segment. It starts again at the segment's beginning when it holds
/// the only reference, so a quiet server keeps writing into the same cached memory.
/// </remarks>
public sealed class SegmentWriter : IBufferWriter<byte>
{
    /// <summary>The longest event, in bytes: one segment.</summary>
    public const int MaxEventBytes = Segment.SizeBytes;

    private const int MinSpanBytes = 256;

    private readonly SegmentPool _pool;
    private Segment? _segment;
    private int _start;
    private int _position;
    private int _message;

    /// <summary>Creates a writer that rents its segments from <paramref name="pool"/>.</summary>
    public SegmentWriter(SegmentPool pool) => _pool = pool;

    /// <summary>The bytes written since <see cref="Begin"/>.</summary>
    internal Span<byte> Written => _segment is null ? [] : _segment.Bytes.AsSpan(_start, _position - _start);

    /// <summary>
    /// The bytes written since <see cref="BeginMessage"/>, or since <see cref="Begin"/> if that was
    /// later. A framing patches its length prefix here.
    /// </summary>
    public Span<byte> Message => Written[_message..];

    /// <summary>Starts an event. Drops an event that was begun and not committed.</summary>
    public void Begin()
    {
        if (_segment is null)
        {
            _segment = _pool.Rent();
            _position = 0;
        }
        else if (_segment.References == 1)
        {
            _position = 0;
        }
        else
        {
            _position = _start;
        }

        _start = _position;
        _message = 0;
    }

    /// <summary>Marks the start of a message. An event may consist of several messages.</summary>
    public void BeginMessage() => _message = _position - _start;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var segment = Reserve(sizeHint);
        return segment.Bytes.AsSpan(_position);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var segment = Reserve(sizeHint);
        return segment.Bytes.AsMemory(_position);
    }

    /// <inheritdoc/>
    public void Advance(int count) => _position += count;

    /// <summary>Appends <paramref name="bytes"/> to the event.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _position += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Put(byte value)
    {
        GetSpan(1)[0] = value;
        _position++;
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void Put(long number)
    {
        number.TryFormat(GetSpan(20), out var written);
        _position += written;
    }

    /// <summary>Appends a text as UTF-8.</summary>
    public void Put(string text)
    {
        var span = GetSpan(text.Length * 3);
        _position += System.Text.Encoding.UTF8.GetBytes(text, span);
    }

    /// <summary>
    /// Ends the event and returns its slice. The slice is valid until the next <see cref="Begin"/>,
    /// or for as long as the caller retains its segment.
    /// </summary>
    public Slice Commit()
    {
        var slice = new Slice(_segment!, _start, _position - _start);
        _start = _position;
        return slice;
    }

    /// <summary>Drops the bytes written since <see cref="Begin"/>.</summary>
    public void Discard()
    {
        _position = _start;
        _message = 0;
    }

    private Segment Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, MinSpanBytes);
        var segment = _segment ?? throw new InvalidOperationException("Begin was not called.");
        if (Segment.SizeBytes - _position >= needed)
        {
            return segment;
        }

        var written = _position - _start;
        if (written + needed > MaxEventBytes)
        {
            throw new InvalidOperationException($"An event may have at most {MaxEventBytes} bytes.");
        }

        var next = _pool.Rent();
        segment.Bytes.AsSpan(_start, written).CopyTo(next.Bytes);
        segment.Release();
        _segment = next;
        _start = 0;
        _position = written;
        return next;
    }
}
