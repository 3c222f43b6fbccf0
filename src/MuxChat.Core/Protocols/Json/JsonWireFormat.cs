using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Json;

/// <summary>Encodes events as messages of one JSON object each, whose <c>type</c> names the event.</summary>
internal sealed class JsonWireFormat(IFraming framing) : IWireFormat
{
    private readonly WireTime _time = new();
    private readonly JsonFrame _frame = new(framing);

    public bool ShowsToActor(EventKind kind) => EventKinds.Of(kind).ReachesActor;

    // Each room numbers its events without gaps, so every room must get a numbered event.
    public bool IsOncePerPerson(EventKind kind) => EventKinds.Of(kind) is { IsOncePerPerson: true, IsNumbered: false };

    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if (IsNotShown(chatEvent))
        {
            return;
        }

        WriteFields(chatEvent, _frame.Begin(writer));
        _frame.End(writer);
    }

    private static bool IsNotShown(in ChatEvent chatEvent) => chatEvent.Kind switch
    {
        EventKind.OperatorRefused or EventKind.Rehashed => true,
        EventKind.Ok => chatEvent.Id.IsEmpty,

        // Programs know messages without a number by no id.
        EventKind.Redacted => chatEvent.Seq == 0,
        _ => false,
    };

    private void WriteFields(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Renamed when chatEvent.Room is null:
                json.WriteString("type"u8, "renamed"u8);
                json.WriteString("time"u8, _time.Format(chatEvent.UnixMs));
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("to"u8, chatEvent.NewNick);
                break;
            case var kind when JsonRoomEvents.Has(kind):
                JsonRoomEvents.WriteFields(json, Happened(chatEvent), _time.Format(chatEvent.UnixMs));
                break;
            case EventKind.Message:
                json.WriteString("type"u8, "msg"u8);
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("to"u8, chatEvent.NewNick);
                json.WriteString("text"u8, chatEvent.Text);
                json.WriteString("time"u8, _time.Format(chatEvent.UnixMs));
                break;
            case EventKind.Away or EventKind.Invitation or EventKind.Invited:
                WriteNotice(json, chatEvent);
                break;
            case EventKind.Wallops:
                json.WriteString("type"u8, "wallops"u8);
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("text"u8, chatEvent.Text);
                json.WriteString("time"u8, _time.Format(chatEvent.UnixMs));
                break;
            case EventKind.Ok or EventKind.Error:
                WriteResult(json, chatEvent);
                break;
            default:
                JsonNotices.Write(chatEvent, json);
                break;
        }
    }

    // Writes a notice to a room, or to one of its members, that is not one of the room's numbered events.
    private void WriteNotice(Utf8JsonWriter json, in ChatEvent chatEvent)
    {
        var isBack = chatEvent.Kind == EventKind.Away && chatEvent.Text.IsEmpty;
        json.WriteString("type"u8, isBack ? "back"u8 : chatEvent.Kind == EventKind.Away ? "away"u8 : "invited"u8);
        if (chatEvent.Room is { } room)
        {
            json.WriteString("room"u8, room.Name);
        }

        json.WriteString("time"u8, _time.Format(chatEvent.UnixMs));
        if (chatEvent.Kind != EventKind.Away)
        {
            json.WriteString("from"u8, chatEvent.Nick);
            json.WriteString("nick"u8, chatEvent.NewNick);
            return;
        }

        json.WriteString("nick"u8, chatEvent.Nick);
        if (!isBack)
        {
            json.WriteString("reason"u8, chatEvent.Text);
        }
    }

    // A client gets the room's epoch on entering. The epoch does not change while the room has members.
    private static StoredEvent Happened(in ChatEvent chatEvent) => new()
    {
        Kind = chatEvent.Kind,
        Room = chatEvent.Room!.Name,
        Seq = chatEvent.Seq,
        UnixMs = chatEvent.UnixMs,
        Nick = chatEvent.Nick,
        NewNick = chatEvent.NewNick,
        Text = chatEvent.Text,
    };

    private static void WriteResult(Utf8JsonWriter json, in ChatEvent chatEvent)
    {
        json.WriteString("type"u8, chatEvent.Kind == EventKind.Ok ? "ok"u8 : "error"u8);
        if (!chatEvent.Id.IsEmpty)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(chatEvent.Id, skipInputValidation: true);
        }

        if (chatEvent.Kind != EventKind.Ok)
        {
            json.WriteString("code"u8, JsonErrorCodes.NameOf(chatEvent.Result.Code));
            json.WriteString("message"u8, chatEvent.Result.Message);
        }

        if (chatEvent.Result.Seq > 0)
        {
            json.WriteNumber("seq"u8, chatEvent.Result.Seq);
        }
    }
}
