using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// The notice for a client that the server turns away on connecting, because the server is full or a limit per address is reached.
/// </summary>
public static class RejectionNotice
{
    /// <summary>Encodes the notice. The bytes are valid until the writer is used again.</summary>
    /// <param name="protocol">The protocol that the client most likely understands.</param>
    /// <param name="why">The reason, as an error.</param>
    /// <param name="writer">The writer to encode with.</param>
    public static ReadOnlySpan<byte> Encode(IProtocol protocol, in CommandResult why, SegmentWriter writer)
    {
        writer.Begin();
        protocol.FormatFor(0).Encode(new ChatEvent { Kind = EventKind.Error, Result = why }, writer);
        return writer.Commit().Span;
    }
}
