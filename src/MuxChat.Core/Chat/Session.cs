using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// One connection's use of the chat: the person, the way to the client, the current room, and the answers and requests under way.
/// </summary>
/// <remarks>Owned by the connection. Invariant: the person of a session has that session for good, also once they are gone.</remarks>
public sealed class Session
{
    // Made when there is one to wait for, and dropped after the last.
    private Queue<ILongAnswer>? _answers;

    internal Session(IRecipient recipient, byte[] nick, long connectedMs = 0, Identity? identity = null)
    {
        Recipient = recipient;
        Person = new Person(recipient, nick, connectedMs, identity) { Session = this };
    }

    /// <summary>The person who uses the connection.</summary>
    public Person Person { get; }

    /// <summary>The way to the client.</summary>
    public IRecipient Recipient { get; }

    /// <summary>The room that plain lines go to; null when the person is in none.</summary>
    public Room? Current { get; internal set; }

    /// <summary>Whether the person has quit or was disconnected.</summary>
    public bool IsGone => Person.IsGone;

    /// <summary>Whether an answer to it goes on. Nothing more is taken from it before that ends.</summary>
    internal bool HasMore => _answers is not null;

    /// <summary>Whether the background worker has a request of this session.</summary>
    internal bool HasRequestPending { get; set; }

    /// <summary>Wrong passwords that the client gave to become a server operator.</summary>
    internal byte WrongPasswords { get; set; }

    /// <summary>Answers it part by part. What is answered before it was queued comes before it.</summary>
    internal void EnqueueAnswer(ILongAnswer answer) => (_answers ??= new Queue<ILongAnswer>()).Enqueue(answer);

    /// <summary>Gives the next part of the answer that goes on.</summary>
    /// <exception cref="InvalidOperationException">None goes on.</exception>
    internal void WritePart()
    {
        var answers = _answers ?? throw new InvalidOperationException("No answer is in progress.");
        if (!answers.Peek().WritePart() && answers.Dequeue() is not null && answers.Count == 0)
        {
            _answers = null;
        }
    }
}
