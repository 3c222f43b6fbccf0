using System.Text.Json;

namespace MuxChat.Terminal.Session;

/// <summary>A numbered event of a room.</summary>
/// <param name="Type">Its type on the wire, such as <c>said</c>; <see cref="Gap"/> marks missing events.</param>
/// <param name="Epoch">The series of its number.</param>
/// <param name="Seq">Its number.</param>
/// <param name="Time">The server's time.</param>
/// <param name="Actor">The nick that did it.</param>
/// <param name="Target">A renamed person's new nick, or the nick that was kicked.</param>
/// <param name="Text">The text, topic, modes or reason.</param>
internal sealed record RoomEvent(string Type, long Epoch, long Seq, DateTimeOffset Time, string Actor, string Target, string Text)
{
    /// <summary>The type of the mark that events are missing.</summary>
    public const string Gap = "gap";

    /// <summary>Whether the actor was this client when the event came.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether it is a text.</summary>
    public bool IsSaid => Type is "said" or "acted";

    /// <summary>Whether a member is gone by it, and which.</summary>
    public string Gone => Type switch
    {
        "left" or "quit" => Actor,
        "kicked" => Target,
        _ => "",
    };

    /// <summary>Reads an event from a frame or from an item of <c>history</c>.</summary>
    /// <param name="frame">The frame or the item.</param>
    /// <param name="epoch">The epoch, if the event has none.</param>
    /// <param name="now">The time, if the event has none.</param>
    public static RoomEvent Read(JsonElement frame, long epoch, DateTimeOffset now)
    {
        var type = frame.Text("type");
        var hasFrom = frame.Has("from");
        var text = type switch
        {
            "topic" => frame.Text("topic"),
            "mode" => frame.Text("modes"),
            "said" or "acted" => frame.Text("text"),
            "shared" => $"{DescribeFile(frame)}: /get {frame.Number("number")}",
            _ => frame.Text("reason"),
        };
        var target = type == "renamed" ? frame.Text("to") : hasFrom ? frame.Text("nick") : "";
        return new RoomEvent(type, frame.Has("epoch") ? frame.Number("epoch") : epoch, frame.Number("seq"), frame.Time(now),
            hasFrom ? frame.Text("from") : frame.Text("nick"), target, text);
    }

    /// <summary>Returns the name and the size of a shared file.</summary>
    public static string DescribeFile(JsonElement file) => $"{file.Text("name")} ({DescribeSize(file.Number("size"))})";

    /// <summary>Returns a size in units of 1,024, rounded up.</summary>
    public static string DescribeSize(long bytes)
    {
        string[] units = ["bytes", "KB", "MB", "GB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++)
        {
            bytes = (bytes + 1023) / 1024;
        }

        return $"{bytes} {units[unit]}";
    }
}
