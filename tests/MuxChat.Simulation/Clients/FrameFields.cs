using System.Text;
using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients;

/// <summary>The fields of one frame that a program looks at; others are skipped.</summary>
internal sealed class FrameFields
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);

    /// <summary>The id, as it was written.</summary>
    public string? Id { get; private set; }

    public long Seq => Number("seq");

    /// <summary>Why a request is refused; null for no refusal that is known.</summary>
    public ErrorCode? Code =>
        Enum.TryParse<ErrorCode>(this["code"].Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var code) ? code : null;

    /// <summary>Whether there is more of a list.</summary>
    public bool More { get; private set; }

    /// <summary>Events of the past.</summary>
    public List<FrameFields> Events { get; } = [];

    public string this[string name] => _texts.TryGetValue(name, out var text) ? text : "";

    /// <summary>A number; -1 when it is not there.</summary>
    public long Number(string name) => _numbers.GetValueOrDefault(name, -1);

    /// <exception cref="JsonException">The frame is not one JSON object.</exception>
    public static FrameFields Parse(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a frame that is not an object");
        }

        var fields = ReadObject(ref reader, frame);
        return reader.Read() ? throw new JsonException("more bytes after the object") : fields;
    }

    private static FrameFields ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> frame)
    {
        var fields = new FrameFields();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            fields.Take(ref reader, frame, name);
        }

        return fields;
    }

    private void Take(ref Utf8JsonReader reader, ReadOnlySpan<byte> frame, string name)
    {
        if (name == "id")
        {
            Id = Encoding.UTF8.GetString(frame[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
            return;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                _texts[name] = reader.GetString()!;
                break;
            case JsonTokenType.Number:
                _numbers[name] = reader.GetInt64();
                break;
            case JsonTokenType.True:
                More |= name == "more";
                break;
            case JsonTokenType.StartArray when name is "events" or "files":
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    Events.Add(ReadObject(ref reader, frame));
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }
}
