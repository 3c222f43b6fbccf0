using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// A participant: its nick and the rooms it is in. Owned by the hub; invariant: every membership here stands in its room's list too.
/// </summary>
public sealed class Session
{
    // As long as there are rooms: most clients are in one, for days.
    private Membership[] _memberships = [];

    private Identity? _identity;

    // Made when there is one to wait for, and dropped after the last.
    private Queue<ILongAnswer>? _answers;

    internal Session(IRecipient recipient, byte[] nick, long connectedMs = 0, Identity? identity = null)
    {
        Recipient = recipient;
        Nick = nick;
        ConnectedMs = connectedMs;
        _identity = identity;
    }

    /// <summary>The way to the client.</summary>
    public IRecipient Recipient { get; }

    /// <summary>The nick, as its owner spells it.</summary>
    public byte[] Nick { get; internal set; }

    /// <summary>Whether the nick is its own choice: a guest is given one.</summary>
    internal bool HasChosenNick { get; set; }

    /// <summary>Who that is; for a guest made up from what is known. Made when it is first asked for: few are ever asked about.</summary>
    public Identity Identity
    {
        get => _identity ??= Identity.OfGuest(this);
        internal set => _identity = value;
    }

    /// <summary>The same, and not kept here: for somewhere else to keep it.</summary>
    internal Identity DescribeIdentity() => _identity ?? Identity.OfGuest(this);

    /// <summary>When it came, on the server's clock.</summary>
    public long ConnectedMs { get; }

    /// <summary>When it last said something, on the server's clock.</summary>
    public long SpokeMs { get; internal set; }

    /// <summary>Why it is away; null when it is not.</summary>
    public byte[]? Away { get; internal set; }

    /// <summary>Whether it wishes to be found only by those who know it or share a room with it.</summary>
    public bool IsInvisible { get; internal set; }

    /// <summary>Whether it is a server operator.</summary>
    public bool IsOperator { get; internal set; }

    /// <summary>Whether it wishes to hear what server operators write to all.</summary>
    public bool IsListening { get; internal set; }

    /// <summary>Whether it says that it is a program.</summary>
    public bool IsBot { get; internal set; }

    /// <summary>The room that plain lines go to; null when the client is in none.</summary>
    public Room? Current { get; internal set; }

    /// <summary>The rooms it is in, in the order it joined them.</summary>
    public IReadOnlyList<Membership> Memberships => _memberships;

    /// <summary>Whether it has quit or was disconnected.</summary>
    public bool IsGone { get; internal set; }

    /// <summary>Whether an answer to it goes on. Nothing more is taken from it before that ends.</summary>
    internal bool HasMore => _answers is not null;

    /// <summary>Whether the background worker has a request of this session.</summary>
    internal bool HasRequestPending { get; set; }

    /// <summary>Wrong passwords by which it wanted to become a server operator.</summary>
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

    internal void Enter(Membership membership) => _memberships = [.. _memberships, membership];

    internal void Leave(Membership membership) => _memberships = [.. _memberships.Where(other => other != membership)];

    internal void LeaveAll() => _memberships = [];

    internal Membership? Find(Room room)
    {
        foreach (var membership in _memberships)
        {
            if (ReferenceEquals(membership.Room, room))
            {
                return membership;
            }
        }

        return null;
    }
}

/// <summary>
/// What is known of a person beside the nick, as protocols show it that have that: all of it ASCII or UTF-8 that was checked.
/// </summary>
/// <param name="User">A user name: no space, no <c>@</c> and no <c>!</c> in it.</param>
/// <param name="Host">Where it comes from, see <see cref="IRecipient.DescribeHost"/>.</param>
/// <param name="RealName">What it calls itself.</param>
public sealed record Identity(byte[] User, byte[] Host, byte[] RealName)
{
    /// <summary>Who has told nothing is named after its protocol.</summary>
    internal static Identity OfGuest(Session session) => new(
        Encoding.ASCII.GetBytes(session.Recipient.ProtocolName),
        session.Recipient.DescribeHost(),
        Encoding.ASCII.GetBytes($"{session.Recipient.ProtocolName} client"));
}
