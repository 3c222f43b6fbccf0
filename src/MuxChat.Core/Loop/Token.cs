namespace MuxChat.Core.Loop;

/// <summary>
/// Names one registration with a network: an index into the event loop's table, and the generation of that place. A token of a connection
/// that is gone never names the one that came after it, even when the descriptor's number does.
/// </summary>
/// <param name="Index">Place in the table; listeners count from -1 downwards.</param>
/// <param name="Generation">How often the place was taken.</param>
public readonly record struct Token(int Index, uint Generation)
{
    /// <summary>The token as one number, for interfaces that carry 64 bits.</summary>
    public ulong Packed => ((ulong)Generation << 32) | (uint)Index;

    /// <summary>The token of a listener.</summary>
    public static Token ForListener(int listener) => new(-1 - listener, 0);

    /// <summary>The token that was packed.</summary>
    public static Token Unpack(ulong packed) => new((int)(uint)packed, (uint)(packed >> 32));

    /// <summary>Whether it names a listener, and which.</summary>
    public bool IsListener(out int listener)
    {
        listener = -1 - Index;
        return Index < 0;
    }
}
