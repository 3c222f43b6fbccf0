using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MuxChat.LoadTests.Wires;

/// <summary>Translates between lines and the JSON messages of docs/protocols/json.md: those that the simulated clients need.</summary>
/// <remarks>One object serves one client: it keeps its buffers.</remarks>
internal sealed class JsonLines
{
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private Utf8JsonWriter? _json;

    /// <summary>The message of a line, valid until the next call.</summary>
    public ReadOnlySpan<byte> ToMessage(ReadOnlySpan<byte> line)
    {
        _message.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_message);
        _json.Reset(_message);
        _json.WriteStartObject();
        var space = line.IndexOf((byte)' ');
        var word = space < 0 ? line : line[..space];
        var rest = space < 0 ? [] : line[(space + 1)..];
        if (word.IsEmpty || word[0] != (byte)'/')
        {
            _json.WriteString("type"u8, "say"u8);
            _json.WriteString("text"u8, line);
        }
        else
        {
            _json.WriteString("type"u8, word[1..]);
            if (!rest.IsEmpty)
            {
                _json.WriteString(FieldOf(word), rest);
            }
        }

        _json.WriteEndObject();
        _json.Flush();
        return _message.WrittenSpan;
    }

    /// <summary>
    /// The line of a message, valid until the next call; empty for one that is no JSON object. A message that says nothing to these
    /// clients becomes a star and its type.
    /// </summary>
    public ReadOnlySpan<byte> ToLine(ReadOnlySpan<byte> message)
    {
        _line.ResetWrittenCount();
        try
        {
            Write(Read(message));
        }
        catch (JsonException)
        {
            // The only way in which the reader reports a malformed message. An empty line is counted as a corrupted one.
            return [];
        }

        return _line.WrittenSpan;
    }

    private static ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("/nick"u8) => "nick"u8,
        _ when word.SequenceEqual("/ping"u8) => "token"u8,
        _ when word.SequenceEqual("/quit"u8) => "reason"u8,
        _ when word.SequenceEqual("/join"u8) || word.SequenceEqual("/part"u8) => "room"u8,
        _ => throw new NotSupportedException($"the load tests send no {Encoding.UTF8.GetString(word)}"),
    };

    // The values point into the message: none that these clients need is escaped, or else it differs from what was sent and is counted so.
    private static Fields Read(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        var fields = default(Fields);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                fields.Set(name, reader.ValueSpan);
            }
        }

        return fields;
    }

    private void Write(in Fields fields)
    {
        if (fields.Type.SequenceEqual("said"u8))
        {
            Put("<"u8, fields.From, "> "u8, fields.Text);
        }
        else if (fields.Type.SequenceEqual("error"u8))
        {
            Put("! "u8, fields.Message);
        }
        else if (fields.Type.SequenceEqual("pong"u8))
        {
            Put("* pong "u8, fields.Token);
        }
        else if (fields.Type.SequenceEqual("joined"u8) || fields.Type.SequenceEqual("left"u8))
        {
            Put("* "u8, fields.Nick, " "u8, fields.Type);
            Put(" "u8, fields.Room);
        }
        else if (fields.Type.SequenceEqual("quit"u8))
        {
            Put("* "u8, fields.Nick, " quit"u8);
        }
        else if (!fields.Type.IsEmpty)
        {
            Put("* "u8, fields.Type);
        }
    }

    private void Put(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        _line.Write(a);
        _line.Write(b);
        _line.Write(c);
        _line.Write(d);
    }

    private ref struct Fields
    {
        public ReadOnlySpan<byte> Type { get; private set; }

        public ReadOnlySpan<byte> Room { get; private set; }

        public ReadOnlySpan<byte> From { get; private set; }

        public ReadOnlySpan<byte> Nick { get; private set; }

        public ReadOnlySpan<byte> Text { get; private set; }

        public ReadOnlySpan<byte> Token { get; private set; }

        public ReadOnlySpan<byte> Message { get; private set; }

        public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            switch (name)
            {
                case var _ when name.SequenceEqual("type"u8):
                    Type = value;
                    break;
                case var _ when name.SequenceEqual("room"u8):
                    Room = value;
                    break;
                case var _ when name.SequenceEqual("from"u8):
                    From = value;
                    break;
                case var _ when name.SequenceEqual("nick"u8):
                    Nick = value;
                    break;
                case var _ when name.SequenceEqual("text"u8):
                    Text = value;
                    break;
                case var _ when name.SequenceEqual("token"u8):
                    Token = value;
                    break;
                case var _ when name.SequenceEqual("message"u8):
                    Message = value;
                    break;
            }
        }
    }
}
