using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>What a client is told that is turned away before it is in: the server is full, or too much comes from its address.</summary>
public static class RejectionNotice
{
    /// <summary>Encodes the notice. The bytes hold until the writer is used again.</summary>
    /// <param name="protocol">What the client will most likely understand.</param>
    /// <param name="why">Why it is turned away.</param>
    /// <param name="writer">Where to write it.</param>
    public static ReadOnlySpan<byte> Encode(IProtocol protocol, in CommandResult why, SegmentWriter writer)
    {
        writer.Begin();
        protocol.FormatFor(0).Encode(new ChatEvent { Kind = EventKind.Error, Result = why }, writer);
        return writer.Commit().Span;
    }
}
