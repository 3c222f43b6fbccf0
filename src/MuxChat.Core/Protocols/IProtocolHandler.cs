using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>One client's side of a conversation: what its frames ask, and what it is answered. Owned by its conversation.</summary>
public interface IProtocolHandler
{
    /// <summary>Who the client is; null before it is in.</summary>
    Session? Session { get; }

    /// <summary>Whether the client said goodbye.</summary>
    bool IsOver { get; }

    /// <summary>
    /// What the frame taken last costs of the flood budget: 1, or nothing when it found nothing to do, or more for more work.
    /// </summary>
    int Cost { get; }

    /// <summary>Whether the frame taken last is one that a client needs when it comes back, and says nothing to others.</summary>
    bool IsForLogin { get; }

    /// <summary>How long, in milliseconds from the beginning, a client may take to be in; 0 when it is, or may take for ever.</summary>
    int PatienceMs { get; }

    /// <summary>Whether an answer goes on. Nothing more is taken before it ends.</summary>
    bool HasMore { get; }

    /// <summary>Carries a frame out and answers it.</summary>
    /// <param name="frame">The frame; may be changed in place.</param>
    /// <returns>How it ended: what the client got wrong is charged to it.</returns>
    CommandResult HandleFrame(Span<byte> frame);

    /// <summary>Answers bytes that are no frame: every status but NeedMore and Frame.</summary>
    CommandResult Refuse(DecodeStatus status);

    /// <summary>Gives another part of the answer that goes on, of a few kilobytes at the most.</summary>
    void WriteMore();
}

/// <summary>What a dialogue works with.</summary>
public interface IHandlerHost
{
    /// <summary>The chat.</summary>
    ChatHub Hub { get; }

    /// <summary>The time.</summary>
    TickClock Clock { get; }

    /// <summary>The way to the client.</summary>
    IClientOutput Output { get; }

    /// <summary>What everybody must give to be let in; null when nothing is asked.</summary>
    ServerPassword? Password { get; }

    /// <summary>Answers a request, once what it did is as durable as was asked for.</summary>
    /// <param name="session">Whose request it was; null before the client is in.</param>
    /// <param name="id">How the client named it; empty for none: what was done is then not answered.</param>
    /// <param name="result">How it ended.</param>
    void Answer(Session? session, ReadOnlySpan<byte> id, in CommandResult result);
}

/// <summary>The way to one client for its dialogue: besides events, bytes that the dialogue has encoded itself.</summary>
public interface IClientOutput : IRecipient, IDecoderAnswers
{
    /// <summary>
    /// What the client would be told of its own doing, by its rooms or directly, goes to another way until this is called with null. What
    /// others do, and a private message, whoever sent it, come as ever. One client at a time: within a command, or a part of an answer.
    /// </summary>
    void Redirect(IRecipient? way);

    /// <summary>From now on events are encoded in these formats.</summary>
    void Use(IWireFormats formats);
}
