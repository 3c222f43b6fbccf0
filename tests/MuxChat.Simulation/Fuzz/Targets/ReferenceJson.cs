using System.Globalization;
using System.Text;
using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What a request must be taken for, by the document that System.Text.Json reads.</summary>
internal static class ReferenceJson
{
    private const int MaxIdBytes = 128;
    private const long MaxNumber = (1L << 53) - 1;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["type"] = "type",
        ["id"] = "id",
        ["room"] = "room",
        ["nick"] = "nick",
        ["to"] = "nick",
        ["name"] = "nick",
        ["text"] = "text",
        ["token"] = "text",
        ["reason"] = "text",
        ["command"] = "text",
        ["modes"] = "text",
        ["key"] = "key",
        ["password"] = "text",
        ["after"] = "after",
        ["limit"] = "limit",
        ["epoch"] = "epoch",
        ["data"] = "text",
        ["sha256"] = "text",
        ["file"] = "file",
        ["number"] = "number",
        ["offset"] = "offset",
        ["length"] = "limit",
        ["size"] = "size",
        ["args"] = "args",
    };

    public static ParsedCommand Read(ReadOnlySpan<byte> frame)
    {
        if (!ReferenceUtf8.IsValid(frame))
        {
            return new ParsedCommand(ErrorCode.NotUtf8);
        }

        try
        {
            using var document = JsonDocument.Parse(frame.ToArray(), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement) : new ParsedCommand(ErrorCode.BadJson);
        }
        catch (JsonException)
        {
            return new ParsedCommand(ErrorCode.BadJson);
        }
    }

    private static ParsedCommand Read(JsonElement root)
    {
        var given = new Dictionary<string, string>();
        var seen = new HashSet<string>();
        var refusal = ErrorCode.None;
        foreach (var property in root.EnumerateObject())
        {
            if (!TryGet(() => property.Name, out var name) || !Fields.TryGetValue(name, out var field)
                || property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var code = !seen.Add(field) ? ErrorCode.BadField
                : field == "args" ? TakeArguments(property.Value, given)
                : TryTake(field, property.Value, given) ? ErrorCode.None : ErrorCode.BadField;
            refusal = refusal == ErrorCode.None ? code : refusal;
        }

        return refusal != ErrorCode.None ? new ParsedCommand(refusal) : Name(given);
    }

    private static bool TryTake(string field, JsonElement value, Dictionary<string, string> given)
    {
        if (field == "id")
        {
            given[field] = value.GetRawText();
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && Encoding.UTF8.GetByteCount(given[field]) <= MaxIdBytes;
        }

        if (field is "after" or "limit" or "epoch" or "number" or "offset" or "size")
        {
            given[field] = value.GetRawText();
            return value.ValueKind == JsonValueKind.Number
                && long.TryParse(given[field], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number is >= 0 and <= MaxNumber;
        }

        if (value.ValueKind != JsonValueKind.String || !TryGet(() => value.GetString()!, out var text))
        {
            return false;
        }

        given[field] = text;
        return true;
    }

    // The first argument that is wrong says why.
    private static ErrorCode TakeArguments(JsonElement value, Dictionary<string, string> given)
    {
        given["args"] = "";
        if (value.ValueKind != JsonValueKind.Array)
        {
            return ErrorCode.BadField;
        }

        foreach (var one in value.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String || !TryGet(() => one.GetString()!, out var argument))
            {
                return ErrorCode.BadField;
            }

            if (argument.Contains('\0', StringComparison.Ordinal))
            {
                return ErrorCode.ControlCharacter;
            }

            given["args"] += "\0" + argument;
        }

        return ErrorCode.None;
    }

    private static ParsedCommand Name(Dictionary<string, string> given)
    {
        var type = given.GetValueOrDefault("type", "");
        if (type.Length == 0)
        {
            return new ParsedCommand(ErrorCode.MissingField);
        }

        var text = given.GetValueOrDefault("text", "");
        if (!CommandWords.Kinds.TryGetValue(type, out var kind) || (kind == CommandKind.Help && !ReferenceLineCommands.IsHelpTopic(text)))
        {
            return new ParsedCommand(ErrorCode.UnknownCommand);
        }

        return new ParsedCommand(
            ErrorCode.None, kind, given.GetValueOrDefault("room", ""), given.GetValueOrDefault("nick", ""), text, given.ContainsKey("text"),
            given.GetValueOrDefault("id", ""))
        {
            Key = given.GetValueOrDefault("key", ""),
            Arguments = given.GetValueOrDefault("args", ""),
            After = NumberOf(given, "after"),
            Epoch = NumberOf(given, "epoch"),
            FileId = given.GetValueOrDefault("file", ""),
            Number = NumberOf(given, "number"),
            Offset = NumberOf(given, "offset"),
            SizePlusOne = given.ContainsKey("size") ? NumberOf(given, "size") + 1 : 0,
            Limit = (int)Math.Min(NumberOf(given, "limit"), int.MaxValue),
        };
    }

    private static long NumberOf(Dictionary<string, string> given, string field) =>
        long.Parse(given.GetValueOrDefault(field, "0"), CultureInfo.InvariantCulture);

    // Half a surrogate pair is reported by an exception and in no other way.
    private static bool TryGet(Func<string> get, out string text)
    {
        try
        {
            text = get();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
