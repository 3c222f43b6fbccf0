using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
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

    private readonly byte[] _time = new byte["2026-11-21T10:00:00.000Z".Length];
    private long _timeMs = -1;
    private Utf8JsonWriter? _json;

    public bool ShowsToActor(EventKind kind) => kind is not (EventKind.Said or EventKind.Acted);

    public bool IsOncePerPerson(EventKind kind) => false;

    public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
    {
        if (chatEvent.Kind == EventKind.Ok && chatEvent.Id.IsEmpty)
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
            case EventKind.Said:
                WriteRoomEvent(json, "said"u8, chatEvent, "from"u8);
                json.WriteString("text"u8, chatEvent.Text);
                break;
            case EventKind.Acted:
                WriteRoomEvent(json, "acted"u8, chatEvent, "from"u8);
                json.WriteString("text"u8, chatEvent.Text);
                break;
            case EventKind.Joined:
                WriteRoomEvent(json, "joined"u8, chatEvent, "nick"u8);
                break;
            case EventKind.Left:
                WriteRoomEvent(json, "left"u8, chatEvent, "nick"u8);
                WriteOptional(json, "reason"u8, chatEvent.Text);
                break;
            case EventKind.Quit:
                WriteRoomEvent(json, "quit"u8, chatEvent, "nick"u8);
                WriteOptional(json, "reason"u8, chatEvent.Text);
                break;
            case EventKind.Renamed:
                WriteRoomEvent(json, "renamed"u8, chatEvent, "from"u8);
                json.WriteString("to"u8, chatEvent.NewNick);
                break;
            case EventKind.TopicSet:
                WriteRoomEvent(json, "topic"u8, chatEvent, "nick"u8);
                json.WriteString("topic"u8, chatEvent.Text);
                break;
            case EventKind.Message:
                json.WriteString("type"u8, "msg"u8);
                json.WriteString("from"u8, chatEvent.Nick);
                json.WriteString("to"u8, chatEvent.NewNick);
                json.WriteString("text"u8, chatEvent.Text);
                json.WriteString("time"u8, Time(chatEvent.UnixMs));
                break;
            case EventKind.Ok or EventKind.Error:
                WriteResult(json, chatEvent);
                break;
            default:
                FrameAnswers.Write(chatEvent, json);
                break;
        }
    }

    private void WriteRoomEvent(Utf8JsonWriter json, ReadOnlySpan<byte> type, in ChatEvent chatEvent, ReadOnlySpan<byte> who)
    {
        json.WriteString("type"u8, type);
        if (chatEvent.Room is not null)
        {
            json.WriteString("room"u8, chatEvent.Room.Name);
            json.WriteNumber("seq"u8, chatEvent.Seq);
        }

        json.WriteString("time"u8, Time(chatEvent.UnixMs));
        json.WriteString(who, chatEvent.Nick);
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
        else if (chatEvent.Result.Seq > 0)
        {
            json.WriteNumber("seq"u8, chatEvent.Result.Seq);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            json.WriteString(name, text);
        }
    }

    // RFC 3339, UTC, milliseconds. Made once for all events of a tick.
    private ReadOnlySpan<byte> Time(long unixMs)
    {
        if (unixMs != _timeMs)
        {
            _timeMs = unixMs;
            DateTimeOffset.FromUnixTimeMilliseconds(unixMs).TryFormat(_time, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }

        return _time;
    }
}
