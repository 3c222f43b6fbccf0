using System.Text;
using System.Text.Json;

namespace MuxChat.Simulation.Clients;

/// <summary>The fields of one frame that a program looks at; others are skipped.</summary>
internal sealed class FrameFields
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The id, as it was written.</summary>
    public string? Id { get; private set; }

    public long Seq { get; private set; } = -1;

    public string this[string name] => _texts.TryGetValue(name, out var text) ? text : "";

    /// <exception cref="JsonException">The frame is not one JSON object.</exception>
    public static FrameFields Parse(ReadOnlySpan<byte> frame)
    {
        var fields = new FrameFields();
        var reader = new Utf8JsonReader(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a frame that is no object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "id")
            {
                fields.Id = Encoding.UTF8.GetString(frame[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
            }
            else if (name == "seq")
            {
                fields.Seq = reader.GetInt64();
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                fields._texts[name] = reader.GetString()!;
            }
            else
            {
                reader.Skip();
            }
        }

        return reader.Read() ? throw new JsonException("something behind the object") : fields;
    }
}
