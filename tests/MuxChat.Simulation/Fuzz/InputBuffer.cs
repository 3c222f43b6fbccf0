using System.Text;

namespace MuxChat.Simulation.Fuzz;

/// <summary>Bytes being put together; used again for every input.</summary>
internal sealed class InputBuffer(int mostBytes = InputBuffer.MaxBytes)
{
    /// <summary>No input is longer, in bytes, unless the buffer says otherwise: 64 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public Span<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Put(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Clamp(mostBytes - Length, 0, bytes.Length)];
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Put(string text)
    {
        Span<byte> utf8 = stackalloc byte[text.Length * 3];
        Put(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    public void Remove(int start, int length)
    {
        Bytes[(start + length)..].CopyTo(Bytes[start..]);
        Length -= length;
    }

    public void Insert(int start, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Clamp(mostBytes - Length, 0, bytes.Length)];
        Reserve(bytes.Length);
        _bytes.AsSpan(start, Length - start).CopyTo(_bytes.AsSpan(start + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(start));
        Length += bytes.Length;
    }

    public void Truncate(int length) => Length = Math.Min(Length, length);

    private void Reserve(int more)
    {
        if (Length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + more, _bytes.Length * 2));
        }
    }
}
