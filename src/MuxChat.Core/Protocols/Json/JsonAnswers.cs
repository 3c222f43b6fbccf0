using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The answers of the frame protocol to one client: welcome, how a room stands, lists, figures, help.</summary>
internal static class JsonAnswers
{
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
            case EventKind.Gap:
                WriteGap(chatEvent, json);
                break;
            case EventKind.RoomList:
                WriteRooms(chatEvent, json);
                break;
            case EventKind.RoomModes:
                json.WriteString("type"u8, "modes"u8);
                json.WriteString("room"u8, chatEvent.Room!.Name);
                json.WriteString("modes"u8, chatEvent.Text);
                break;
            case EventKind.MaskList:
                WriteMasks(chatEvent, json);
                break;
            case EventKind.MemberList:
                WriteMembers(chatEvent, json);
                break;
            case EventKind.Pong:
                json.WriteString("type"u8, "pong"u8);
                json.WriteString("token"u8, chatEvent.Text);
                break;
            case EventKind.Ping:
                json.WriteString("type"u8, "ping"u8);
                break;
            case EventKind.Closing:
                json.WriteString("type"u8, "closing"u8);
                json.WriteString("reason"u8, chatEvent.Text);
                break;
            case EventKind.PasswordWanted:
                json.WriteString("type"u8, "password"u8);
                break;
            case EventKind.Operator:
                json.WriteString("type"u8, "oper"u8);
                json.WriteString("nick"u8, chatEvent.Nick);
                break;
            case EventKind.Stats:
                WriteStats(chatEvent.Stats!, json);
                break;
            case EventKind.Help:
                WriteHelp(chatEvent.Text, json);
                break;
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

    private static void WriteGap(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "gap"u8);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteNumber("after"u8, chatEvent.Seq);
        json.WriteNumber("epoch"u8, chatEvent.Room.Epoch);
        json.WriteNumber("first"u8, chatEvent.Room.FirstSeq);
        json.WriteNumber("last"u8, chatEvent.Room.LastSeq);
    }

    private static void WriteWelcome(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "welcome"u8);
        json.WriteString("nick"u8, chatEvent.Nick);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteString("server"u8, "MuxChat"u8);
        if (!chatEvent.Text.IsEmpty)
        {
            json.WriteString("motd"u8, chatEvent.Text);
        }
    }

    private static void WriteRooms(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "rooms"u8);
        json.WriteStartArray("rooms"u8);
        foreach (var room in chatEvent.Rooms)
        {
            json.WriteStartObject();
            json.WriteString("room"u8, room.Name);
            json.WriteNumber("members"u8, room.MemberCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total"u8, chatEvent.Total);
        json.WriteBoolean("more"u8, chatEvent.More);
    }

    private static void WriteMembers(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "who"u8);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteStartArray("members"u8);
        foreach (var member in chatEvent.Members)
        {
            json.WriteStringValue(member.Session.Nick);
        }

        json.WriteEndArray();
        WriteRanked(chatEvent.Members, MemberRank.Operator, "operators"u8, json);
        WriteRanked(chatEvent.Members, MemberRank.Voice, "voiced"u8, json);
        json.WriteNumber("total"u8, chatEvent.Total);
        json.WriteBoolean("more"u8, chatEvent.More);
    }

    // Left out where there is none of them: most rooms have few.
    private static void WriteRanked(ReadOnlySpan<Membership> members, MemberRank rank, ReadOnlySpan<byte> field, Utf8JsonWriter json)
    {
        var isBegun = false;
        foreach (var member in members)
        {
            if ((member.Rank & rank) == 0)
            {
                continue;
            }

            if (!isBegun)
            {
                json.WriteStartArray(field);
                isBegun = true;
            }

            json.WriteStringValue(member.Session.Nick);
        }

        if (isBegun)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteMasks(in ChatEvent chatEvent, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "masks"u8);
        json.WriteString("room"u8, chatEvent.Room!.Name);
        json.WriteString("list"u8, [chatEvent.Letter]);
        json.WriteStartArray("masks"u8);
        foreach (var entry in chatEvent.Masks)
        {
            json.WriteStartObject();
            json.WriteString("mask"u8, entry.Mask);
            json.WriteString("by"u8, entry.SetBy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStats(MetricSet metrics, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "stats"u8);
        foreach (var metric in metrics.All)
        {
            if (metric is TextMetric word)
            {
                json.WriteString(metric.NameBytes, word.Text);
            }
            else
            {
                json.WriteNumber(metric.NameBytes, metric.Value);
            }
        }
    }

    private static void WriteHelp(ReadOnlySpan<byte> topic, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "help"u8);
        json.WriteStartArray("commands"u8);
        var one = CommandTable.Find(topic.TrimStart("/"u8));
        foreach (var command in CommandTable.All)
        {
            if (one is null || ReferenceEquals(one, command))
            {
                json.WriteStartObject();
                json.WriteString("type"u8, command.Name);
                json.WriteString("fields"u8, command.FrameFields);
                json.WriteString("summary"u8, command.Summary);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
