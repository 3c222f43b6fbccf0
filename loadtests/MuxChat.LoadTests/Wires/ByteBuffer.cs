namespace MuxChat.LoadTests.Wires;

/// <summary>Bytes that wait for something: added at the end, dropped at the front. Its array only grows.</summary>
internal sealed class ByteBuffer
{
    private const int MinBytes = 256;

    private byte[] _bytes = [];
    private int _length;

    public bool IsEmpty => _length == 0;

    public Span<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Space(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Room for so many bytes at the end, or more. <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Space(int bytes)
    {
        if (_bytes.Length < _length + bytes)
        {
            Array.Resize(ref _bytes, Math.Max(MinBytes, (_length + bytes) * 2));
        }

        return _bytes.AsSpan(_length);
    }

    public void Advance(int bytes) => _length += bytes;

    /// <summary>Drops so many bytes at the front.</summary>
    public void Consume(int bytes)
    {
        _bytes.AsSpan(bytes, _length - bytes).CopyTo(_bytes);
        _length -= bytes;
    }

    public void Clear() => _length = 0;
}
