namespace MuxChat.Core.Protocols.Json;

/// <summary>
/// A frame begins with a zero byte: its length is 4 bytes, big-endian, and no frame may be 16 MiB long. No line begins so.
/// </summary>
public sealed class JsonSignature(JsonProtocol protocol) : IProtocolSignature
{
    /// <inheritdoc/>
    public IProtocol Protocol => protocol;

    /// <inheritdoc/>
    public ProtocolMatch Match(ReadOnlySpan<byte> first) => first[0] == 0 ? ProtocolMatch.Yes : ProtocolMatch.No;
}
