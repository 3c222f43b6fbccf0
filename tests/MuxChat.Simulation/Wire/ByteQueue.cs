namespace MuxChat.Simulation.Wire;

/// <summary>Bytes on their way, first in, first out.</summary>
internal sealed class ByteQueue
{
    private byte[] _bytes = [];
    private int _start;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Pending => _bytes.AsSpan(_start, Count);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _start - Count < bytes.Length)
        {
            var target = _bytes.Length >= Count + bytes.Length ? _bytes : new byte[Math.Max(256, 2 * (Count + bytes.Length))];
            Pending.CopyTo(target);
            _bytes = target;
            _start = 0;
        }

        bytes.CopyTo(_bytes.AsSpan(_start + Count));
        Count += bytes.Length;
    }

    public void Consume(int bytes)
    {
        _start += bytes;
        Count -= bytes;
        _start = Count == 0 ? 0 : _start;
    }

    public void Clear() => Consume(Count);
}
