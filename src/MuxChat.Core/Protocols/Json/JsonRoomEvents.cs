using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Writes the JSON fields of a room's event: the same for live events, for history, and for events from a journal.</summary>
public static class JsonRoomEvents
{
    // One row per numbered kind: its type, then the names of the fields for the nick, the new nick and the text.
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
        [EventKind.Shared] = new("shared", "from", null, null),
        [EventKind.Redacted] = new("redact", "from", null, null),
        [EventKind.Erased] = new("erased", "from", null, null),
    };

    /// <summary>Whether this class can write events of the kind.</summary>
    internal static bool Has(EventKind kind) => Rows.ContainsKey(kind);

    /// <summary>Writes the fields into an object that has been begun.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="happened">The event. An empty room and an epoch of 0 are left out.</param>
    /// <param name="time">The event's time, formatted by <see cref="WireTime"/>.</param>
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

        if (happened.Kind == EventKind.Shared)
        {
            WriteFile(json, happened.Text);
        }

        if (happened.Kind == EventKind.Redacted)
        {
            WriteRedaction(json, happened.Text);
        }

        if (row.Text is not null && !(row.IsTextOptional && happened.Text.IsEmpty))
        {
            json.WriteString(row.Text, happened.Text);
        }
    }

    // A text that is not of this form comes from a journal that another program wrote.
    private static void WriteFile(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        if (!FileText.TryRead(text, out var file))
        {
            json.WriteString("name"u8, text);
            return;
        }

        json.WriteNumber("number"u8, file.Number);
        json.WriteString("file"u8, file.Id);
        json.WriteString("name"u8, file.Name);
        json.WriteNumber("size"u8, file.SizeBytes);
        json.WriteString("sha256"u8, file.Sha256);
        if (!file.ImageType.IsEmpty)
        {
            json.WriteString("image"u8, file.ImageType);
        }

        json.WriteString("link"u8, FileLink.PathOf(file.Id, file.Name));
    }

    private static void WriteRedaction(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        Redaction.TryRead(text, out var redaction);
        json.WriteNumber("target"u8, redaction.Seq);
        json.WriteNumber("target_epoch"u8, redaction.Epoch);
        if (!redaction.Reason.IsEmpty)
        {
            json.WriteString("reason"u8, redaction.Reason);
        }
    }

    private sealed record Fields(string Type, string Nick, string? NewNick, string? Text, bool IsTextOptional = false);
}
