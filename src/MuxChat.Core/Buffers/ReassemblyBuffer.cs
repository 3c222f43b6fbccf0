using System.Buffers;

namespace MuxChat.Core.Buffers;

/// <summary>
/// Holds the unfinished frame of one connection between reads. Rented while there is one, given back when it is done:
/// an idle connection holds none.
/// </summary>
/// <remarks>
/// Invariant: <see cref="Pending"/> are bytes that were received and not yet decoded, in order. Owned by one connection. Its size is
/// bounded by the reader: never more than one frame's limit plus one read.
/// </remarks>
public sealed class ReassemblyBuffer
{
    private const int MinBytes = 512;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Whether nothing is held.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>The bytes held, in the order they came. A decoder may change them in place.</summary>
    public Span<byte> Pending => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Bytes of memory rented at this moment; 0 when nothing is held.</summary>
    public int RentedBytes => _bytes.Length;

    /// <summary>Room for at least <paramref name="bytes"/> more bytes, behind those held.</summary>
    public Span<byte> GetSpan(int bytes)
    {
        if (_bytes.Length - _end < bytes)
        {
            MakeRoom(bytes);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>The same room as memory, for an asynchronous read.</summary>
    public Memory<byte> GetMemory(int bytes)
    {
        GetSpan(bytes);
        return _bytes.AsMemory(_end);
    }

    /// <summary>Says that <paramref name="bytes"/> bytes were put into the span that <see cref="GetSpan"/> gave.</summary>
    public void Advance(int bytes) => _end += bytes;

    /// <summary>Copies bytes in behind those held.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            bytes.CopyTo(GetSpan(bytes.Length));
            _end += bytes.Length;
        }
    }

    /// <summary>Takes bytes off the front, because they were decoded; the last one gives the memory back.</summary>
    public void Consume(int bytes)
    {
        _start += bytes;
        if (_start == _end)
        {
            Release();
        }
    }

    /// <summary>Drops what is held and gives the memory back.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _start = 0;
        _end = 0;
    }

    private void MakeRoom(int bytes)
    {
        var held = _end - _start;
        if (_bytes.Length >= held + bytes)
        {
            Pending.CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(MinBytes, Math.Max(held + bytes, held * 2)));
            Pending.CopyTo(larger);
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes);
            }

            _bytes = larger;
        }

        _start = 0;
        _end = held;
    }
}
