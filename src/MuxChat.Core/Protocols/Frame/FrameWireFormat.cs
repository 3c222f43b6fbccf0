using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Frame;

/// <summary>Events as frames: the length prefix, then one JSON object whose <c>type</c> names the event.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design",
    "CA1001:Types that own disposable fields should be disposable",
    Justification = "The writer lives as long as the process and holds nothing between events.")]
internal sealed class FrameWireFormat : IWireFormat
{
    // The bytes are read by programs, not pasted into HTML: only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly WireTime _time = new();
    private Utf8JsonWriter? _json;

    public bool ShowsToActor(EventKind kind) => kind is not (EventKind.Said or EventKind.Acted);

    public bool IsOncePerPerson(EventKind kind) => false;

    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if (chatEvent.Kind is EventKind.Away or EventKind.Tagged or EventKind.RealNameSet or EventKind.NickCame or EventKind.NickWent || (chatEvent.Kind == EventKind.Ok && chatEvent.Id.IsEmpty))
        {
            return;
        }

        writer.Put("\0\0\0\0"u8);
        var json = Start(writer);
        json.WriteStartObject();
        WriteFields(chatEvent, json);
        json.WriteEndObject();
        json.Flush();
        BinaryPrimitives.WriteInt32BigEndian(writer.Written, writer.Written.Length - LengthPrefixDecoder.HeaderBytes);
    }

    private Utf8JsonWriter Start(SegmentWriter writer)
    {
        if (_json is null)
        {
            _json = new Utf8JsonWriter(writer, Plain);
        }
        else
        {
            _json.Reset(writer);
        }

        return _json;
    }

    private void WriteFields(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Renamed when chatEvent.Room is null:
                json.WriteString("type"u8, "renamed"u8);
                json.WriteString("time"u8, _time.Show(chatEvent.UnixMs));
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("to"u8, chatEvent.NewNick);
                break;
            case EventKind.Said or EventKind.Acted or EventKind.Joined or EventKind.Left or EventKind.Quit or EventKind.Renamed or EventKind.TopicSet:
                FrameRoomEvents.WriteFields(json, Happened(chatEvent), _time.Show(chatEvent.UnixMs));
                break;
            case EventKind.History:
                WriteHistory(json, chatEvent);
                break;
            case EventKind.Message:
                json.WriteString("type"u8, "msg"u8);
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("to"u8, chatEvent.NewNick);
                json.WriteString("text"u8, chatEvent.Text);
                json.WriteString("time"u8, _time.Show(chatEvent.UnixMs));
                break;
            case EventKind.Ok or EventKind.Error:
                WriteResult(json, chatEvent);
                break;
            default:
                FrameAnswers.Write(chatEvent, json);
                break;
        }
    }

    // The room's epoch is told on entering; it does not change while somebody is in.
    private static PastEvent Happened(in ChatEvent chatEvent) => new()
    {
        Kind = chatEvent.Kind,
        Room = chatEvent.Room!.Name,
        Seq = chatEvent.Seq,
        UnixMs = chatEvent.UnixMs,
        Nick = chatEvent.Nick,
        NewNick = chatEvent.NewNick,
        Text = chatEvent.Text,
    };

    private void WriteHistory(Utf8JsonWriter json, in ChatEvent chatEvent)
    {
        json.WriteString("type"u8, "history"u8);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteStartArray("events"u8);
        var index = 0;
        while (chatEvent.Past.TryNext(ref index, out var past))
        {
            past.Room = default;
            json.WriteStartObject();
            FrameRoomEvents.WriteFields(json, past, _time.Show(past.UnixMs));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("more"u8, chatEvent.More);
    }

    private static void WriteResult(Utf8JsonWriter json, in ChatEvent chatEvent)
    {
        json.WriteString("type"u8, chatEvent.Kind == EventKind.Ok ? "ok"u8 : "error"u8);
        if (!chatEvent.Id.IsEmpty)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(chatEvent.Id, skipInputValidation: true);
        }

        if (chatEvent.Kind == EventKind.Error)
        {
            json.WriteString("code"u8, FrameErrorCodes.NameOf(chatEvent.Result.Code));
            json.WriteString("message"u8, chatEvent.Result.Message);
        }

        if (chatEvent.Result.Seq > 0)
        {
            json.WriteNumber("seq"u8, chatEvent.Result.Seq);
        }
    }
}
