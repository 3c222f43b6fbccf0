using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>What a protocol knows of one client: it carries out the client's frames. Owned by the client's connection.</summary>
public interface IProtocolHandler
{
    /// <summary>Who the client is; null before it is in.</summary>
    Session? Session { get; }

    /// <summary>How long, in milliseconds from the beginning, a client may take to be in; 0 when it is, or may take for ever.</summary>
    int PatienceMs { get; }

    /// <summary>Whether an answer goes on. Nothing more is taken before it ends.</summary>
    bool HasMore { get; }

    /// <summary>Carries a frame out.</summary>
    /// <param name="frame">The frame; may be changed in place.</param>
    FrameResult HandleFrame(Span<byte> frame);

    /// <summary>Takes bytes that are no frame: every status but NeedMore and Frame.</summary>
    FrameResult Refuse(DecodeStatus status);

    /// <summary>Writes another part of the answer that goes on, of at most a few kilobytes.</summary>
    FrameResult WriteMore();
}

/// <summary>
/// How a frame ended, for the connection that charges it to the client and answers it. Of a part of a long answer only the answer counts,
/// and of bytes that are no frame the answer and the result.
/// </summary>
public readonly ref struct FrameResult
{
    /// <summary>How it ended: the client is charged for what it got wrong.</summary>
    public CommandResult Result { get; init; }

    /// <summary>
    /// Whether the client is to be told <see cref="Answer"/>, once what was done is as durable as was asked for. Not where the handler
    /// has answered, or the answer goes on.
    /// </summary>
    public bool HasAnswer { get; init; }

    /// <summary>What the client is told.</summary>
    public CommandResult Answer { get; init; }

    /// <summary>How the client named its request; empty for none: a success is then not answered.</summary>
    public ReadOnlySpan<byte> Id { get; init; }

    /// <summary>What it costs of the flood budget: 1, or 0 when it found nothing to do, or more for more work.</summary>
    public int Cost { get; init; }

    /// <summary>Whether a client needs this when it reconnects, and others are not told of it.</summary>
    public bool IsForLogin { get; init; }

    /// <summary>Whether the client said goodbye.</summary>
    public bool IsOver { get; init; }

    /// <summary>
    /// What the client speaks from its next byte on; null for what it spoke so far. The connection changes once all answers are given.
    /// </summary>
    public IProtocol? Next { get; init; }
}

/// <summary>What a handler works with.</summary>
public interface IHandlerHost
{
    /// <summary>The chat.</summary>
    ChatHub Hub { get; }

    /// <summary>The time.</summary>
    TickClock Clock { get; }

    /// <summary>The way to the client.</summary>
    IClientOutput Output { get; }

    /// <summary>What every client must give to be let in; null when nothing is asked.</summary>
    ServerPassword? Password { get; }
}

/// <summary>The way to one client for its handler: besides events, messages that the handler has encoded itself, and bytes.</summary>
public interface IClientOutput : IRecipient, IDecoderAnswers
{
    /// <summary>Queues one message in the framing of the client's protocol, after all that its rooms have been told before.</summary>
    /// <param name="content">What the message holds, without borders.</param>
    void SendMessage(ReadOnlySpan<byte> content);

    /// <summary>
    /// What the client would be told of its own doing, by its rooms or directly, goes to another way until this is called with null. What
    /// others do, and a private message, whoever sent it, come as ever. One client at a time: within a command, or a part of an answer.
    /// </summary>
    void Redirect(IRecipient? way);

    /// <summary>From now on events are encoded in these formats.</summary>
    void Use(IWireFormats formats);
}
