using System.Text.Json.Nodes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>One thing that bystanders must hear of a hostile client: as a line and as a frame. Null where that one hears nothing.</summary>
public sealed record Hears(string? Line, string? Frame)
{
    public static Hears Said(string text) => InRoom($"<{{me}}> {text}", "said", ("from", "{me}"), ("text", text));

    public static Hears Acted(string text) => InRoom($"** {{me}} {text}", "acted", ("from", "{me}"), ("text", text));

    public static Hears Topic(string text) => text.Length == 0
        ? InRoom("* {me} removed the topic of {room}", "topic", ("nick", "{me}"), ("topic", ""))
        : InRoom($"* {{me}} set the topic of {{room}}: {text}", "topic", ("nick", "{me}"), ("topic", text));

    public static Hears Joined() => InRoom("* {me} joined {room}", "joined", ("nick", "{me}"));

    public static Hears Left(string reason = "") => reason.Length == 0
        ? InRoom("* {me} left {room}", "left", ("nick", "{me}"))
        : InRoom($"* {{me}} left {{room}}: {reason}", "left", ("nick", "{me}"), ("reason", reason));

    public static Hears Quit(string words) => words.Length == 0
        ? InRoom("* {me} quit", "quit", ("nick", "{me}"))
        : InRoom($"* {{me}} quit: {words}", "quit", ("nick", "{me}"), ("reason", words));

    public static Hears Renamed(string from, string to) => InRoom($"* {from} is now {to}", "renamed", ("from", from), ("to", to));

    /// <summary>A private message to the bystander on lines.</summary>
    public static Hears ToLine(string text) => new($"<{{me}} -> {{line}}> {text}", null);

    /// <summary>A private message to the bystander on frames.</summary>
    public static Hears ToFrame(string text) =>
        new(null, Json("msg", ("from", "{me}"), ("to", "{frame}"), ("text", text), ("time", "...")));

    private static Hears InRoom(string line, string type, params (string Name, string Value)[] fields) =>
        new(line, Json(type, [("room", "{room}"), ("seq", "..."), ("time", "..."), .. fields]));

    private static string Json(string type, params (string Name, string Value)[] fields)
    {
        var json = new JsonObject { ["type"] = type };
        foreach (var (name, value) in fields)
        {
            json[name] = value;
        }

        return json.ToJsonString();
    }
}
