using System.Buffers;

namespace MuxChat.Core.Buffers;

/// <summary>
/// Holds the unfinished frame of one connection between reads. Its memory is rented, and returned once the
/// frame is complete, so an idle connection holds none.
/// </summary>
/// <remarks>
/// Invariant: <see cref="Pending"/> is the bytes received and not yet decoded, in order. Owner: one connection. The
/// reader bounds the size: at most one frame's limit plus one read.
/// </remarks>
public sealed class ReassemblyBuffer
{
    private const int MinBytes = 512;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Whether the buffer holds no bytes.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>The bytes held, in order of arrival. A decoder may change them in place.</summary>
    public Span<byte> Pending => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Bytes of memory rented now; 0 when no bytes are held.</summary>
    public int RentedBytes => _bytes.Length;

    /// <summary>Returns free space for at least <paramref name="bytes"/> bytes, after those held.</summary>
    public Span<byte> GetSpan(int bytes)
    {
        if (_bytes.Length - _end < bytes)
        {
            MakeRoom(bytes);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>Returns the same free space as memory, for an asynchronous read.</summary>
    public Memory<byte> GetMemory(int bytes)
    {
        GetSpan(bytes);
        return _bytes.AsMemory(_end);
    }

    /// <summary>Adds <paramref name="bytes"/> bytes that the caller has written into the span from <see cref="GetSpan"/>.</summary>
    public void Advance(int bytes) => _end += bytes;

    /// <summary>Copies bytes in after those held.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            bytes.CopyTo(GetSpan(bytes.Length));
            _end += bytes.Length;
        }
    }

    /// <summary>Removes decoded bytes from the front. Returns the memory when none are left.</summary>
    public void Consume(int bytes)
    {
        _start += bytes;
        if (_start == _end)
        {
            Release();
        }
    }

    /// <summary>Drops the bytes held and returns the memory.</summary>
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
