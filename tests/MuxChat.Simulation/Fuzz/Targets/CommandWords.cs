using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>The commands as lines and frames name them, written down once more.</summary>
internal static class CommandWords
{
    public static readonly IReadOnlyDictionary<string, CommandKind> Kinds = new Dictionary<string, CommandKind>
    {
        ["say"] = CommandKind.Say,
        ["me"] = CommandKind.Act,
        ["msg"] = CommandKind.Message,
        ["nick"] = CommandKind.Nick,
        ["join"] = CommandKind.Join,
        ["part"] = CommandKind.Part,
        ["topic"] = CommandKind.Topic,
        ["mode"] = CommandKind.Modes,
        ["kick"] = CommandKind.Kick,
        ["invite"] = CommandKind.Invite,
        ["away"] = CommandKind.Away,
        ["rooms"] = CommandKind.Rooms,
        ["who"] = CommandKind.Who,
        ["history"] = CommandKind.History,
        ["resume"] = CommandKind.Resume,
        ["share"] = CommandKind.Share,
        ["chunk"] = CommandKind.Chunk,
        ["files"] = CommandKind.Files,
        ["get"] = CommandKind.Get,
        ["ping"] = CommandKind.Ping,
        ["pong"] = CommandKind.None,
        ["stats"] = CommandKind.Stats,
        ["help"] = CommandKind.Help,
        ["quit"] = CommandKind.Quit,
        ["pass"] = CommandKind.Pass,
        ["oper"] = CommandKind.Oper,
        ["kill"] = CommandKind.Kill,
        ["op"] = CommandKind.Override,
        ["rehash"] = CommandKind.Rehash,
        ["wallops"] = CommandKind.Wallops,
        ["run"] = CommandKind.Run,
    };

    /// <summary>Other names, which lines alone know.</summary>
    public static readonly IReadOnlyDictionary<string, CommandKind> OnLines = new Dictionary<string, CommandKind>
    {
        ["leave"] = CommandKind.Part,
        ["list"] = CommandKind.Rooms,
        ["names"] = CommandKind.Who,
        ["exit"] = CommandKind.Quit,
    };

    /// <summary>Short forms of a change of modes, which lines alone know.</summary>
    public static readonly IReadOnlyDictionary<string, string> ShortForms = new Dictionary<string, string>
    {
        ["ban"] = "+b",
        ["unban"] = "-b",
        ["deop"] = "-o",
        ["voice"] = "+v",
        ["devoice"] = "-v",
    };

    /// <summary>Whether it is for programs only.</summary>
    public static bool IsOnFramesOnly(string word) => word is "say" or "pong" or "resume" or "share" or "chunk";
}
