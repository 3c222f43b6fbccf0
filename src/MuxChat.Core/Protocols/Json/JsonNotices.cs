using System.Text.Json;
using MuxChat.Core.Chat;

namespace MuxChat.Core.Protocols.Json;

/// <summary>
/// Writes the server's notices to one client: welcome, room state, ping, closing, and the rank of server operator.
/// </summary>
internal static class JsonNotices
{
    /// <summary>Writes an event of one of these kinds; nothing for any other.</summary>
    public static void Write(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Welcome:
                WriteWelcome(chatEvent, json);
                break;
            case EventKind.RoomState:
                WriteRoomState(chatEvent, json);
                break;
            case EventKind.Ping:
                json.WriteString("type"u8, "ping"u8);
                break;
            case EventKind.Closing:
                json.WriteString("type"u8, "closing"u8);
                json.WriteString("reason"u8, chatEvent.Text);
                break;
            case EventKind.Operator:
                json.WriteString("type"u8, "oper"u8);
                json.WriteString("nick"u8, chatEvent.Nick);
                break;
        }
    }

    private static void WriteWelcome(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "welcome"u8);
        json.WriteString("nick"u8, chatEvent.Nick);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteString("server"u8, "MuxChat"u8);
        json.WriteNumber("text_bytes"u8, chatEvent.TextBytes);
        if (!chatEvent.Text.IsEmpty)
        {
            json.WriteString("motd"u8, chatEvent.Text);
        }
    }

    private static void WriteRoomState(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "room"u8);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteString("topic"u8, chatEvent.Text);
        json.WriteNumber("members"u8, chatEvent.Total);
        json.WriteNumber("seq"u8, chatEvent.Seq);
        json.WriteNumber("epoch"u8, chatEvent.Room.Epoch);
    }
}
