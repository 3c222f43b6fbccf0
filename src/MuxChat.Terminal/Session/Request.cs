using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>A request to the server: a type and fields, which are strings, arrays of strings, or whole numbers.</summary>
/// <param name="Type">The type, as docs/protocols/json.md has it.</param>
/// <param name="Fields">Names and values. A null value is left out.</param>
internal sealed record Request(string Type, params (string Name, object? Value)[] Fields)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the request as a JSON object, with an id if one is given.</summary>
    public byte[] ToJson(string? id = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        json.WriteStartObject();
        json.WriteString("type", Type);
        foreach (var (name, value) in Fields)
        {
            if (value is long number)
            {
                json.WriteNumber(name, number);
            }
            else if (value is string text)
            {
                json.WriteString(name, text);
            }
            else if (value is string[] texts)
            {
                json.WriteStartArray(name);
                Array.ForEach(texts, json.WriteStringValue);
                json.WriteEndArray();
            }
        }

        if (id is not null)
        {
            json.WriteString("id", id);
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
