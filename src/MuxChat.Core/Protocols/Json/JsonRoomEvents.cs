using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The fields of a room's event in JSON: the same for what happens, for the past, and for what is read from a journal.</summary>
public static class JsonRoomEvents
{
    // One row for each numbered kind: its type, then the names of the fields for the nick, the new nick and the text.
    private static readonly Dictionary<EventKind, Fields> Rows = new()
    {
        [EventKind.Said] = new("said", "from", null, "text"),
        [EventKind.Acted] = new("acted", "from", null, "text"),
        [EventKind.Joined] = new("joined", "nick", null, null),
        [EventKind.Left] = new("left", "nick", null, "reason", IsTextOptional: true),
        [EventKind.Quit] = new("quit", "nick", null, "reason", IsTextOptional: true),
        [EventKind.Renamed] = new("renamed", "from", "to", null),
        [EventKind.TopicSet] = new("topic", "nick", null, "topic"),
        [EventKind.Kicked] = new("kicked", "from", "nick", "reason", IsTextOptional: true),
        [EventKind.ModeSet] = new("mode", "nick", null, "modes"),
    };

    /// <summary>Whether a kind has a row here; no other is written.</summary>
    internal static bool Has(EventKind kind) => Rows.ContainsKey(kind);

    /// <summary>Writes the fields into an object that was begun.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="happened">The event; its room is left out when it is empty, its epoch when it is 0.</param>
    /// <param name="time">Its time, as <see cref="WireTime"/> shows it.</param>
    public static void WriteFields(Utf8JsonWriter json, in StoredEvent happened, ReadOnlySpan<byte> time)
    {
        var row = Rows[happened.Kind];
        json.WriteString("type"u8, row.Type);
        if (!happened.Room.IsEmpty)
        {
            json.WriteString("room"u8, happened.Room);
        }

        if (happened.Epoch > 0)
        {
            json.WriteNumber("epoch"u8, happened.Epoch);
        }

        json.WriteNumber("seq"u8, happened.Seq);
        json.WriteString("time"u8, time);
        json.WriteString(row.Nick, happened.Nick);
        if (row.NewNick is not null)
        {
            json.WriteString(row.NewNick, happened.NewNick);
        }

        if (row.Text is not null && !(row.IsTextOptional && happened.Text.IsEmpty))
        {
            json.WriteString(row.Text, happened.Text);
        }
    }

    private sealed record Fields(string Type, string Nick, string? NewNick, string? Text, bool IsTextOptional = false);
}
