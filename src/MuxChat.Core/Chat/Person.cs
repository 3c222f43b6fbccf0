using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// A participant of the chat: nick, identity, rooms and ranks. The connection is apart from it, in the <see cref="Session"/>.
/// </summary>
/// <remarks>
/// Owned by the hub. Invariant: every membership here is in its room's list too. Commands decide by persons and rooms alone, but for the
/// current room of a session. So a person may be on another server: there is no session then, and the recipient is that of a link.
/// </remarks>
public sealed class Person
{
    private readonly IRecipient _recipient;

    // As long as there are rooms: most clients are in one, for days.
    private Membership[] _memberships = [];

    private Identity? _identity;

    internal Person(IRecipient recipient, byte[] nick, long connectedMs, Identity? identity = null)
    {
        _recipient = recipient;
        Nick = nick;
        ConnectedMs = connectedMs;
        _identity = identity;
    }

    /// <summary>The session of a person on this server; null for a person on another server.</summary>
    public Session? Session { get; internal init; }

    /// <summary>The nick, as the person spells it.</summary>
    public byte[] Nick { get; internal set; }

    /// <summary>Whether the person chose the nick: the hub gives a guest one. It counts where a new nick is refused.</summary>
    internal bool HasChosenNick { get; set; }

    /// <summary>User, host and real name. That of a guest is made up at the first question: few are ever asked about.</summary>
    public Identity Identity
    {
        get => _identity ??= Identity.OfGuest(_recipient);
        internal set => _identity = value;
    }

    /// <summary>The same, and not kept here: for a caller that keeps it.</summary>
    internal Identity DescribeIdentity() => _identity ?? Identity.OfGuest(_recipient);

    /// <summary>What the client speaks, see <see cref="IRecipient.ProtocolName"/>.</summary>
    public string ProtocolName => _recipient.ProtocolName;

    /// <summary>The client's address and port, see <see cref="IRecipient.RemoteName"/>.</summary>
    public string RemoteName => _recipient.RemoteName;

    /// <summary>When the person came, in milliseconds on this server's clock (<see cref="TickClock.NowMs"/>).</summary>
    public long ConnectedMs { get; }

    /// <summary>When the person last said something, on the same clock; 0 for never.</summary>
    public long SpokeMs { get; internal set; }

    /// <summary>Why the person is away; null for one who is here.</summary>
    public byte[]? Away { get; internal set; }

    /// <summary>Whether only those can find the person who know the nick or share a room.</summary>
    public bool IsInvisible { get; internal set; }

    /// <summary>Whether the person is a server operator.</summary>
    public bool IsOperator { get; internal set; }

    /// <summary>Whether the person hears what server operators write to all.</summary>
    public bool IsListening { get; internal set; }

    /// <summary>Whether the person says that they are a program.</summary>
    public bool IsBot { get; internal set; }

    /// <summary>A membership for each room, in the order of joining.</summary>
    public IReadOnlyList<Membership> Memberships => _memberships;

    /// <summary>Whether the person has quit or was disconnected.</summary>
    public bool IsGone { get; internal set; }

    /// <summary>
    /// The recipient that rooms here publish to; null for a person on another server, because that server publishes to its own.
    /// </summary>
    internal IRecipient? Subscriber => Session?.Recipient;

    /// <summary>Hands an event for this person alone to the session's recipient, or to that of a link to the other server.</summary>
    internal void Receive(in ChatEvent chatEvent) => _recipient.Receive(chatEvent);

    /// <summary>Has the connection closed, see <see cref="IRecipient.Expel"/>.</summary>
    internal void Expel(CloseReason why) => _recipient.Expel(why);

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
    /// <summary>A guest has told nothing: the protocol gives the names.</summary>
    internal static Identity OfGuest(IRecipient recipient) => new(
        Encoding.ASCII.GetBytes(recipient.ProtocolName),
        recipient.DescribeHost(),
        Encoding.ASCII.GetBytes($"{recipient.ProtocolName} client"));
}
