using System.Globalization;
using System.Text;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Moderation;

/// <summary>
/// What a room lets whom do. They hold for as long as the room is remembered, whether somebody is in or not.
/// </summary>
public sealed class RoomRules
{
    /// <summary>The modes of a new room: who is not in does not speak in it, and programs do not talk through it.</summary>
    public const RoomModes DefaultModes = RoomModes.NoOutsiders | RoomModes.NoProgramTalk;

    /// <summary>The longest key in bytes: 32.</summary>
    public const int MaxKeyBytes = 32;

    // In the order they are shown: by letter.
    private static readonly (char Letter, RoomModes Mode)[] Letters =
    [
        ('C', RoomModes.NoProgramTalk),
        ('i', RoomModes.InviteOnly),
        ('m', RoomModes.Moderated),
        ('n', RoomModes.NoOutsiders),
        ('s', RoomModes.Secret),
        ('t', RoomModes.TopicByOperators),
    ];

    private List<Invitation>? _invited;

    /// <summary>What is switched on.</summary>
    public RoomModes Modes { get; internal set; } = DefaultModes;

    /// <summary>k: what who enters must know; null for none.</summary>
    public byte[]? Key { get; internal set; }

    /// <summary>l: how many may be in; 0 for any number.</summary>
    public int Limit { get; internal set; }

    /// <summary>Whether strangers are kept out by key or invitation: what is said meanwhile is for nobody who comes later.</summary>
    public bool IsClosed => Key is not null || (Modes & RoomModes.InviteOnly) != 0;

    /// <summary>Whether they are those of a new room.</summary>
    public bool IsDefault => Modes == DefaultModes && Key is null && Limit == 0 && Bans.Count + Exceptions.Count + Welcome.Count == 0;

    internal MaskList Bans { get; } = new();

    internal MaskList Exceptions { get; } = new();

    internal MaskList Welcome { get; } = new();

    /// <summary>Whether not every member may speak.</summary>
    internal bool RestrictsSpeech => (Modes & RoomModes.Moderated) != 0 || Bans.Count > 0;

    /// <summary>The mode with that letter; none where there is no such.</summary>
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
    /// The masks with that letter: b bans, e exceptions from bans, I those let in uninvited; null where there is no such list.
    /// </summary>
    internal MaskList? ListOf(char letter) => letter switch { 'b' => Bans, 'e' => Exceptions, 'I' => Welcome, _ => null };

    /// <summary>Whether somebody is kept out and silent: a ban matches and no exception does.</summary>
    internal bool IsBanned(Person person) => IsBanned(person, person.Nick);

    /// <summary>The same under a nick that it is about to take.</summary>
    internal bool IsBanned(Person person, ReadOnlySpan<byte> nick) =>
        Bans.Count > 0 && Bans.Matches(person, nick) && !Exceptions.Matches(person, nick);

    /// <summary>Whether somebody may enter without key and whatever the limit, once.</summary>
    internal bool IsInvited(Person person) => PlaceOf(person) >= 0;

    /// <summary>Whether a server operator lets somebody in, bans or not, to be an operator of the room.</summary>
    internal bool IsAppointed(Person person) => PlaceOf(person) is >= 0 and var at && _invited![at].Rank == MemberRank.Operator;

    /// <summary>Lets somebody in once. The oldest invitation goes for one too many.</summary>
    /// <param name="person">Who.</param>
    /// <param name="rank">What it is once it enters, at least.</param>
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

    /// <summary>An invitation is used up.</summary>
    /// <returns>What it makes of who was invited.</returns>
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

    /// <summary>A server operator takes back that a client is to be an operator, and the invitation with it.</summary>
    /// <returns>False if it was not to be one.</returns>
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

    /// <summary>The letters of modes, in their order.</summary>
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

    /// <summary>The modes of letters. False when one of them is none.</summary>
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

    /// <summary>The modes as they are written: <c>+Cnkl key 20</c>. Who is not in is not shown the key.</summary>
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

    // Weak: a room that nobody enters any more is not to keep all that its guests of long ago held.
    private readonly record struct Invitation(WeakReference<Person> Person, MemberRank Rank);
}

/// <summary>
/// What can be switched on and off in a room. The letters are those of RFC 1459, section 4.2.3.1, and C, which most servers have since.
/// </summary>
[Flags]
public enum RoomModes
{
    /// <summary>Nothing is on.</summary>
    None = 0,

    /// <summary>i: only who is invited may enter.</summary>
    InviteOnly = 1 << 0,

    /// <summary>m: only operators and those with a voice may speak.</summary>
    Moderated = 1 << 1,

    /// <summary>n: only who is in may speak.</summary>
    NoOutsiders = 1 << 2,

    /// <summary>s: who is not in does not see the room in lists.</summary>
    Secret = 1 << 3,

    /// <summary>t: only operators set the topic.</summary>
    TopicByOperators = 1 << 4,

    /// <summary>C: programs do not talk to programs here, through requests that people are not shown.</summary>
    NoProgramTalk = 1 << 5,
}
