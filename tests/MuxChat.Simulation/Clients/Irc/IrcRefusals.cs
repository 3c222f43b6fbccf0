using MuxChat.Core.Chat;
using MuxChat.Simulation.Moderation;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>The numerics by which an IRC client is refused what a room's rules, or the server's, do not let it do.</summary>
internal static class IrcRefusals
{
    private const string NoNick = "Cannot change nickname while banned ";

    /// <summary>Whether a line that may answer a request is about the same room or person.</summary>
    public static bool IsAbout(Intent asked, string code, IrcSeen seen)
    {
        var isOfRoom = asked.Kind is IntentKind.Say or IntentKind.Act or IntentKind.Topic or IntentKind.Join or IntentKind.Part
            or IntentKind.Mode or IntentKind.Kick or IntentKind.Invite;
        return (!isOfRoom || code is "301" or "401" or "472" || IsSame(asked.Room, seen[code is "353" or "341" or "441" or "443" ? 2 : 1]))
            && (asked.Kind is not (IntentKind.Kick or IntentKind.Invite) || code is not ("301" or "341" or "401" or "441" or "443")
                || IsSame(asked.Nick, seen[1]))
            && (asked.Kind != IntentKind.Mode || code != "472" || asked.Text == ModerationWishes.UnknownMode)
            && (asked.Kind != IntentKind.Mode || code is not ("401" or "441")
                || asked.Text.EndsWith(" " + seen[1], StringComparison.OrdinalIgnoreCase))
            && (asked.Kind != IntentKind.Nick || (code == "437" ? IsNoNick(seen) && asked.Nick != seen[0] : asked.Nick == seen[1]))
            && (asked.Kind != IntentKind.Join || code != "437" || !IsNoNick(seen))
            && (asked.Kind is not (IntentKind.Message or IntentKind.Kill) || code == "481" || IsSame(asked.Nick, seen[1]));
    }

    /// <summary>A request was refused: at some moment that must have been right.</summary>
    public static void Check(Refusals refusals, Link link, Intent asked, string code, IrcSeen seen)
    {
        if (CodeOf(asked, code, seen) is { } why)
        {
            refusals.CheckTold(link, asked, why);
        }
    }

    /// <summary>Why a request is refused, as the line says; null where that is not a matter of rights.</summary>
    public static ErrorCode? CodeOf(Intent asked, string code, IrcSeen seen)
    {
        var isSpeech = code == "404" && (seen.Last == "Cannot send to channel"
            || seen.Last.Contains(" is moderated: ", StringComparison.Ordinal)
            || seen.Last.EndsWith(": you may read, but not speak", StringComparison.Ordinal));
        return code switch
        {
            "404" when isSpeech => ErrorCode.CannotSpeak,
            "437" when asked.Kind == IntentKind.Nick => ErrorCode.Banned,
            "441" => ErrorCode.NotThere,
            "443" => ErrorCode.AlreadyThere,
            "471" => ErrorCode.RoomFull,
            "473" => ErrorCode.InviteOnly,
            "474" => ErrorCode.Banned,
            "475" => ErrorCode.BadKey,
            "481" => ErrorCode.NotOperator,
            "482" => ErrorCode.NotRoomOperator,
            _ => null,
        };
    }

    private static bool IsNoNick(IrcSeen seen) => seen.Last.StartsWith(NoNick, StringComparison.Ordinal);

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
