using System.Text.Json;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Json;

/// <summary>The answers of the JSON protocol: the past, lists, metrics, help.</summary>
internal sealed class JsonAnswers(IFraming framing) : IQueryAnswers
{
    private readonly SegmentWriter _writer = new(new SegmentPool());
    private readonly JsonFrame _frame = new(framing);
    private readonly WireTime _time = new();
    private readonly JsonRuns _runs = new(framing);

    public bool ShowsSaidOnly => false;

    public string CommandMark => "";

    public IFileAnswers Files { get; } = new JsonFileAnswers(framing);

    public ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore)
    {
        var json = Begin();
        json.WriteString("type"u8, "history"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteStartArray("events"u8);
        var index = 0;
        while (page.TryNext(ref index, out var past))
        {
            past.Room = default;
            json.WriteStartObject();
            JsonRoomEvents.WriteFields(json, past, _time.Format(past.UnixMs));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("more"u8, hasMore);
        return End();
    }

    public ReadOnlySpan<byte> Gap(Room room, long after)
    {
        var json = Begin();
        json.WriteString("type"u8, "gap"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteNumber("after"u8, after);
        json.WriteNumber("epoch"u8, room.Epoch);
        json.WriteNumber("first"u8, room.FirstSeq);
        json.WriteNumber("last"u8, room.LastSeq);
        return End();
    }

    public ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore)
    {
        WriteRooms(part, total, hasMore, Begin());
        return End();
    }

    public ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore)
    {
        WriteMembers(room, part, total, hasMore, Begin());
        return End();
    }

    public ReadOnlySpan<byte> WhoIs(PersonFacts facts)
    {
        JsonPerson.Write(facts, _time.Format(facts.ConnectedUnixMs), Begin());
        return End();
    }

    public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes)
    {
        var json = Begin();
        json.WriteString("type"u8, "modes"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteString("modes"u8, modes);
        return End();
    }

    public ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks)
    {
        WriteMasks(room, letter, masks, Begin());
        return End();
    }

    public ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token)
    {
        var json = Begin();
        json.WriteString("type"u8, "pong"u8);
        json.WriteString("token"u8, token);
        return End();
    }

    public ReadOnlySpan<byte> Stats(MetricSet metrics)
    {
        WriteStats(metrics, Begin());
        return End();
    }

    public ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs)
    {
        var json = Begin();
        json.WriteString("type"u8, "programs"u8);
        json.WriteStartArray("programs"u8);
        foreach (var program in programs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, program.Name);
            json.WriteString("args"u8, program.Syntax);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return End();
    }

    public IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id) =>
        new JsonRunWriter(_runs, output, name, id.ToArray());

    public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic)
    {
        WriteHelp(topic, Begin());
        return End();
    }

    public ReadOnlySpan<byte> PasswordWanted()
    {
        Begin().WriteString("type"u8, "password"u8);
        return End();
    }

    // A program that sends a password it does not need gets only the acknowledgement of its request.
    public ReadOnlySpan<byte> PasswordNotNeeded() => default;

    private Utf8JsonWriter Begin()
    {
        _writer.Begin();
        return _frame.Begin(_writer);
    }

    private ReadOnlySpan<byte> End()
    {
        _frame.End(_writer);
        return _writer.Commit().Span;
    }

    private static void WriteRooms(ReadOnlySpan<Room> part, int total, bool hasMore, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "rooms"u8);
        json.WriteStartArray("rooms"u8);
        foreach (var room in part)
        {
            json.WriteStartObject();
            json.WriteString("room"u8, room.Name);
            json.WriteNumber("members"u8, room.MemberCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total"u8, total);
        json.WriteBoolean("more"u8, hasMore);
    }

    private static void WriteMembers(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "who"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteStartArray("members"u8);
        foreach (var member in part)
        {
            json.WriteStringValue(member.Person.Nick);
        }

        json.WriteEndArray();
        WriteRanked(part, MemberRank.Operator, "operators"u8, json);
        WriteRanked(part, MemberRank.Voice, "voiced"u8, json);
        json.WriteNumber("total"u8, total);
        json.WriteBoolean("more"u8, hasMore);
    }

    // Most rooms have few ranked members, so an empty list is left out.
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

            json.WriteStringValue(member.Person.Nick);
        }

        if (isBegun)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteMasks(Room room, char letter, ReadOnlySpan<MaskEntry> masks, Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "masks"u8);
        json.WriteString("room"u8, room.Name);
        json.WriteString("list"u8, [letter]);
        json.WriteStartArray("masks"u8);
        foreach (var entry in masks)
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
        foreach (var metric in metrics.Shown)
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
