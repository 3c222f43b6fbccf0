using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The fields of a room's event in JSON: the same for what happens, for the past, and for what is read from a journal.</summary>
public static class JsonRoomEvents
{
    /// <summary>Writes the fields into an object that was begun.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="happened">The event; its room is left out when it is empty, its epoch when it is 0.</param>
    /// <param name="time">Its time, as <see cref="WireTime"/> shows it.</param>
    public static void WriteFields(Utf8JsonWriter json, in StoredEvent happened, ReadOnlySpan<byte> time)
    {
        json.WriteString("type"u8, TypeOf(happened.Kind));
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
        json.WriteString(WhoOf(happened.Kind), happened.Nick);
        switch (happened.Kind)
        {
            case EventKind.Said or EventKind.Acted:
                json.WriteString("text"u8, happened.Text);
                break;
            case EventKind.Left or EventKind.Quit when !happened.Text.IsEmpty:
                json.WriteString("reason"u8, happened.Text);
                break;
            case EventKind.Renamed:
                json.WriteString("to"u8, happened.NewNick);
                break;
            case EventKind.Kicked:
                json.WriteString("nick"u8, happened.NewNick);
                if (!happened.Text.IsEmpty)
                {
                    json.WriteString("reason"u8, happened.Text);
                }

                break;
            case EventKind.ModeSet:
                json.WriteString("modes"u8, happened.Text);
                break;
            case EventKind.TopicSet:
                json.WriteString("topic"u8, happened.Text);
                break;
        }
    }

    private static ReadOnlySpan<byte> TypeOf(EventKind kind) => kind switch
    {
        EventKind.Said => "said"u8,
        EventKind.Acted => "acted"u8,
        EventKind.Joined => "joined"u8,
        EventKind.Left => "left"u8,
        EventKind.Quit => "quit"u8,
        EventKind.Renamed => "renamed"u8,
        EventKind.TopicSet => "topic"u8,
        EventKind.Kicked => "kicked"u8,
        EventKind.ModeSet => "mode"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This is no room's event."),
    };

    private static ReadOnlySpan<byte> WhoOf(EventKind kind) => kind is EventKind.Said or EventKind.Acted or EventKind.Renamed or EventKind.Kicked ? "from"u8 : "nick"u8;
}
