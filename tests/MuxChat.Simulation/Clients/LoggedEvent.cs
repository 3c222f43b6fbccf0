using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;

namespace MuxChat.Simulation.Clients;

/// <summary>One event of a room as the chat published it, in the one log of all rooms.</summary>
internal sealed class LoggedEvent
{
    private byte[]? _line;
    private byte[]? _lineWithRoom;
    private string? _time;

    /// <summary>Its place in the log of all rooms.</summary>
    public required long Index { get; init; }

    public required EventKind Kind { get; init; }

    public required string Room { get; init; }

    public required long Seq { get; init; }

    public required long UnixMs { get; init; }

    public required string Nick { get; init; }

    public required string NewNick { get; init; }

    public required string Text { get; init; }

    public required Link Actor { get; init; }

    /// <summary>The time that a program must see: RFC 3339, UTC, milliseconds.</summary>
    public string Time => _time ??= DateTimeOffset.FromUnixTimeMilliseconds(UnixMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>What it takes in any protocol, in bytes at the most: each character as an escape, and the names of the fields.</summary>
    public long MostBytes => 200 + (6L * (Text.Length + Room.Length + Nick.Length + NewNick.Length));

    /// <summary>The line that a person must see, without its end.</summary>
    public byte[] Line(bool showsRoom) => showsRoom ? _lineWithRoom ??= Render(showsRoom) : _line ??= Render(showsRoom);

    public override string ToString() => $"{Kind} #{Seq} in {Room} by {Nick}{(NewNick.Length > 0 ? " -> " + NewNick : "")}: '{Text}'";

    private byte[] Render(bool showsRoom)
    {
        var colon = Text.Length > 0 ? ": " : "";
        var prefix = showsRoom ? $"[{Room}] " : "";
        return Encoding.UTF8.GetBytes(Kind switch
        {
            EventKind.Said => $"{prefix}<{Nick}> {Text}",
            EventKind.Acted => $"{prefix}** {Nick} {Text}",
            EventKind.Joined => $"* {Nick} joined {Room}",
            EventKind.Left => $"* {Nick} left {Room}{colon}{Text}",
            EventKind.Quit => $"* {Nick} quit{colon}{Text}",
            EventKind.Renamed => $"* {Nick} is now {NewNick}",
            EventKind.TopicSet when Text.Length == 0 => $"* {Nick} removed the topic of {Room}",
            EventKind.TopicSet => $"* {Nick} set the topic of {Room}: {Text}",
            _ => throw new InvalidOperationException($"{Kind} is no event of a room."),
        });
    }
}
