namespace MuxChat.Core.Protocols;

/// <summary>
/// Recognises a PROXY header (HAProxy's proxy-protocol.txt) from a peer that may not send one. Its lines must not become chat: the second
/// version contains the line "QUIT".
/// </summary>
/// <remarks>A listed proxy's header never comes here, because its channel reads it.</remarks>
internal static class ProxyHeaderStart
{
    // Section 2.2: the signature of version 2 is two empty lines, and then this: a NUL alone, and "QUIT".
    private static ReadOnlySpan<byte> Block => [0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    /// <summary>The answer. A proxy may pass it on to its client, so it is a line.</summary>
    public static ReadOnlySpan<byte> Refusal => "ERROR no PROXY header is taken from this address\r\n"u8;

    /// <summary>
    /// Checks whether the first bytes are a header of version 2. Empty lines are no reason to wait, because people send them, and they may
    /// be gone by now. A NUL after them is one.
    /// </summary>
    public static ProtocolMatch MatchBlock(ReadOnlySpan<byte> first)
    {
        var rest = first.TrimStart("\r\n"u8);
        var common = Math.Min(rest.Length, Block.Length);
        return common == 0 || !rest[..common].SequenceEqual(Block[..common]) ? ProtocolMatch.No
            : common < Block.Length ? ProtocolMatch.Unsure : ProtocolMatch.Yes;
    }

    /// <summary>Whether a line is a header of version 1 (section 2.1). "PROXY servers are slow" is none.</summary>
    public static bool IsLine(ReadOnlySpan<byte> line) =>
        line.StartsWith("PROXY TCP4 "u8) || line.StartsWith("PROXY TCP6 "u8) || line.StartsWith("PROXY UNKNOWN"u8);
}
