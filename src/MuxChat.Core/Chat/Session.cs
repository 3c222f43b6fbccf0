using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// One connection's use of the chat: the person, the recipient, the current room, and the answers and requests in progress.
/// </summary>
/// <remarks>Owned by the connection. Invariant: a session and its person stay together for good, even after the person has gone.</remarks>
public sealed class Session
{
    // Created for the first long answer, and dropped after the last.
    private Queue<ILongAnswer>? _answers;

    private SentMessages? _sentTexts;
    private SentMessages? _sentTags;

    internal Session(IRecipient recipient, byte[] nick, long connectedMs = 0, Identity? identity = null)
    {
        Recipient = recipient;
        Person = new Person(recipient, nick, connectedMs, identity) { Session = this };
    }

    /// <summary>The person who uses the connection.</summary>
    public Person Person { get; }

    /// <summary>Receives the client's events.</summary>
    public IRecipient Recipient { get; }

    /// <summary>The room that plain lines go to; null if the person is in none.</summary>
    public Room? Current { get; internal set; }

    /// <summary>Whether the person has quit or was disconnected.</summary>
    public bool IsGone => Person.IsGone;

    /// <summary>The last private messages of this session.</summary>
    internal SentMessages SentTexts => _sentTexts ??= new SentMessages();

    /// <summary>The last tags that this session sent without a text. They are apart, because many are sent while a person types.</summary>
    internal SentMessages SentTags => _sentTags ??= new SentMessages();

    /// <summary>Whether a long answer to the client is in progress. The client's next command runs only after the answer ends.</summary>
    internal bool HasMore => _answers is not null;

    /// <summary>Whether the next part of the current answer can be written now.</summary>
    internal bool IsAnswerReady => _answers is null || _answers.Peek().IsReady;

    /// <summary>Whether the current answer is the content of a file.</summary>
    internal bool IsAnswerFile => _answers is not null && _answers.Peek().IsFile;

    /// <summary>The result of the last answer that has ended.</summary>
    internal CommandResult AnswerResult { get; private set; }

    /// <summary>Queues a long answer, which is written part by part. Answers given before this call reach the client first.</summary>
    internal void EnqueueAnswer(ILongAnswer answer) => (_answers ??= new Queue<ILongAnswer>()).Enqueue(answer);

    /// <summary>Gives up what the answers do for the client alone, because it can read no more.</summary>
    internal void AbandonAnswers()
    {
        foreach (var answer in _answers ?? [])
        {
            answer.Abandon();
        }
    }

    /// <summary>Writes the next part of the current answer.</summary>
    /// <exception cref="InvalidOperationException">No answer is in progress.</exception>
    internal void WritePart()
    {
        var answers = _answers ?? throw new InvalidOperationException("No answer is in progress.");
        var answer = answers.Peek();
        if (answer.WritePart())
        {
            return;
        }

        AnswerResult = answer.Result;
        answers.Dequeue();
        _answers = answers.Count == 0 ? null : answers;
    }

    /// <summary>Drops the answers in progress, because the client is gone.</summary>
    internal void DropAnswers()
    {
        while (_answers is { } answers && answers.TryDequeue(out var answer))
        {
            answer.Abandon();
            _answers = answers.Count == 0 ? null : answers;
        }
    }
}
