using System.Numerics;
using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Reads one request object.</summary>
/// <remarks>
/// Unknown fields are skipped, so that clients of later versions work. A known field must not occur twice and must have its type. Otherwise
/// two readers could understand one frame differently.
/// </remarks>
internal sealed class JsonRequestReader
{
    private const int MaxDepth = 16;
    private const int MaxIdBytes = 128;

    // The largest integer that every JSON reader represents exactly (RFC 8259, section 6).
    private const long MaxNumber = (1L << 53) - 1;

    private const string NotStrings = "the field args must be an array of strings, without halves of surrogate pairs";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    // Holds unescaped strings, which are never longer than their frame.
    private byte[] _scratch = [];
    private int _used;

    /// <exception cref="JsonException">The frame is not JSON.</exception>
    public CommandResult Read(ReadOnlySpan<byte> frame, out Command command)
    {
        _used = 0;
        if (_scratch.Length < frame.Length)
        {
            _scratch = new byte[BitOperations.RoundUpToPowerOf2((uint)frame.Length)];
        }

        command = default;
        var request = default(Command);
        ReadOnlySpan<byte> type = default;
        var reader = new Utf8JsonReader(frame, Strict);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return CommandResult.Error(ErrorCode.BadJson, "the frame is not a JSON object such as {\"type\":\"say\",\"text\":\"hi\"}");
        }

        var seen = JsonField.None;
        var fault = CommandResult.Ok();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = NameOf(ref reader);
            reader.Read();
            if (field == JsonField.None || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }

            var isTwice = (seen & field) != 0;
            seen |= field;
            var value = isTwice ? Twice(ref reader, field) : ReadField(ref reader, field, frame, ref request, ref type);
            fault = fault.IsOk ? value : fault;
        }

        // Reads to the end, so that content after the object is reported.
        reader.Read();
        var result = fault.IsOk ? Name(type, ref request) : fault;
        command = request;
        return result;
    }

    private static CommandResult Name(ReadOnlySpan<byte> type, ref Command command)
    {
        if (type.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the field type is missing");
        }

        var info = CommandTable.Find(type);
        if (info is null || !type.SequenceEqual(info.Name))
        {
            return CommandResult.Error(ErrorCode.UnknownCommand,
                $"unknown type: {CommandTable.Suggest(type, CommandTable.Names, mark: "")}help lists the types");
        }

        command.Kind = info.Kind;
        command.TellsAway = true;
        return info.Kind == CommandKind.Help ? CheckHelpTopic(command.Text) : CommandResult.Ok();
    }

    private static CommandResult CheckHelpTopic(ReadOnlySpan<byte> topic) =>
        CommandTable.CheckHelpTopic(topic, CommandTable.Find(topic.TrimStart("/"u8)), CommandTable.Names);

    private static CommandResult Twice(ref Utf8JsonReader reader, JsonField field)
    {
        reader.Skip();
        return CommandResult.Error(ErrorCode.BadField, field == JsonField.Text
            ? "text, token, reason, modes, command, password, data and sha256 share one field: give only one of them"
            : $"the field {JsonFields.NamesOf(field)} is given twice");
    }

    private CommandResult ReadField(scoped ref Utf8JsonReader reader, JsonField field, ReadOnlySpan<byte> frame, scoped ref Command command,
        scoped ref ReadOnlySpan<byte> type)
    {
        if (field == JsonField.Id)
        {
            return ReadId(ref reader, frame, ref command);
        }

        if (field == JsonField.Arguments)
        {
            return ReadArguments(ref reader, ref command);
        }

        if (field is JsonField.After or JsonField.Limit or JsonField.Epoch or JsonField.Number or JsonField.Offset or JsonField.Size)
        {
            return ReadNumber(ref reader, field, ref command);
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return CommandResult.Error(ErrorCode.BadField, $"the field {JsonFields.NamesOf(field)} must be a string");
        }

        var unescaped = 0;
        if (reader.ValueIsEscaped && !TryUnescape(ref reader, out unescaped))
        {
            return CommandResult.Error(ErrorCode.BadField, $"the field {JsonFields.NamesOf(field)} contains half a surrogate pair");
        }

        // Without escapes, the value is the token's bytes without the quotes.
        var value = reader.ValueIsEscaped
            ? _scratch.AsSpan(_used - unescaped, unescaped)
            : frame.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

        switch (field)
        {
            case JsonField.Type:
                type = value;
                break;
            case JsonField.Room:
                command.Room = value;
                break;
            case JsonField.Nick:
                command.Nick = value;
                break;
            case JsonField.Key:
                command.Key = value;
                break;
            case JsonField.File:
                command.FileId = value;
                break;
            default:
                command.Text = value;
                command.HasText = true;
                break;
        }

        return CommandResult.Ok();
    }

    private static CommandResult ReadNumber(scoped ref Utf8JsonReader reader, JsonField field, scoped ref Command command)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0 || number > MaxNumber)
        {
            reader.Skip();
            return CommandResult.Error(ErrorCode.BadField,
                $"the field {JsonFields.NamesOf(field)} must be a whole number from 0 to {MaxNumber}");
        }

        switch (field)
        {
            case JsonField.After:
                command.After = number;
                break;
            case JsonField.Epoch:
                command.Epoch = number;
                break;
            case JsonField.Number:
                command.Number = number;
                break;
            case JsonField.Offset:
                command.Offset = number;
                break;
            case JsonField.Size:
                command.SizePlusOne = number + 1;
                break;
            default:
                command.Limit = (int)Math.Min(number, int.MaxValue);
                break;
        }

        return CommandResult.Ok();
    }

    // Returns the id as the client wrote it, quotes and escapes included. The client only needs to recognise it.
    private static CommandResult ReadId(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> frame, scoped ref Command command)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            reader.Skip();
            return CommandResult.Error(ErrorCode.BadField, "the field id must be a string or a number");
        }

        var start = (int)reader.TokenStartIndex;
        var length = (int)reader.BytesConsumed - start;
        if (length > MaxIdBytes)
        {
            return CommandResult.Error(ErrorCode.BadField, $"the field id has more than {MaxIdBytes} bytes");
        }

        command.Id = frame.Slice(start, length);
        return CommandResult.Ok();
    }

    // Puts a NUL before each argument. It takes the room of a quote, so all arguments fit the scratch memory.
    private CommandResult ReadArguments(scoped ref Utf8JsonReader reader, scoped ref Command command)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return CommandResult.Error(ErrorCode.BadField, NotStrings);
        }

        var (start, depth, result) = (_used, reader.CurrentDepth, CommandResult.Ok());
        while (reader.Read() && (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth > depth))
        {
            if (!result.IsOk)
            {
                continue;
            }

            _scratch[_used++] = 0;
            var begin = _used;
            result = reader.TokenType != JsonTokenType.String || !TryUnescape(ref reader, out _)
                ? CommandResult.Error(ErrorCode.BadField, NotStrings)
                : _scratch.AsSpan(begin, _used - begin).Contains((byte)0)
                ? CommandResult.Error(ErrorCode.ControlCharacter, "an argument contains a control character") : result;
        }

        command.Arguments = _scratch.AsSpan(start, _used - start);
        return result;
    }

    private bool TryUnescape(ref Utf8JsonReader reader, out int length)
    {
        try
        {
            length = reader.CopyString(_scratch.AsSpan(_used));
            _used += length;
            return true;
        }
        catch (InvalidOperationException)
        {
            // CopyString reports a lone surrogate only by this exception.
            length = 0;
            return false;
        }
    }

    // Escapes do not change a name (RFC 8259, section 8.3). No field of ours has a name with a lone surrogate.
    private JsonField NameOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return JsonFields.Find(reader.ValueSpan);
        }

        return TryUnescape(ref reader, out var length) ? JsonFields.Find(_scratch.AsSpan(_used - length, length)) : JsonField.None;
    }
}
