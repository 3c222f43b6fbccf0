using System.Globalization;
using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>Reads the fields of a server's frame. A field that is missing or has another type is empty, or 0.</summary>
internal static class FrameFields
{
    public static string Text(this JsonElement frame, string name) =>
        TryGet(frame, name, JsonValueKind.String, out var value) ? value.GetString()! : "";

    public static long Number(this JsonElement frame, string name) =>
        TryGet(frame, name, JsonValueKind.Number, out var value) && value.TryGetInt64(out var number) ? number : 0;

    public static bool Flag(this JsonElement frame, string name) => TryGet(frame, name, JsonValueKind.True, out _);

    public static bool Has(this JsonElement frame, string name) =>
        frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty(name, out _);

    public static IEnumerable<JsonElement> Items(this JsonElement frame, string name) =>
        TryGet(frame, name, JsonValueKind.Array, out var value) ? value.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement frame, string name) =>
        frame.Items(name).Select(static item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "");

    /// <summary>Reads <c>time</c>; the given time if there is none.</summary>
    public static DateTimeOffset Time(this JsonElement frame, DateTimeOffset now) =>
        DateTimeOffset.TryParse(frame.Text("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : now;

    private static bool TryGet(JsonElement frame, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
