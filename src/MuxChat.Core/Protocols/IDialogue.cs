using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols;

/// <summary>One client's side of a conversation: what its frames ask, and what it is answered. Owned by its conversation.</summary>
public interface IDialogue
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
    CommandResult Take(Span<byte> frame);

    /// <summary>Answers bytes that are no frame: every status but NeedMore and Frame.</summary>
    CommandResult Refuse(DecodeStatus status);

    /// <summary>Gives another part of the answer that goes on, of a few kilobytes at the most.</summary>
    void WriteMore();
}
