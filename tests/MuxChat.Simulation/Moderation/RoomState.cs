using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Moderation;

/// <summary>
/// What a room lets whom do at one moment, by the protocol's description. It never changes: what changes a room makes another one.
/// </summary>
internal sealed record RoomState
{
    /// <summary>The modes of a new room.</summary>
    private const string NewModes = "Cn";

    /// <summary>The modes of a new lobby.</summary>
    private const string LobbyModes = "Cnt";

    /// <summary>The letters that are switched on, by letter.</summary>
    public string Modes { get; private init; } = NewModes;

    /// <summary>What opens it; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>How many may be in; 0 for any number.</summary>
    public int Limit { get; init; }

    public ImmutableList<string> Bans { get; init; } = [];

    public ImmutableList<string> Exceptions { get; init; } = [];

    /// <summary>Those who need no invitation.</summary>
    public ImmutableList<string> Welcome { get; init; } = [];

    /// <summary>Who may enter once.</summary>
    public ImmutableHashSet<Link> Invited { get; init; } = [];

    /// <summary>Who is in, and what it is there: <c>o</c>, <c>v</c>, both or neither.</summary>
    public ImmutableDictionary<Link, string> Members { get; init; } = ImmutableDictionary<Link, string>.Empty;

    /// <summary>Whether everybody begins there.</summary>
    public bool IsLobby { get; init; }

    /// <summary>Whether strangers are kept out: what is said meanwhile is for nobody who comes later.</summary>
    public bool IsClosed => Key.Length > 0 || Has('i');

    /// <summary>Whether they are the rules of a new room.</summary>
    public bool HasDefaultRules => Describe() == "+" + NewModes && Bans.Count + Exceptions.Count + Welcome.Count == 0;

    /// <summary>Whether there is no such room for those who are not in.</summary>
    public bool IsHidden => Key.Length > 0 || Has('s');

    public bool Has(char letter) => Modes.Contains(letter, StringComparison.Ordinal);

    public bool IsIn(Link who) => Members.ContainsKey(who);

    public bool IsOperator(Link who) => RankOf(who).Contains('o', StringComparison.Ordinal);

    /// <summary>What somebody is there; empty for who is not in.</summary>
    public string RankOf(Link who) => Members.GetValueOrDefault(who, "");

    /// <summary>Whether somebody is kept out and silent under a nick.</summary>
    public bool IsBanned(Link who, string nick) => Match(Bans, who, nick) && !Match(Exceptions, who, nick);

    /// <summary>Whether a mask keeps somebody silent under a nick, whether it keeps it out or not.</summary>
    public bool IsMuted(Link who, string nick) => IsBanned(who, nick) || (Match(Bans, who, nick, isMute: true)
        && !Match(Exceptions, who, nick) && !Match(Exceptions, who, nick, isMute: true));

    /// <summary>Whether somebody needs no invitation under a nick.</summary>
    public bool IsWelcome(Link who, string nick) => Match(Welcome, who, nick);

    /// <summary>A room that was just made.</summary>
    public static RoomState New(bool isLobby) => new() { IsLobby = isLobby, Modes = isLobby ? LobbyModes : NewModes };

    /// <summary>What a standing says of the rules.</summary>
    public static RoomState Of(RoomStanding standing) => new()
    {
        Modes = Encoding.UTF8.GetString(RoomRules.LettersOf(standing.Modes)),
        Key = Encoding.UTF8.GetString(standing.Key ?? []),
        Limit = standing.Limit,
        Bans = [.. standing.Bans.Select(static one => Encoding.UTF8.GetString(one.Mask))],
        Exceptions = [.. standing.Exceptions.Select(static one => Encoding.UTF8.GetString(one.Mask))],
        Welcome = [.. standing.Welcome.Select(static one => Encoding.UTF8.GetString(one.Mask))],
    };

    /// <summary>Whether the rules are the same, whoever is in.</summary>
    public bool HasRulesOf(RoomState other) => Describe() == other.Describe() && Bans.SequenceEqual(other.Bans)
        && Exceptions.SequenceEqual(other.Exceptions) && Welcome.SequenceEqual(other.Welcome);

    /// <summary>The same room with a letter on or off.</summary>
    public RoomState With(char letter, bool isOn) => this with
    {
        Modes = isOn ? string.Concat((Modes + letter).Distinct().Order()) : Modes.Replace($"{letter}", "", StringComparison.Ordinal),
    };

    /// <summary>The list of masks with a letter.</summary>
    public ImmutableList<string> ListOf(char letter) => letter switch { 'b' => Bans, 'e' => Exceptions, _ => Welcome };

    /// <summary>The same room with another list of masks.</summary>
    public RoomState With(char letter, ImmutableList<string> masks) => letter switch
    {
        'b' => this with { Bans = masks },
        'e' => this with { Exceptions = masks },
        _ => this with { Welcome = masks },
    };

    /// <summary>Modes, key and limit as they are written to a member.</summary>
    public string Describe()
    {
        var letters = $"+{Modes}{(Key.Length > 0 ? "k" : "")}{(Limit > 0 ? "l" : "")}";
        var limit = Limit > 0 ? " " + Limit.ToString(CultureInfo.InvariantCulture) : "";
        return $"{letters}{(Key.Length > 0 ? " " + Key : "")}{limit}";
    }

    public override string ToString() =>
        $"modes {Describe()}, bans {string.Join(' ', Bans)}, exceptions {string.Join(' ', Exceptions)}, "
        + $"welcome {string.Join(' ', Welcome)}, invited {string.Join(' ', Invited.Select(static one => one.ClientNumber).Order())}, "
        + $"in {string.Join(' ', Members.Select(static one => $"{one.Key.ClientNumber}{one.Value}").Order(StringComparer.Ordinal))}";

    private static bool Match(ImmutableList<string> masks, Link who, string nick, bool isMute = false) =>
        masks.Exists(mask => SimMask.IsMute(mask) == isMute && SimMask.IsMatch(mask, nick, who.ShownUser));
}
