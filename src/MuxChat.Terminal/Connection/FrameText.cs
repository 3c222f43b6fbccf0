using System.Text.Json;
using System.Text.Unicode;

namespace MuxChat.Terminal.Connection;

/// <summary>Reads the JSON of a frame, and makes sure that every name and string in it can be read.</summary>
/// <remarks>
/// The parser looks at neither bytes that are no UTF-8 nor halves of surrogate pairs, before a string is asked for. That would throw in the
/// middle of the chat.
/// </remarks>
internal static class FrameText
{
    /// <summary>Returns what a frame says.</summary>
    /// <exception cref="JsonException">It is not JSON, or a name or string in it is not Unicode.</exception>
    public static JsonElement Parse(byte[] json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException();
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader is { ValueIsEscaped: true, TokenType: JsonTokenType.String or JsonTokenType.PropertyName })
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException(message: null, error);
        }

        return JsonElement.Parse(json);
    }
}
