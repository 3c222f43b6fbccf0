using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Line;

/// <summary>The commands that can be typed: those of <see cref="CommandTable"/> with their other names, and short forms of modes.</summary>
internal static class LineCommands
{
    public static readonly CommandInfo[] All =
    [
        .. CommandTable.All.Where(static command => command.LineSyntax.Length > 0),
        ShortFor("+b", "ban", "/ban [#ROOM] [MASK]", "bans a nick or a mask, or lists the bans"),
        ShortFor("-b", "unban", "/unban [#ROOM] MASK", "lifts a ban"),
        ShortFor("-o", "deop", "/deop [#ROOM] NICK", "takes an operator's rank back"),
        ShortFor("+v", "voice", "/voice [#ROOM] NICK", "lets a member speak whatever the room's modes say"),
        ShortFor("-v", "devoice", "/devoice [#ROOM] NICK", "takes that back"),
    ];

    /// <summary>The names of all of them, also the other ones, for suggestions.</summary>
    public static readonly string[] Names =
        [.. All.SelectMany(static command => command.OtherNames.Prepend(Encoding.ASCII.GetString(command.Name)))];

    /// <summary>Finds a command by one of its names, in any case; null if there is none.</summary>
    public static CommandInfo? Find(ReadOnlySpan<byte> name)
    {
        foreach (var command in All)
        {
            if (Ascii.EqualsIgnoreCase(name, command.Name) || IsOneOf(command.OtherNames, name))
            {
                return command;
            }
        }

        return null;
    }

    /// <summary>Finds the command that a help request names, with or without its slash; null if there is none.</summary>
    public static CommandInfo? FindTopic(ReadOnlySpan<byte> topic) => Find(topic.TrimStart("/"u8));

    /// <summary>Makes the error for a name that no command has.</summary>
    public static CommandResult Unknown(ReadOnlySpan<byte> name) => CommandResult.Error(
        ErrorCode.UnknownCommand,
        $"unknown command: {CommandTable.Suggest(name, Names, mark: "/")}"
            + "/help lists the commands; //text sends a line that begins with a slash");

    private static bool IsOneOf(string[] names, ReadOnlySpan<byte> name)
    {
        foreach (var one in names)
        {
            if (Ascii.EqualsIgnoreCase(name, one))
            {
                return true;
            }
        }

        return false;
    }

    private static CommandInfo ShortFor(string change, string name, string syntax, string summary) =>
        new(name, CommandKind.Modes, syntax, "", $"{summary}; short for /mode {change}") { ModeChange = change };
}
