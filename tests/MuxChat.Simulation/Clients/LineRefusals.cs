using System.Text.RegularExpressions;
using MuxChat.Core.Chat;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Clients;

/// <summary>The words by which a person is refused what a room's rules, or the server's, do not let it do.</summary>
internal static class LineRefusals
{
    private static readonly IntentKind[] Talk = [IntentKind.Say, IntentKind.Act, IntentKind.Topic, IntentKind.Invite];

    private static readonly (IntentKind[] Kinds, Regex Words, ErrorCode Code)[] Rows =
    [
        Row(Talk, "you are (?:banned from|muted in) (?<room>#[^ ]+): you may read, but not speak", ErrorCode.CannotSpeak),
        Row(Talk, "(?<room>#[^ ]+) is moderated: .*", ErrorCode.CannotSpeak),
        Row([IntentKind.Nick], "you are (?:banned from|muted in) #[^ ]+: leave it before .*", ErrorCode.Banned),
        Row([IntentKind.Nick], "#[^ ]+ is moderated: .*", ErrorCode.CannotSpeak),
        Row([IntentKind.Join], "you are banned from (?<room>#[^ ]+)", ErrorCode.Banned),
        Row([IntentKind.Join], "(?<room>#[^ ]+) is invite-only: .*", ErrorCode.InviteOnly),
        Row([IntentKind.Join], "(?<room>#[^ ]+) needs a key: join it with its key \\(/join ROOM KEY\\)", ErrorCode.BadKey),
        Row([IntentKind.Join], "wrong key for (?<room>#[^ ]+) \\(/join ROOM KEY\\)", ErrorCode.BadKey),
        Row([IntentKind.Join], "(?<room>#[^ ]+) is full: .*", ErrorCode.RoomFull),
        Row([IntentKind.Mode, IntentKind.Kick], "you are not an operator of (?<room>#[^ ]+)", ErrorCode.NotRoomOperator),
        Row([IntentKind.Topic], "only operators of (?<room>#[^ ]+) may set its topic", ErrorCode.NotRoomOperator),
        Row([IntentKind.Invite], "only operators of (?<room>#[^ ]+) may invite people", ErrorCode.NotRoomOperator),
        Row([IntentKind.Mode, IntentKind.Kick], "(?<nick>[^# ]+) is not in (?<room>#[^ ]+)", ErrorCode.NotThere),
        Row([IntentKind.Mode, IntentKind.Kick, IntentKind.Invite], "no such nick: (?<nick>[^ ]+)", ErrorCode.UnknownNick),
        Row([IntentKind.Kill], "no such nick: (?<nick>[^ ]+)", ErrorCode.UnknownNick),
        Row([IntentKind.Invite], "(?<nick>[^# ]+) is already in (?<room>#[^ ]+)", ErrorCode.AlreadyThere),
        Row([IntentKind.Kill], "only server operators may do that", ErrorCode.NotOperator),
        Row([.. Talk, IntentKind.Mode, IntentKind.Kick], "there is no room (?<room>#[^ ]+): .*", ErrorCode.UnknownRoom),
        Row([IntentKind.Kick, IntentKind.Invite, IntentKind.Topic], "you are not in (?<room>#[^ ]+): join it first", ErrorCode.NotInRoom),
        Row([IntentKind.Mode], "unknown mode: .*", ErrorCode.UnknownMode),
    ];

    /// <summary>Why a request is refused with these words; null where it cannot be.</summary>
    /// <param name="kind">What is asked.</param>
    /// <param name="asked">The request.</param>
    /// <param name="error">The words.</param>
    public static ErrorCode? CodeOf(IntentKind kind, Intent asked, string error)
    {
        // Without a text it asks for the topic.
        if (kind == IntentKind.Topic && asked.Text.Length == 0)
        {
            return null;
        }

        var nick = kind == IntentKind.Mode ? asked.Text.Split(' ')[^1] : asked.Nick;
        foreach (var (kinds, words, code) in Rows)
        {
            if (kinds.Contains(kind) && words.Match(error) is { Success: true } match
                && IsOf(match.Groups["room"], asked.Room) && IsOf(match.Groups["nick"], nick)
                && (code != ErrorCode.UnknownMode || asked.Text == ModerationWishes.UnknownMode))
            {
                return code;
            }
        }

        return null;
    }

    private static bool IsOf(Group named, string asked) =>
        !named.Success || asked.Length == 0 || string.Equals(named.Value, asked, StringComparison.OrdinalIgnoreCase);

    private static (IntentKind[] Kinds, Regex Words, ErrorCode Code) Row(IntentKind[] kinds, string words, ErrorCode code) =>
        (kinds, new Regex($"^{words}$", RegexOptions.CultureInvariant | RegexOptions.Compiled), code);
}
