using MuxChat.Core.Chat.Operators;

namespace MuxChat.Server.Running;

/// <summary>All bytes of one stream of a program, in blocks that are full but for the last.</summary>
internal sealed class CollectedOutput
{
    private readonly List<byte[]> _blocks = [];
    private int _lastUsed;
    private int _taken;

    /// <summary>Bytes that have not been taken.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds bytes. A program may write byte by byte, so blocks are filled up.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_blocks.Count == 0 || _lastUsed == OutputBlock.MaxBytes)
            {
                _blocks.Add(new byte[OutputBlock.MaxBytes]);
                _lastUsed = 0;
            }

            var part = bytes[..Math.Min(bytes.Length, OutputBlock.MaxBytes - _lastUsed)];
            part.CopyTo(_blocks[^1].AsSpan(_lastUsed));
            _lastUsed += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Takes the next block, and lets go of its memory. Called after everything was added.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (_taken == _blocks.Count)
        {
            return false;
        }

        bytes = _blocks[_taken].AsMemory(0, _taken == _blocks.Count - 1 ? _lastUsed : OutputBlock.MaxBytes);
        _blocks[_taken++] = [];
        Bytes -= bytes.Length;
        return true;
    }
}
