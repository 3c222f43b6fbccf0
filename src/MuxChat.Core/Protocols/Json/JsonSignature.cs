namespace MuxChat.Core.Protocols.Json;

/// <summary>Recognises a frame by its first byte, which is zero.</summary>
/// <remarks>The length of a frame is 4 bytes, big-endian, and no frame may be 16 MiB long. No line begins with a zero byte.</remarks>
public sealed class JsonSignature(JsonProtocol protocol) : IProtocolSignature
{
    /// <inheritdoc/>
    public IProtocol Protocol => protocol;

    /// <inheritdoc/>
    public ProtocolMatch Match(ReadOnlySpan<byte> first) => first[0] == 0 ? ProtocolMatch.Yes : ProtocolMatch.No;
}
