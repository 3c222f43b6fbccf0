using System.Text.Json.Nodes;


namespace MuxChat.Testing.Clients;

/// <summary>JSON in which the string "..." stands for any value. Objects must have the same fields, in any order, and no others.</summary>
public static class JsonPattern
{
    private const string Anything = "...";

    public static bool Matches(JsonNode? pattern, JsonNode? actual) => pattern switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) && text == Anything => actual is not null,
        JsonObject fields => actual is JsonObject other
            && fields.Count == other.Count
            && fields.All(field => other.ContainsKey(field.Key) && Matches(field.Value, other[field.Key])),
        JsonArray items => actual is JsonArray others
            && items.Count == others.Count
            && items.Zip(others).All(pair => Matches(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(pattern, actual),
    };
}
