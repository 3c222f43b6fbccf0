using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>
/// A participant of the chat as the others see it: nick, identity, rooms and ranks. Its connection is not part of it.
/// </summary>
/// <remarks>
/// Owned by the hub. Invariant: every membership here is in its room's list too. All that commands decide by is here and in the rooms, so
/// that a person may be on another server: then there is no <see cref="Session"/>, and the recipient forwards.
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

    /// <summary>The session by which it uses this server; null for a person on another server.</summary>
    public Session? Session { get; internal init; }

    /// <summary>The nick, as its owner spells it.</summary>
    public byte[] Nick { get; internal set; }

    /// <summary>Whether the nick is its own choice: a guest is given one.</summary>
    internal bool HasChosenNick { get; set; }

    /// <summary>Who that is; for a guest made up from what is known. Made when it is first asked for: few are ever asked about.</summary>
    public Identity Identity
    {
        get => _identity ??= Identity.OfGuest(_recipient);
        internal set => _identity = value;
    }

    /// <summary>The same, and not kept here: for somewhere else to keep it.</summary>
    internal Identity DescribeIdentity() => _identity ?? Identity.OfGuest(_recipient);

    /// <summary>What its client speaks, see <see cref="IRecipient.ProtocolName"/>.</summary>
    public string ProtocolName => _recipient.ProtocolName;

    /// <summary>Its client's address and port, see <see cref="IRecipient.RemoteName"/>.</summary>
    public string RemoteName => _recipient.RemoteName;

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

    /// <summary>The rooms it is in, in the order it joined them.</summary>
    public IReadOnlyList<Membership> Memberships => _memberships;

    /// <summary>Whether it has quit or was disconnected.</summary>
    public bool IsGone { get; internal set; }

    /// <summary>
    /// The recipient that hears its rooms here; null for a person on another server, because that server tells it what its rooms hear.
    /// </summary>
    internal IRecipient? Subscriber => Session?.Recipient;

    /// <summary>
    /// Hands over an event that is for this person alone: to its session's recipient, or to the one that forwards to its server.
    /// </summary>
    internal void Receive(in ChatEvent chatEvent) => _recipient.Receive(chatEvent);

    /// <summary>Has its connection closed, see <see cref="IRecipient.Expel"/>.</summary>
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
    /// <summary>Who has told nothing is named after its protocol.</summary>
    internal static Identity OfGuest(IRecipient recipient) => new(
        Encoding.ASCII.GetBytes(recipient.ProtocolName),
        recipient.DescribeHost(),
        Encoding.ASCII.GetBytes($"somebody on {recipient.ProtocolName}"));
}
