using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Conversations;

/// <summary>What a client is told that is turned away because the server is full.</summary>
public static class FullNotice
{
    /// <summary>Encodes the notice. The bytes hold until the writer is used again.</summary>
    /// <param name="protocol">What the client will most likely understand.</param>
    /// <param name="maxClients">The limit, to be told.</param>
    /// <param name="writer">Where to write it.</param>
    public static ReadOnlySpan<byte> Encode(IProtocol protocol, int maxClients, SegmentWriter writer)
    {
        var full = CommandResult.Refused(ErrorCode.ServerFull, $"the server is full ({maxClients} clients): try again later");
        writer.Begin();
        protocol.FormatFor(0).Encode(new ChatEvent { Kind = EventKind.Error, Result = full }, writer);
        return writer.Commit().Span;
    }
}
