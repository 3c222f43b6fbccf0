using System.Globalization;
using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>The modes, key, limit, mask lists and invitations of a room.</summary>
/// <remarks>They live as long as the room is remembered, even without members.</remarks>
public sealed class RoomRules
{
    /// <summary>The modes of a new room: n, only members speak in it, and C, programs do not talk through it.</summary>
    public const RoomModes DefaultModes = RoomModes.NoOutsiders | RoomModes.NoProgramTalk;

    /// <summary>The modes of a new lobby: those of a new room, and t, because everybody begins there.</summary>
    public const RoomModes LobbyModes = DefaultModes | RoomModes.TopicByOperators;

    /// <summary>The longest key in bytes: 32.</summary>
    public const int MaxKeyBytes = 32;

    // In the order in which they are shown: by letter.
    private static readonly (char Letter, RoomModes Mode)[] Letters =
    [
        ('C', RoomModes.NoProgramTalk),
        ('i', RoomModes.InviteOnly),
        ('m', RoomModes.Moderated),
        ('n', RoomModes.NoOutsiders),
        ('s', RoomModes.Secret),
        ('t', RoomModes.TopicByOperators),
    ];

    private readonly RoomModes _newModes;
    private List<Invitation>? _invited;

    /// <summary>Creates the rules of a new room.</summary>
    internal RoomRules(bool isLobby) => Modes = _newModes = isLobby ? LobbyModes : DefaultModes;

    /// <summary>The modes that are on.</summary>
    public RoomModes Modes { get; internal set; }

    /// <summary>k: the key that a person must give to enter; null for none.</summary>
    public byte[]? Key { get; internal set; }

    /// <summary>l: the largest number of members; 0 for no limit.</summary>
    public int Limit { get; internal set; }

    /// <summary>Whether the room is closed: it has a key or is invite-only.</summary>
    /// <remarks>People who enter after the room has opened never see the events of the closed time.</remarks>
    public bool IsClosed => Key is not null || (Modes & RoomModes.InviteOnly) != 0;

    /// <summary>Whether the rules are those of a new room. Invitations do not count.</summary>
    public bool IsDefault => Modes == _newModes && Key is null && Limit == 0 && Bans.Count + Exceptions.Count + Welcome.Count == 0;

    internal MaskList Bans { get; } = new();

    internal MaskList Exceptions { get; } = new();

    internal MaskList Welcome { get; } = new();

    /// <summary>Whether mode m or a ban may keep a member from speaking.</summary>
    internal bool RestrictsSpeech => (Modes & RoomModes.Moderated) != 0 || Bans.Count > 0;

    /// <summary>Returns the mode with that letter, or <see cref="RoomModes.None"/> for an unknown letter.</summary>
    internal static RoomModes ModeOf(char letter)
    {
        foreach (var (known, mode) in Letters)
        {
            if (known == letter)
            {
                return mode;
            }
        }

        return RoomModes.None;
    }

    /// <summary>
    /// Returns the list with that letter; null if there is none. The letter b names bans, e exceptions from
    /// bans, and I people who enter without an invitation.
    /// </summary>
    internal MaskList? ListOf(char letter) => letter switch { 'b' => Bans, 'e' => Exceptions, 'I' => Welcome, _ => null };

    /// <summary>Whether a person is banned: a ban matches and no exception does.</summary>
    internal bool IsBanned(Person person) => IsBanned(person, person.Nick);

    /// <summary>Whether a person would be banned under a nick that they are about to take.</summary>
    internal bool IsBanned(Person person, ReadOnlySpan<byte> nick) =>
        Bans.Count > 0 && Bans.Matches(person, nick) && !Exceptions.Matches(person, nick);

    /// <summary>Whether a person may not speak: they are banned, or a mute mask matches and no exception does.</summary>
    /// <remarks>An exception that is a mute mask lifts no ban.</remarks>
    internal bool IsMuted(Person person) => IsBanned(person) || (Bans.Count > 0 && Bans.Matches(person, person.Nick, isMute: true)
        && !Exceptions.Matches(person, person.Nick, isMute: true) && !Exceptions.Matches(person, person.Nick));

    /// <summary>Whether an invitation lets a person enter once despite +k, +l and +i.</summary>
    internal bool IsInvited(Person person) => PlaceOf(person) >= 0;

    /// <summary>
    /// Whether a server operator has appointed a person. They may enter despite bans, and become an operator of the room.
    /// </summary>
    internal bool IsAppointed(Person person) => PlaceOf(person) is >= 0 and var at && _invited![at].Rank == MemberRank.Operator;

    /// <summary>Invites a person for one entry. At 100 invitations, the oldest one is dropped.</summary>
    /// <param name="person">The person to invite.</param>
    /// <param name="rank">The rank that the person gets on entering, in addition to any rank of an earlier invitation.</param>
    internal void Invite(Person person, MemberRank rank = MemberRank.None)
    {
        const int MaxInvited = 100;
        _invited ??= [];
        _invited.RemoveAll(static invited => !invited.Person.TryGetTarget(out var one) || one.IsGone);
        var at = PlaceOf(person);
        if (at >= 0)
        {
            _invited[at] = _invited[at] with { Rank = _invited[at].Rank | rank };
            return;
        }

        if (_invited.Count == MaxInvited)
        {
            _invited.RemoveAt(0);
        }

        _invited.Add(new Invitation(new WeakReference<Person>(person), rank));
    }

    /// <summary>Uses up a person's invitation, if there is one.</summary>
    /// <returns>The rank that the invitation gives.</returns>
    internal MemberRank ConsumeInvitation(Person person)
    {
        var at = PlaceOf(person);
        if (at < 0)
        {
            return MemberRank.None;
        }

        var rank = _invited![at].Rank;
        _invited.RemoveAt(at);
        return rank;
    }

    /// <summary>Withdraws a server operator's appointment of a person, with the invitation.</summary>
    /// <returns>False if the person was not appointed.</returns>
    internal bool TryUnappoint(Person person)
    {
        var isAppointed = IsAppointed(person);
        if (isAppointed)
        {
            ConsumeInvitation(person);
        }

        return isAppointed;
    }

    private int PlaceOf(Person person) =>
        _invited?.FindIndex(invited => invited.Person.TryGetTarget(out var one) && one == person) ?? -1;

    /// <summary>Returns the letters of modes, in the order in which they are shown.</summary>
    public static byte[] LettersOf(RoomModes modes)
    {
        var letters = new List<byte>();
        foreach (var (letter, mode) in Letters)
        {
            if ((modes & mode) != 0)
            {
                letters.Add((byte)letter);
            }
        }

        return [.. letters];
    }

    /// <summary>Parses letters of modes. False if one of them is unknown.</summary>
    internal static bool TryReadLetters(ReadOnlySpan<byte> letters, out RoomModes modes)
    {
        modes = RoomModes.None;
        foreach (var letter in letters)
        {
            var mode = ModeOf((char)letter);
            modes |= mode;
            if (mode == RoomModes.None)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Returns the modes as text: <c>+Cnkl key 20</c>. Without <paramref name="showsKey"/>, for a person who is not
    /// a member, the text shows <c>*</c> in place of the key.
    /// </summary>
    internal byte[] Describe(bool showsKey)
    {
        var text = new StringBuilder("+").Append(Encoding.ASCII.GetString(LettersOf(Modes)));
        text.Append(Key is null ? null : 'k').Append(Limit == 0 ? null : 'l');
        if (Key is not null)
        {
            text.Append(' ').Append(showsKey ? Encoding.UTF8.GetString(Key) : "*");
        }

        if (Limit > 0)
        {
            text.Append(' ').Append(Limit.ToString(CultureInfo.InvariantCulture));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Weak, because a room that is never entered again must not keep the memory of its invited guests alive.
    private readonly record struct Invitation(WeakReference<Person> Person, MemberRank Rank);
}

/// <summary>
/// Modes of a room that are on or off. The letters are those of RFC 1459, section 4.2.3.1, and C, which most servers have added since.
/// </summary>
[Flags]
public enum RoomModes
{
    /// <summary>No mode is on.</summary>
    None = 0,

    /// <summary>i: only people who are invited, or whom a mask of list I matches, may enter.</summary>
    InviteOnly = 1 << 0,

    /// <summary>m: only operators and members with voice may speak.</summary>
    Moderated = 1 << 1,

    /// <summary>n: only members may speak.</summary>
    NoOutsiders = 1 << 2,

    /// <summary>s: only members know of the room.</summary>
    Secret = 1 << 3,

    /// <summary>t: only operators may set the topic.</summary>
    TopicByOperators = 1 << 4,

    /// <summary>C: programs may not send each other requests through the room that people are not shown.</summary>
    NoProgramTalk = 1 << 5,
}
