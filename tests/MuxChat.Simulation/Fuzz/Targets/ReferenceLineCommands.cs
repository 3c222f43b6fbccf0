using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a line must be taken for, written down with strings.</summary>
internal static class ReferenceLineCommands
{
    /// <summary>Whether there is help on it: nothing, or a command's name, with slashes in front or not.</summary>
    public static bool IsHelpTopic(string topic)
    {
        var name = Lower(topic.TrimStart('/'));
        return topic.Length == 0 || CommandWords.Kinds.ContainsKey(name);
    }

    private static bool IsHelpTopicOnLines(string topic)
    {
        var name = Lower(topic.TrimStart('/'));
        return topic.Length == 0 || (!CommandWords.IsOnFramesOnly(name)
            && (CommandWords.Kinds.ContainsKey(name) || CommandWords.OnLines.ContainsKey(name)
                || CommandWords.ShortForms.ContainsKey(name)));
    }

    public static ParsedCommand Read(ReadOnlySpan<byte> line)
    {
        if (!ReferenceUtf8.IsValid(line))
        {
            return new ParsedCommand(ErrorCode.NotUtf8);
        }

        var text = Encoding.UTF8.GetString(line);
        if (text.Length == 0)
        {
            return new ParsedCommand(ErrorCode.None);
        }

        if (text[0] != '/' || text.StartsWith("//", StringComparison.Ordinal))
        {
            return new ParsedCommand(ErrorCode.None, CommandKind.Say, Text: text[0] == '/' ? text[1..] : text);
        }

        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? text[1..] : text[1..space];
        var rest = space < 0 ? "" : text[space..].Trim(' ');
        return CommandWords.ShortForms.TryGetValue(Lower(name), out var change) ? ReadShortForm(change, rest)
            : CommandWords.OnLines.TryGetValue(Lower(name), out var other) ? Read(other, rest)
            : !CommandWords.IsOnFramesOnly(Lower(name)) && CommandWords.Kinds.TryGetValue(Lower(name), out var kind) ? Read(kind, rest)
            : new ParsedCommand(ErrorCode.UnknownCommand);
    }

    private static ParsedCommand Read(CommandKind kind, string rest)
    {
        var command = new ParsedCommand(ErrorCode.None, kind);
        var missing = new ParsedCommand(ErrorCode.MissingField);
        switch (kind)
        {
            case CommandKind.Nick:
                return rest.Length == 0 ? missing : command with { Nick = rest };
            case CommandKind.Join when rest.Length == 0:
                return missing;
            case CommandKind.Join:
                var (name, key) = Cut(rest);
                return command with { Room = name[0] == '#' ? name : "#" + name, Key = key };
            case CommandKind.Topic or CommandKind.Modes or CommandKind.Kick or CommandKind.Invite or CommandKind.Override:
                return ReadModeration(command, rest);
            case CommandKind.Get:
                return IsNumber(rest, out var file) ? command with { Number = file } : new ParsedCommand(ErrorCode.BadField);
            case CommandKind.Part or CommandKind.Who or CommandKind.Files:
                return command with { Room = rest.Length == 0 || rest[0] == '#' ? rest : "#" + rest };
            case CommandKind.Kill when rest.Length > 0 && !rest.Contains(' ', StringComparison.Ordinal):
                return command with { Nick = rest };
            case CommandKind.Message or CommandKind.Oper or CommandKind.Kill:
                var space = rest.IndexOf(' ', StringComparison.Ordinal);
                return space < 0 ? missing : command with { Nick = rest[..space], Text = rest[(space + 1)..] };
            case CommandKind.Act or CommandKind.Pass or CommandKind.Wallops:
                return rest.Length == 0 ? missing : command with { Text = rest };
            case CommandKind.History when rest.Length == 0:
                return command;
            case CommandKind.History:
                return ReadHistory(command, rest);
            case CommandKind.Run:
                var (program, behind) = Cut(rest);
                return ReadWords(behind) is { } words ? command with { Nick = program, Arguments = words }
                    : new ParsedCommand(ErrorCode.BadField);
            case CommandKind.Help:
                return IsHelpTopicOnLines(rest) ? command with { Text = rest } : new ParsedCommand(ErrorCode.UnknownCommand);
            default:
                return command with { Text = rest, HasText = rest.Length > 0 };
        }
    }

    // The base library takes zero characters after a number for nothing.
    private static bool IsNumber(string text, out long number)
    {
        number = 0;
        return !text.Contains('\0', StringComparison.Ordinal)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number > 0;
    }

    private static ParsedCommand ReadModeration(ParsedCommand command, string rest)
    {
        var (room, behind) = rest.StartsWith('#') ? Cut(rest) : ("", rest);
        if (command.Kind == CommandKind.Topic)
        {
            return command with { Room = room, Text = behind, HasText = behind.Length > 0 };
        }

        if (command.Kind == CommandKind.Modes)
        {
            return behind is "" or "b" or "e" or "I" || behind[0] is '+' or '-' ? command with { Room = room, Text = behind }
                : new ParsedCommand(ErrorCode.BadField);
        }

        var (nick, text) = Cut(behind);
        return nick.Length == 0 ? new ParsedCommand(ErrorCode.MissingField)
            : text.Length > 0 && command.Kind != CommandKind.Kick ? new ParsedCommand(ErrorCode.BadField)
            : command with { Room = room, Nick = nick, Text = text };
    }

    private static ParsedCommand ReadShortForm(string change, string rest)
    {
        var (room, behind) = rest.StartsWith('#') ? Cut(rest) : ("", rest);
        var (parameter, more) = Cut(behind);
        return more.Length > 0 ? new ParsedCommand(ErrorCode.BadField)
            : parameter.Length == 0 && change != "+b" ? new ParsedCommand(ErrorCode.MissingField)
            : new ParsedCommand(ErrorCode.None, CommandKind.Modes, Room: room, Text: $"{change} {parameter}");
    }

    // A number may come alone; any other word in front is a room.
    private static ParsedCommand ReadHistory(ParsedCommand command, string rest)
    {
        var isNumberAlone = char.IsAsciiDigit(rest[0]) || rest[0] is '+' or '-';
        var (room, number) = isNumberAlone ? ("", rest) : Cut(rest);
        command = command with { Room = room.Length == 0 || room[0] == '#' ? room : "#" + room };
        return number.Length == 0 ? command
            : IsNumber(number, out var lines) && lines <= int.MaxValue ? command with { Limit = (int)lines }
            : new ParsedCommand(ErrorCode.BadField);
    }

    // The words, each with a NUL before it; null if a quote is not closed. Between quotes nothing but a quote ends a word.
    private static string? ReadWords(string text)
    {
        var words = new StringBuilder();
        var (isInside, isQuoted) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0')
            {
                return null;
            }

            if (text[at] == ' ' && !isQuoted)
            {
                isInside = false;
                continue;
            }

            words.Append(isInside ? "" : "\0");
            isInside = true;
            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
                continue;
            }

            var isEscape = isQuoted && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ('"' or '\\');
            at += isEscape ? 1 : 0;
            words.Append(text[at]);
        }

        return isQuoted ? null : words.ToString();
    }

    // The first word, and what follows the spaces after it.
    private static (string Word, string Behind) Cut(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[space..].TrimStart(' '));
    }

    // ASCII only: the Kelvin sign is no k.
    private static string Lower(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character));
}
