using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>
/// A protocol of the server: a message format over a framing. It gives frames their meaning and chooses the wire formats of its clients.
/// </summary>
/// <remarks>One object serves all connections of a server, on one thread at a time.</remarks>
public interface IProtocol : IWireFormats
{
    /// <summary>The protocol's name, as in a listen URI.</summary>
    string Name { get; }

    /// <summary>Whether the server pings silent clients. If not, it relies on TCP keep-alive.</summary>
    bool PingsIdleClients { get; }

    /// <summary>
    /// Whether a client that enters a room gets the room's last lines without a request. People do; programs ask for what they need.
    /// </summary>
    bool ReplaysOnEntry { get; }

    /// <summary>Separates messages on the wire, in both directions.</summary>
    IFraming Framing { get; }

    /// <summary>Creates the handler of a new client.</summary>
    IProtocolHandler Begin(IHandlerHost host);

    /// <summary>
    /// Checks whether a client speaks a foreign protocol and must be turned away before any of its bytes takes effect. Called with its
    /// first bytes, until its first frame with content.
    /// </summary>
    /// <param name="first">The first bytes of the client.</param>
    /// <param name="isCut">Whether <paramref name="first"/> is a frame, or the beginning of one, as the
    /// decoder returned it. If not, the bytes are raw.</param>
    /// <param name="foreign">The foreign protocol, if the result is yes.</param>
    /// <returns>Yes: turn the client away. No: serve it. Unsure: more bytes are needed.</returns>
    ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return ProtocolMatch.No;
    }
}

/// <summary>A protocol in which every frame is one request and gets one answer.</summary>
/// <remarks>The client has a session as soon as its protocol is known, and its password if the server has one.</remarks>
public interface ICommandProtocol : IProtocol
{
    /// <inheritdoc/>
    IProtocolHandler IProtocol.Begin(IHandlerHost host) =>
        host.Password is null ? new CommandHandler(this, host) : new PasswordHandler(this, host, host.Password);

    /// <summary>
    /// Parses a frame. The command's spans point into <paramref name="frame"/>, which may be changed in place, or into scratch memory of
    /// the protocol. They are valid until the next call.
    /// </summary>
    /// <returns>Ok, or the reason why the frame is not a command.</returns>
    CommandResult Parse(Span<byte> frame, out Command command);

    /// <summary>Checks the first frames of a client before they are parsed. They may have been meant for another protocol.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isBeginning">Whether the next frame must be checked too.</param>
    /// <returns>Ok, or the reason why the frame is not executed.</returns>
    CommandResult CheckFirst(ReadOnlySpan<byte> frame, out bool isBeginning)
    {
        isBeginning = false;
        return CommandResult.Ok();
    }

    /// <summary>Writes the answers to queries in this protocol.</summary>
    IQueryAnswers Answers { get; }

    /// <summary>Makes the error for bytes that are not a frame: for every status except NeedMore and Frame.</summary>
    CommandResult Describe(DecodeStatus status);
}

/// <summary>
/// Encodes events for the wire. All clients with the same wire format get the same bytes, so each event is encoded once for all of them.
/// </summary>
/// <remarks>A room groups its members by this object.</remarks>
public interface IWireFormat
{
    /// <summary>
    /// Encodes the event, or nothing if this format does not show it or does not know it. Never throws for an event from the hub.
    /// </summary>
    void Encode(in ChatEvent chatEvent, SegmentWriter writer);

    /// <summary>Whether the actor gets the room's event like every other member. If not, the actor gets an answer, or nothing.</summary>
    bool ShowsToActor(EventKind kind);

    /// <summary>Whether a client that shares several rooms with the actor gets one event instead of one per room.</summary>
    bool IsOncePerPerson(EventKind kind);
}

/// <summary>Chooses a client's wire format.</summary>
public interface IWireFormats
{
    /// <summary>
    /// Returns the wire format of a client that is in <paramref name="rooms"/> rooms. The same format is always the same object.
    /// </summary>
    IWireFormat FormatFor(int rooms);

    /// <summary>Whether the client wants events of this kind at all.</summary>
    /// <remarks>
    /// Asked for events to this client alone, and for events that each person gets once (see <see cref="IWireFormat.IsOncePerPerson"/>).
    /// The choice is separate from the wire format, so that it does not multiply the formats.
    /// </remarks>
    bool Shows(EventKind kind) => true;
}
