using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>Executes the frames of one client, and keeps the protocol's state for it. Owner: the client's connection.</summary>
public interface IProtocolHandler
{
    /// <summary>The client's session; null before login.</summary>
    Session? Session { get; }

    /// <summary>Milliseconds from the start that a client has to log in; 0 once it has, or for no limit.</summary>
    int PatienceMs { get; }

    /// <summary>Whether a long answer is still being written. No further frame is handled until it ends.</summary>
    bool HasMore { get; }

    /// <summary>Executes a frame.</summary>
    /// <param name="frame">The frame; may be changed in place.</param>
    FrameResult HandleFrame(Span<byte> frame);

    /// <summary>Handles bytes that are not a frame: every status except NeedMore and Frame.</summary>
    FrameResult Refuse(DecodeStatus status);

    /// <summary>Writes the next part of the long answer, a few kilobytes at most.</summary>
    FrameResult WriteMore();
}

/// <summary>The outcome of a frame, for the connection, which charges the client for it and answers.</summary>
/// <remarks>
/// For a part of a long answer, only the answer counts. For bytes that are not a frame, only the answer and the result count.
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
    /// Whether a reconnecting client needs this request, and other clients see nothing of it except that the client has joined.
    /// </summary>
    public bool IsForLogin { get; init; }

    /// <summary>Whether the client has quit.</summary>
    public bool IsOver { get; init; }

    /// <summary>
    /// The protocol from the client's next byte on; null for no change. The connection changes once all answers have been sent.
    /// </summary>
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

    /// <summary>The password that every client must give before anything else; null for none.</summary>
    ServerPassword? Password { get; }
}

/// <summary>A client's output, as its handler sees it: events, messages that the handler has encoded itself, and raw bytes.</summary>
public interface IClientOutput : IRecipient, IDecoderAnswers
{
    /// <summary>
    /// Queues one message in the framing of the client's protocol, after everything that its rooms have published so far.
    /// </summary>
    /// <param name="content">The content of the message, without framing bytes.</param>
    void SendMessage(ReadOnlySpan<byte> content);

    /// <summary>
    /// Redirects the events that the client causes, from its rooms or sent directly, until it is called with null. Events of other clients
    /// and all private messages still go to the outbox.
    /// </summary>
    /// <remarks>Used for one client at a time, within a command or a part of an answer.</remarks>
    void Redirect(IRecipient? way);

    /// <summary>Encodes events in these formats from now on.</summary>
    void Use(IWireFormats formats);
}
