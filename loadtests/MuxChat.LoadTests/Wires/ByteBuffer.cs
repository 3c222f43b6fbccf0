namespace MuxChat.LoadTests.Wires;

/// <summary>
/// Bytes that wait for something: added at the end, dropped at the front. Its array only grows. Dropping costs nothing, so that a long
/// backlog does not make the load generator slow.
/// </summary>
internal sealed class ByteBuffer
{
    private const int MinBytes = 256;

    private byte[] _bytes = [];
    private int _start;
    private int _length;

    public bool IsEmpty => _length == 0;

    public Span<byte> Bytes => _bytes.AsSpan(_start, _length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Room for so many bytes at the end, or more. <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_bytes.Length < _start + _length + bytes)
        {
            MakeSpace(bytes);
        }

        return _bytes.AsSpan(_start + _length);
    }

    public void Advance(int bytes) => _length += bytes;

    /// <summary>Drops so many bytes at the front.</summary>
    public void Consume(int bytes)
    {
        _length -= bytes;
        _start = _length == 0 ? 0 : _start + bytes;
    }

    public void Clear() => (_start, _length) = (0, 0);

    // Moves the bytes to the front of the same array only if at least half of it becomes free, otherwise to a larger one.
    private void MakeSpace(int bytes)
    {
        var kept = Bytes;
        var target = (_length + bytes) * 2 <= _bytes.Length ? _bytes : new byte[Math.Max(MinBytes, (_length + bytes) * 2)];
        kept.CopyTo(target);
        _bytes = target;
        _start = 0;
    }
}
