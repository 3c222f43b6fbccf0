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

    /// <summary>
    /// Whether the bytes that wait when a client ends its input in order are a frame, if they are a text. A command among them may be half
    /// a command, and is refused.
    /// </summary>
    bool TakesUnfinishedText => false;

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

/// <summary>Executes the frames of one client, and keeps the protocol's state for it. Owner: the client's connection.</summary>
public interface IProtocolHandler
{
    /// <summary>The client's session; null before login.</summary>
    Session? Session { get; }

    /// <summary>Milliseconds from the start that a client has to log in; 0 once it has, or for no limit.</summary>
    int PatienceMs { get; }

    /// <summary>Whether a long answer is still being written. No further frame is handled until it ends.</summary>
    bool HasMore { get; }

    /// <summary>
    /// Whether the bytes that wait without an end are the client's next frame. Set by <see cref="TryPassDeadline"/> and
    /// <see cref="TryEndInput"/>, for one frame.
    /// </summary>
    bool TakesUnfinished => false;

    /// <summary>
    /// Whether the next part of the long answer can be written now. If not, the handler wakes its client later (see
    /// <see cref="IRecipient.Wake"/>).
    /// </summary>
    bool IsAnswerReady => true;

    /// <summary>
    /// The latest time of what the client must do next, in the clock's milliseconds; <see cref="long.MaxValue"/> for no limit.
    /// </summary>
    long DeadlineMs => long.MaxValue;

    /// <summary>The reason to close the client at <see cref="DeadlineMs"/>.</summary>
    CloseReason DeadlineReason => CloseReason.IdleTimeout;

    /// <summary>Notes that a frame has begun and is not whole. Called at the end of each read that leaves one.</summary>
    void NoteUnfinished()
    {
    }

    /// <summary>Acts on a passed <see cref="DeadlineMs"/>, and sets the next. If false, the client is closed.</summary>
    bool TryPassDeadline() => false;

    /// <summary>
    /// Notes that the client has sent all that it will, and can still read. If true, the bytes that wait are its next frame, as after
    /// <see cref="TryPassDeadline"/>.
    /// </summary>
    bool TryEndInput() => false;

    /// <summary>Gives up what is done for the client alone, because it can read no more. Its last words still come.</summary>
    void Abandon()
    {
    }

    /// <summary>Asks a silent client for a sign of life in a way of its own. If false, the client gets a ping event.</summary>
    bool TryPing() => false;

    /// <summary>Writes the last bytes to a client that has ended, once all its answers are queued. Called at most once.</summary>
    /// <param name="reason">The reason for the end.</param>
    void SayGoodbye(CloseReason reason)
    {
    }

    /// <summary>Executes a frame.</summary>
    /// <param name="frame">The frame; may be changed in place.</param>
    FrameResult HandleFrame(Span<byte> frame);

    /// <summary>Handles bytes that are not a frame: every status except NeedMore and Frame.</summary>
    FrameResult Refuse(DecodeStatus status);

    /// <summary>Writes the next part of the long answer (see <see cref="ILongAnswer"/>).</summary>
    FrameResult WriteMore();

    /// <summary>Releases what the handler holds outside of the chat, because its client has ended or changes its protocol.</summary>
    void Release()
    {
    }
}

/// <summary>The outcome of a frame, for the connection, which charges the client for it and answers.</summary>
/// <remarks>
/// For a part of a long answer, only the answer and the ending count. For bytes that are not a frame, only the answer and the result count.
/// </remarks>
public readonly ref struct FrameResult
{
    /// <summary>The result by which the connection charges the client for errors.</summary>
    public CommandResult Result { get; init; }

    /// <summary>
    /// Whether the connection must send <see cref="Answer"/>, once the command's events are as durable as configured. False if the handler
    /// has answered, or if a long answer has more parts.
    /// </summary>
    public bool HasAnswer { get; init; }

    /// <summary>The answer to the client.</summary>
    public CommandResult Answer { get; init; }

    /// <summary>The request's id, as the client wrote it; empty for none. A success without an id is not answered.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>The cost, in frames of the flood budget: usually 1, 0 if there was nothing to do, more for more work.</summary>
    public int Cost { get; init; }

    /// <summary>
    /// Whether it was bytes of a file, in either direction. They cost nothing of the flood budget, because the disk paces them.
    /// </summary>
    public bool IsFile { get; init; }

    /// <summary>
    /// Whether a reconnecting client needs this request, and other clients see nothing of it except that the client has joined.
    /// </summary>
    public bool IsForLogin { get; init; }

    /// <summary>Whether the client has quit.</summary>
    public bool IsOver { get; init; }

    /// <summary>The reason to close the client after this frame or part; <see cref="CloseReason.None"/> for none.</summary>
    public CloseReason Ending { get; init; }

    /// <summary>
    /// The protocol from the client's next byte on; null for no change. The connection changes once all answers have been sent.
    /// </summary>
    /// <remarks>
    /// The next byte is the one after this frame. A line that ended with CR alone, as telnet clients send it, leaves its LF to the new
    /// decoder. A handler that changes the protocol therefore needs a framing that ends its frames exactly.
    /// </remarks>
    public IProtocol? Next { get; init; }
}

/// <summary>The services that a connection gives to its handler.</summary>
public interface IHandlerHost
{
    /// <summary>The chat.</summary>
    ChatHub Hub { get; }

    /// <summary>The clock of the tick.</summary>
    TickClock Clock { get; }

    /// <summary>The client's output.</summary>
    IClientOutput Output { get; }

    /// <summary>
    /// Returns the client's address without its port: <c>localhost</c>, an IPv4 address, or the first 64 bits of an IPv6 address.
    /// </summary>
    string DescribeAddress();

    /// <summary>The password that every client must give before anything else; null for none.</summary>
    ServerPassword? Password { get; }

    /// <summary>
    /// Claims that the connection is a gateway's, whose client has another address (IRCv3 WEBIRC). No further frame is handled until the
    /// password is verified. A claim that is refused ends the connection.
    /// </summary>
    /// <param name="password">The gateway's password.</param>
    /// <param name="address">The client's address, as text.</param>
    /// <param name="isSecure">Whether the client speaks TLS to the gateway. It counts if the gateway speaks TLS to this server.</param>
    void ClaimGateway(ReadOnlySpan<byte> password, ReadOnlySpan<byte> address, bool isSecure);

    /// <summary>Whether a text is the address of a listed proxy.</summary>
    bool IsProxy(ReadOnlySpan<byte> address);

    /// <summary>
    /// Counts the connection for the client that its peer names, if the peer is a listed proxy. Any other peer is not believed, and the
    /// result is ok.
    /// </summary>
    /// <param name="address">The client's address, as text, perhaps with a port.</param>
    /// <returns>
    /// Ok, or <see cref="ErrorCode.BadField"/> if the text is no address, or another error if the address is over its limits.
    /// </returns>
    CommandResult CountFor(ReadOnlySpan<byte> address);
}

/// <summary>A client's output, as its handler sees it: events, messages that the handler has encoded itself, and raw bytes.</summary>
public interface IClientOutput : IRecipient, IDecoderAnswers
{
    /// <summary>The bytes that wait until the client reads.</summary>
    long QueuedBytes { get; }

    /// <summary>The bytes that the client's channel has taken so far.</summary>
    long SentBytes { get; }

    /// <summary>Whether the connection has ended, or ends after the bytes that wait.</summary>
    bool IsEnding { get; }

    /// <summary>
    /// Queues one message in the framing of the client's protocol, after everything that its rooms have published so far.
    /// </summary>
    /// <param name="content">The content of the message, without framing bytes.</param>
    void SendMessage(ReadOnlySpan<byte> content);

    /// <summary>
    /// Queues bytes that lie in a segment, uncopied and unframed, after everything that the client's rooms have published so far.
    /// </summary>
    void SendShared(in Slice slice) => SendAsIs(slice.Span);

    /// <summary>
    /// Redirects the events that the client causes, from its rooms or sent directly, until it is called with null. Events of other clients
    /// and all private messages still go to the outbox.
    /// </summary>
    /// <remarks>Used for one client at a time, within a command or a part of an answer.</remarks>
    void Redirect(IRecipient? way);

    /// <summary>Encodes events in these formats from now on.</summary>
    void Use(IWireFormats formats);
}
