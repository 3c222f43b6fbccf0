using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Tools;
using Command = System.CommandLine.Command;

namespace MuxChat.Server.Commands;

/// <summary><c>muxchat journal check|repair|dump DIR</c>: the admin's tools for a journal.</summary>
internal static class JournalCommands
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The directory given to --data." };
        var room = new Argument<string?>("ROOM")
        {
            Description = "Only this room, with or without its #.",
            Arity = ArgumentArity.ZeroOrOne
        };
        var check = new Command("check",
            "Checks a whole journal and reports damage; changes nothing. Exit code 1 if a server would not start on it.") { directory };
        var repair = new Command("repair",
            "Repairs a journal: keeps every whole record, and each damaged file as .damaged. Stop its server first.") { directory };
        var dump = new Command("dump",
            "Prints a journal's events and room states as JSON lines, with the fields of the frame protocol.") { directory, room };
        check.SetAction(parsed => Check(Open(parsed.GetValue(directory)!)));
        repair.SetAction(parsed => Repair(Open(parsed.GetValue(directory)!)));
        dump.SetAction(parsed => Dump(Open(parsed.GetValue(directory)!), parsed.GetValue(room)));
        return new Command("journal", "Checks, repairs or prints a journal.") { check, repair, dump };
    }

    private static RealDisk Open(string directory)
    {
        if (directory.Length == 0)
        {
            throw new StartupException(StartupException.Usage, "DIR is empty: it takes the directory given to --data");
        }

        var result = RealDisk.Open(directory, create: false, out var disk);
        return result.IsOk ? disk! : throw new StartupException(StartupException.CouldNotStart, $"{directory}: {result.Message}");
    }

    private static int Check(RealDisk disk)
    {
        var check = JournalDirectory.Check(disk);
        if (check.Unreadable is { } message)
        {
            throw new StartupException(StartupException.CouldNotStart, message);
        }

        foreach (var damage in check.Damages)
        {
            Console.Out.WriteLine(damage.Message);
        }

        var end = check.IsClean ? "ended cleanly" : "not ended cleanly (rooms will continue in new epochs), or a server is writing to it";
        Console.Out.WriteLine($"{check.Segments} segments, {check.Bytes} bytes, {check.Events} events of {check.Rooms} rooms, {end}");
        Console.Out.WriteLine(check.IsDamaged ? "damaged: a server would not start; repair keeps every whole record" : "whole");
        return check.IsDamaged ? StartupException.CouldNotStart : 0;
    }

    private static int Repair(RealDisk disk)
    {
        var repair = JournalDirectory.Repair(disk);
        foreach (var segment in repair.Segments)
        {
            Console.Out.WriteLine(segment.Message);
        }

        if (repair.Refused is { } message)
        {
            throw new StartupException(StartupException.CouldNotStart, message);
        }

        Console.Out.WriteLine(repair.Segments.Count == 0 ? "nothing to repair" : "repaired");
        return 0;
    }

    private static int Dump(RealDisk disk, string? room)
    {
        byte[] name = [];
        if (room is not null && !RoomName.TryFromOperator(room, out name))
        {
            throw new StartupException(StartupException.Usage, $"{room}: {RoomName.Rule}");
        }

        using var output = new BufferedStream(StandardStream.OpenOutput());
        using var json = new Utf8JsonWriter(output, Plain);
        var time = new WireTime();
        void EndLine()
        {
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }

        bool Show(in StoredEvent past)
        {
            json.WriteStartObject();
            JsonRoomEvents.WriteFields(json, past, time.Format(past.UnixMs));
            WriteMarks(json, past);
            EndLine();
            return true;
        }

        void ShowStanding(RoomStanding standing)
        {
            json.WriteStartObject();
            WriteFields(json, standing, time);
            EndLine();
        }

        var dump = JournalDirectory.Dump(disk, name, Show, ShowStanding);
        output.Flush();
        if (dump.Trouble is { } trouble)
        {
            throw new StartupException(StartupException.CouldNotStart, trouble);
        }

        if (dump.FirstLost is { IsTornTail: true } torn)
        {
            Console.Error.WriteLine($"muxchat: {torn.Message}");
        }
        else if (dump.FirstLost is { } lost)
        {
            Console.Error.WriteLine(
                $"muxchat: skipped {dump.LostBytes} bytes that belong to no whole record, the first in {lost.Path} at byte {lost.Offset}");
            return StartupException.CouldNotStart;
        }

        return 0;
    }

    private static void WriteMarks(Utf8JsonWriter json, in StoredEvent past)
    {
        if ((past.Marks & EventMarks.Notice) != 0)
        {
            json.WriteBoolean("notice", true);
        }

        if ((past.Marks & EventMarks.Bot) != 0)
        {
            json.WriteBoolean("bot", true);
        }

        if (!past.Tags.IsEmpty)
        {
            json.WriteString("tags", past.Tags);
        }
    }

    private static void WriteFields(Utf8JsonWriter json, RoomStanding standing, WireTime time)
    {
        json.WriteString("type", standing.IsForgotten ? "forgotten" : "standing");
        json.WriteString("room", standing.Room);
        if (standing.IsForgotten)
        {
            return;
        }

        json.WriteString("created", time.Format(standing.CreatedUnixMs));
        json.WriteString("modes", [(byte)'+', .. RoomRules.LettersOf(standing.Modes)]);
        if (standing.Key is not null)
        {
            json.WriteString("key", standing.Key);
        }

        if (standing.Limit > 0)
        {
            json.WriteNumber("limit", standing.Limit);
        }

        if (standing.TopicBy.Length > 0)
        {
            json.WriteString("topic", standing.Topic);
            json.WriteString("topic_by", standing.TopicBy);
            json.WriteString("topic_time", time.Format(standing.TopicUnixMs));
        }

        WriteMasks(json, "bans", standing.Bans, time);
        WriteMasks(json, "exceptions", standing.Exceptions, time);
        WriteMasks(json, "welcome", standing.Welcome, time);
    }

    private static void WriteMasks(Utf8JsonWriter json, string name, IReadOnlyList<MaskEntry> masks, WireTime time)
    {
        if (masks.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var mask in masks)
        {
            json.WriteStartObject();
            json.WriteString("mask", mask.Mask);
            json.WriteString("by", mask.SetBy);
            json.WriteString("time", time.Format(mask.UnixMs));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
