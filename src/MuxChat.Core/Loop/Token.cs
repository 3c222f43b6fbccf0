namespace MuxChat.Core.Loop;

/// <summary>
/// Names one registration with a network: an index into the event loop's table, and its generation. The token of a closed connection never
/// names a later one, even if the kernel reuses the descriptor's number.
/// </summary>
/// <param name="Index">Index in the table; listeners count from -1 downwards.</param>
/// <param name="Generation">How often the index has been reserved.</param>
public readonly record struct Token(int Index, uint Generation)
{
    /// <summary>The token as one 64-bit number, for system calls that carry one.</summary>
    public ulong Packed => ((ulong)Generation << 32) | (uint)Index;

    /// <summary>Returns the token of a listener, by its number from 0.</summary>
    public static Token ForListener(int listener) => new(-1 - listener, 0);

    /// <summary>Returns the token that <see cref="Packed"/> encodes.</summary>
    public static Token Unpack(ulong packed) => new((int)(uint)packed, (uint)(packed >> 32));

    /// <summary>Whether the token names a listener, and its number from 0.</summary>
    public bool IsListener(out int listener)
    {
        listener = -1 - Index;
        return Index < 0;
    }
}
