using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols;

/// <summary>
/// How events look on the wire. Clients with the same wire format get the same bytes, so that an event is encoded once for all of them; the object itself
/// is the key by which a room groups its members.
/// </summary>
public interface IWireFormat
{
    /// <summary>
    /// Writes the event, or nothing where this format does not show or does not know it. Never fails for an event of the hub's.
    /// </summary>
    void Encode(in ChatEvent chatEvent, SegmentWriter writer);

    /// <summary>Whether the one who did it gets the room's event like everyone else; otherwise it is told by an answer, or not at all.</summary>
    bool ShowsToActor(EventKind kind);

    /// <summary>Whether a client that shares several rooms with the one who did it gets one event, not one for each room.</summary>
    bool IsOncePerPerson(EventKind kind);
}
