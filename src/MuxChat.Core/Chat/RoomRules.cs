using System.Globalization;
using System.Text;

namespace MuxChat.Core.Chat;

/// <summary>
/// What a room lets whom do. They hold while somebody is in: a room that everybody has left has the rules of a new one, but for the lobby, which keeps them.
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

    private List<Session>? _invited;

    /// <summary>What is switched on.</summary>
    public RoomModes Modes { get; internal set; } = DefaultModes;

    /// <summary>k: what who enters must know; null for none.</summary>
    public byte[]? Key { get; internal set; }

    /// <summary>l: how many may be in; 0 for any number.</summary>
    public int Limit { get; internal set; }

    /// <summary>Whether strangers are kept out by key or invitation: what is said meanwhile is for nobody who comes later.</summary>
    public bool IsClosed => Key is not null || (Modes & RoomModes.InviteOnly) != 0;

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

    /// <summary>The masks with that letter: b bans, e exceptions from bans, I those let in uninvited; null where there is no such list.</summary>
    internal MaskList? ListOf(char letter) => letter switch { 'b' => Bans, 'e' => Exceptions, 'I' => Welcome, _ => null };

    /// <summary>Whether somebody is kept out and silent: a ban matches and no exception does.</summary>
    internal bool IsBanned(Session session) => IsBanned(session, session.Nick);

    /// <summary>The same under a nick that it is about to take.</summary>
    internal bool IsBanned(Session session, ReadOnlySpan<byte> nick) =>
        Bans.Count > 0 && Bans.Matches(session, nick) && !Exceptions.Matches(session, nick);

    internal bool IsInvited(Session session) => _invited is not null && _invited.Contains(session);

    /// <summary>Lets somebody in once. The oldest invitation goes for one too many.</summary>
    internal void Invite(Session session)
    {
        const int MaxInvited = 100;
        _invited ??= [];
        _invited.RemoveAll(static invited => invited.IsGone);
        if (!_invited.Contains(session))
        {
            if (_invited.Count == MaxInvited)
            {
                _invited.RemoveAt(0);
            }

            _invited.Add(session);
        }
    }

    /// <summary>An invitation is used up.</summary>
    internal void ForgetInvitation(Session session) => _invited?.Remove(session);

    /// <summary>The modes as they are written: <c>+Cnkl key 20</c>. Who is not in is not shown the key.</summary>
    internal byte[] Describe(bool showsKey)
    {
        var text = new StringBuilder("+");
        foreach (var (letter, mode) in Letters)
        {
            text.Append((Modes & mode) != 0 ? letter : null);
        }

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
}
