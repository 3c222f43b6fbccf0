using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a parser must make of an input: why it is refused, or what it asks. A text is null where the model does not say.</summary>
internal sealed record ParsedCommand(ErrorCode Code, CommandKind Kind = CommandKind.None, string Room = "", string Nick = "",
    string Text = "", bool HasText = false, string Id = "")
{
    public string Key { get; init; } = "";

    /// <summary>Each argument with a NUL before it.</summary>
    public string Arguments { get; init; } = "";

    public long After { get; init; }

    public long Epoch { get; init; }

    public int Limit { get; init; }

    public string FileId { get; init; } = "";

    public long Number { get; init; }

    public long Offset { get; init; }

    public long SizePlusOne { get; init; }

    /// <summary>What is different in what was parsed; null when nothing is.</summary>
    public string? Compare(in CommandResult result, in Command command)
    {
        if (result.Code != Code)
        {
            return $"the answer is {result.Code} ({result.Message}), the model says {Code}";
        }

        if (!result.IsOk)
        {
            return result.Message.Length > 0 ? null : "refused without a word";
        }

        if (command.Kind != Kind || command.HasText != HasText)
        {
            return $"the command is {command.Kind} (text given: {command.HasText}), the model says {Kind} ({HasText})";
        }

        if (command.After != After || command.Epoch != Epoch || command.Limit != Limit)
        {
            return $"after, epoch and limit are {command.After}, {command.Epoch} and {command.Limit}, "
                + $"the model says {After}, {Epoch} and {Limit}";
        }

        if (command.Number != Number || command.Offset != Offset || command.SizePlusOne != SizePlusOne)
        {
            return $"number, offset and size + 1 are {command.Number}, {command.Offset} and {command.SizePlusOne}, "
                + $"the model says {Number}, {Offset} and {SizePlusOne}";
        }

        return Differs("file", command.FileId, FileId) ?? Differs("room", command.Room, Room)
            ?? Differs("nick", command.Nick, Nick)
            ?? Differs("text", command.Text, Text) ?? Differs("id", command.Id, Id) ?? Differs("key", command.Key, Key)
            ?? Differs("arguments", command.Arguments, Arguments);
    }

    private static string? Differs(string what, ReadOnlySpan<byte> parsed, string expected)
    {
        if (!ReferenceUtf8.IsValid(parsed))
        {
            return $"the {what} is not UTF-8: {Convert.ToHexString(parsed)}";
        }

        Span<byte> bytes = expected.Length <= 1024 ? stackalloc byte[expected.Length * 3] : new byte[expected.Length * 3];
        bytes = bytes[..System.Text.Encoding.UTF8.GetBytes(expected, bytes)];
        return parsed.SequenceEqual(bytes)
            ? null : $"the {what} is {Convert.ToHexString(parsed)}, the model says {Convert.ToHexString(bytes)}";
    }
}
