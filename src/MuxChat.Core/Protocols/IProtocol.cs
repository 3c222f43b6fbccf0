using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>
/// One way to talk to the server: a message format over a framing. It says what a frame means, and which wire formats its clients read.
/// One object serves all connections of a server; it is used by one thread at a time.
/// </summary>
public interface IProtocol : IWireFormats
{
    /// <summary>The protocol's name, as it stands in a listen URI.</summary>
    string Name { get; }

    /// <summary>Whether a silent client is asked by a ping event whether it is still there. Where not, TCP keep-alive does.</summary>
    bool PingsIdleClients { get; }

    /// <summary>
    /// Whether a client that enters a room is shown what was said there last, unasked: people are, programs ask for what they need.
    /// </summary>
    bool ReplaysOnEntry { get; }

    /// <summary>How messages are told apart on the wire, in and out.</summary>
    IFraming Framing { get; }

    /// <summary>Begins to talk to a client.</summary>
    IProtocolHandler Begin(IHandlerHost host);

    /// <summary>
    /// Looks at the first bytes of a client of this protocol, until the first frame that holds anything, for one that speaks something else
    /// altogether and is to be turned away before any of its bytes means anything.
    /// </summary>
    /// <param name="first">What the client began with.</param>
    /// <param name="isCut">Whether that is a frame, or its beginning, as the decoder cut it out; else the bytes are as they came.</param>
    /// <param name="foreign">What it speaks, when the answer is yes.</param>
    /// <returns>Yes: it is turned away. No: it is welcome. Unsure: more bytes will tell.</returns>
    ProtocolMatch DetectForeign(ReadOnlySpan<byte> first, bool isCut, out ForeignProtocol foreign)
    {
        foreign = ForeignProtocol.None;
        return ProtocolMatch.No;
    }
}

/// <summary>A protocol in which every frame asks one thing and is answered once. The client is in as soon as its protocol is known, and its
/// password where the server has one.</summary>
public interface ICommandProtocol : IProtocol
{
    /// <inheritdoc/>
    IProtocolHandler IProtocol.Begin(IHandlerHost host) =>
        host.Password is null ? new CommandHandler(this, host) : new PasswordHandler(this, host, host.Password);

    /// <summary>
    /// Tells what a frame asks. The command's spans point into <paramref name="frame"/> (which may be changed in place) or into scratch
    /// memory of the protocol, and hold until the next call.
    /// </summary>
    /// <returns>Done, or why the frame is no command.</returns>
    CommandResult Parse(Span<byte> frame, out Command command);

    /// <summary>Looks at the first frame of a client before it is parsed: it may be one that was meant for another protocol.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isBeginning">Whether the next frame is to be looked at like this one.</param>
    /// <returns>Done, or why the frame is not carried out.</returns>
    CommandResult CheckFirst(ReadOnlySpan<byte> frame, out bool isBeginning)
    {
        isBeginning = false;
        return CommandResult.Ok();
    }

    /// <summary>How this protocol writes the answers to what a client asks.</summary>
    IQueryAnswers Answers { get; }

    /// <summary>What to tell a client whose bytes are no frame: for every status but NeedMore and Frame.</summary>
    CommandResult Describe(DecodeStatus status);
}

/// <summary>
/// How events look on the wire. Clients with the same wire format get the same bytes, so that an event is encoded once for all of them; the
/// object itself is the key by which a room groups its members.
/// </summary>
public interface IWireFormat
{
    /// <summary>
    /// Writes the event, or nothing where this format does not show or does not know it. Never fails for an event of the hub's.
    /// </summary>
    void Encode(in ChatEvent chatEvent, SegmentWriter writer);

    /// <summary>
    /// Whether the one who did it gets the room's event like everyone else; otherwise it is told by an answer, or not at all.
    /// </summary>
    bool ShowsToActor(EventKind kind);

    /// <summary>Whether a client that shares several rooms with the one who did it gets one event, not one for each room.</summary>
    bool IsOncePerPerson(EventKind kind);
}

/// <summary>Chooses a client's wire format.</summary>
public interface IWireFormats
{
    /// <summary>
    /// The wire format for a client that is in <paramref name="rooms"/> rooms. Always the same object for the same format.
    /// </summary>
    IWireFormat FormatFor(int rooms);

    /// <summary>
    /// Whether the client wishes to hear of such things at all: a choice of its own, beside how they look. Asked for what goes
    /// to it alone, and for what goes to each person once (see <see cref="IWireFormat.IsOncePerPerson"/>), so that a choice
    /// about those makes no other format.
    /// </summary>
    bool Shows(EventKind kind) => true;
}
