using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat;

/// <summary>A participant of the chat: nick, identity, rooms and ranks. The connection is separate, in the <see cref="Session"/>.</summary>
/// <remarks>
/// Owned by the hub. Invariant: every membership here is in its room's list too. Commands decide by persons and rooms alone, except for the
/// current room of a session. A person may therefore be on another server, with no session and a recipient that passes its events on.
/// </remarks>
public sealed class Person
{
    private readonly IRecipient _recipient;

    // Exactly as long as the number of rooms, because most clients are in one room for days.
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

    /// <summary>The person's number: 1, 2, 3 ... in the order of their coming; 0 for a sender who takes no part in the chat.</summary>
    internal uint Number { get; set; }

    /// <summary>The nick, in the person's own spelling.</summary>
    public byte[] Nick { get; internal set; }

    /// <summary>Whether the person chose the nick; the hub gives a guest one. The check that may refuse a new nick depends on it.</summary>
    internal bool HasChosenNick { get; set; }

    /// <summary>
    /// The user, host and real name. A guest's identity is created at the first request, because few guests are ever asked about.
    /// </summary>
    public Identity Identity
    {
        get => _identity ??= Identity.OfGuest(_recipient);
        internal set => _identity = value;
    }

    /// <summary>Returns the same identity without storing it here, for a caller that keeps it.</summary>
    internal Identity DescribeIdentity() => _identity ?? Identity.OfGuest(_recipient);

    /// <summary>The name of the client's protocol, see <see cref="IRecipient.ProtocolName"/>.</summary>
    public string ProtocolName => _recipient.ProtocolName;

    /// <summary>The client's address and port, see <see cref="IRecipient.RemoteName"/>.</summary>
    public string RemoteName => _recipient.RemoteName;

    /// <summary>Whether the client's connection is encrypted.</summary>
    public bool IsSecure => _recipient.IsSecure;

    /// <summary>The fingerprint of the client's certificate, see <see cref="IRecipient.CertificateFingerprint"/>.</summary>
    public string CertificateFingerprint => _recipient.CertificateFingerprint;

    /// <summary>The time of arrival, in milliseconds on this server's clock (<see cref="TickClock.NowMs"/>).</summary>
    public long ConnectedMs { get; }

    /// <summary>The time when the person last said something, on the same clock; 0 for never.</summary>
    public long SpokeMs { get; internal set; }

    /// <summary>The reason for being away; null for a person who is here.</summary>
    public byte[]? Away { get; internal set; }

    /// <summary>Whether only those who know the nick or share a room can find the person.</summary>
    public bool IsInvisible { get; internal set; }

    /// <summary>Whether the person is a server operator.</summary>
    public bool IsOperator { get; internal set; }

    /// <summary>Whether the person asked to hear the texts that server operators write to all.</summary>
    public bool IsListening { get; internal set; }

    /// <summary>Whether the person declares to be a program.</summary>
    public bool IsBot { get; internal set; }

    /// <summary>The memberships, one for each room, in the order of joining.</summary>
    public IReadOnlyList<Membership> Memberships => _memberships;

    /// <summary>Whether the person has quit or was disconnected.</summary>
    public bool IsGone { get; internal set; }

    /// <summary>Index in the directory's list of persons, so that leaving needs no search.</summary>
    internal int Index { get; set; }

    /// <summary>
    /// The recipient that rooms on this server publish to. Null for a person on another server,
    /// because that server publishes to its own clients.
    /// </summary>
    internal IRecipient? Subscriber => Session?.Recipient;

    /// <summary>
    /// Sends an event for this person alone to the session's recipient, or to the recipient that passes them on to the other server.
    /// </summary>
    internal void Receive(in ChatEvent chatEvent) => _recipient.Receive(chatEvent);

    /// <summary>Closes the person's connection, see <see cref="IRecipient.Expel"/>.</summary>
    internal void Expel(CloseReason why) => _recipient.Expel(why);

    /// <summary>Whether another person may find this one in a list of persons (RFC 2812, section 3.6.1).</summary>
    /// <remarks>An invisible person is shown only to themselves and to those who share a room with them.</remarks>
    internal bool IsShownTo(Person other) =>
        !IsInvisible || ReferenceEquals(this, other) || Array.Exists(_memberships, membership => other.Find(membership.Room) is not null);

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
/// The user, host and real name of a person, for protocols that show them next to the nick. All are checked ASCII or UTF-8.
/// </summary>
/// <param name="User">The user name: contains no space, no <c>@</c> and no <c>!</c>.</param>
/// <param name="Host">The client's host, see <see cref="IRecipient.DescribeHost"/>.</param>
/// <param name="RealName">The name that the person gave for display.</param>
public sealed record Identity(byte[] User, byte[] Host, byte[] RealName)
{
    /// <summary>The longest host of a client of this server, in bytes: 15.</summary>
    public const int MaxHostBytes = 15;

    /// <summary>Returns the identity of a guest. A guest has given no names, so they are made from the protocol's name.</summary>
    internal static Identity OfGuest(IRecipient recipient) => new(
        Encoding.ASCII.GetBytes(recipient.ProtocolName),
        recipient.DescribeHost(),
        Encoding.ASCII.GetBytes($"{recipient.ProtocolName} client"));
}
