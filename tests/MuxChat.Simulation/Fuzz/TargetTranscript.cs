using System.Buffers.Binary;

namespace MuxChat.Simulation.Fuzz;

/// <summary>What a target said about an input, as bytes that can be compared. Used again for every input.</summary>
internal sealed class TargetTranscript
{
    // Room for the longest input, and for what is said of each of its frames.
    private readonly InputBuffer _said = new(8 * InputBuffer.MaxBytes);

    public ReadOnlySpan<byte> Said => _said.Bytes;

    public void Clear() => _said.Clear();

    public void Add(byte kind, ReadOnlySpan<byte> content = default)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        _said.Put(kind);
        _said.Put(length);
        _said.Put(content);
    }

    /// <summary>Adds what may be nothing, which is then not told.</summary>
    public void AddAny(byte kind, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty)
        {
            Add(kind, content);
        }
    }

    public bool IsSameAs(TargetTranscript other) => Said.SequenceEqual(other.Said);

    public override string ToString() => Convert.ToHexString(Said[..Math.Min(Said.Length, 200)]);
}
