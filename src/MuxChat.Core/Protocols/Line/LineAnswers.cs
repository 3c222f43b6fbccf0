using System.Globalization;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Line;

/// <summary>The longer answers of the line protocol: welcome, how a room stands, lists, figures, help.</summary>
internal static class LineAnswers
{
    private const byte LineFeed = (byte)'\n';

    public static void Encode(in ChatEvent chatEvent, SegmentWriter writer, int listLineBytes)
    {
        switch (chatEvent.Kind)
        {
            case EventKind.Welcome:
                Welcome(chatEvent, writer);
                break;
            case EventKind.RoomState:
                RoomState(chatEvent, writer);
                break;
            case EventKind.History:
                History(chatEvent, writer);
                break;
            case EventKind.RoomList:
                RoomList(chatEvent, writer);
                break;
            case EventKind.RoomModes:
                writer.Put("* modes of "u8);
                writer.Put(chatEvent.Room!.Name);
                writer.Put(": "u8);
                writer.Put(chatEvent.Text);
                writer.Put(LineFeed);
                break;
            case EventKind.MaskList:
                MaskList(chatEvent, writer);
                break;
            case EventKind.MemberList:
                MemberList(chatEvent, writer, listLineBytes);
                break;
            case EventKind.Stats:
                Stats(chatEvent.Stats!, writer);
                break;
            case EventKind.PasswordWanted:
                writer.Put("* This server asks for a password: /pass PASSWORD\n"u8);
                break;
            case EventKind.PasswordNotNeeded:
                writer.Put("* no password is needed\n"u8);
                break;
            case EventKind.Operator:
                writer.Put("* you are a server operator\n"u8);
                break;
            case EventKind.Wallops:
                Wallops(chatEvent, writer);
                break;
            case EventKind.Help:
                Help(chatEvent.Text, writer);
                break;
        }
    }

    private static void Welcome(in ChatEvent chatEvent, SegmentWriter writer)
    {
        writer.Put("* Welcome to MuxChat! You are "u8);
        writer.Put(chatEvent.Nick);
        writer.Put(", in "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(". What you type goes to the room; /help lists the commands.\n"u8);
        var rest = chatEvent.Text;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(LineFeed);
            writer.Put("* "u8);
            writer.Put(end < 0 ? rest : rest[..end]);
            writer.Put(LineFeed);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
    }

    private static void Wallops(in ChatEvent chatEvent, SegmentWriter writer)
    {
        writer.Put("* wallops from "u8);
        writer.Put(chatEvent.Nick);
        writer.Put(": "u8);
        writer.Put(chatEvent.Text);
        writer.Put(LineFeed);
    }

    private static void RoomState(in ChatEvent chatEvent, SegmentWriter writer)
    {
        // The nick is set when this is the room that the client is in.
        writer.Put(chatEvent.Nick.IsEmpty ? "* "u8 : "* you are in "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(" ("u8);
        writer.Put(chatEvent.Total);
        writer.Put(chatEvent.Text.IsEmpty ? " here), no topic"u8 : " here), topic: "u8);
        writer.Put(chatEvent.Text);
        writer.Put(LineFeed);
    }

    // As lines of the server's: nobody can forge them, and nobody takes them for something said just now.
    private static void History(in ChatEvent chatEvent, SegmentWriter writer)
    {
        Span<byte> time = stackalloc byte["2026-11-21 10:00:00".Length];
        var index = 0;
        while (chatEvent.Past.TryNext(ref index, out var past))
        {
            DateTimeOffset.FromUnixTimeMilliseconds(past.UnixMs).TryFormat(time, out _, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            writer.Put("* "u8);
            writer.Put(time);
            writer.Put(past.Kind == EventKind.Acted ? " ** "u8 : " <"u8);
            writer.Put(past.Nick);
            writer.Put(past.Kind == EventKind.Acted ? " "u8 : "> "u8);
            writer.Put(past.Text);
            writer.Put(LineFeed);
        }
    }

    private static void RoomList(in ChatEvent chatEvent, SegmentWriter writer)
    {
        foreach (var room in chatEvent.Rooms)
        {
            writer.Put("* "u8);
            writer.Put(room.Name);
            writer.Put(" "u8);
            writer.Put(room.MemberCount);
            writer.Put(LineFeed);
        }

        if (!chatEvent.More)
        {
            writer.Put("* rooms: "u8);
            writer.Put(chatEvent.Total);
            writer.Put(LineFeed);
        }
    }

    private static void MemberList(in ChatEvent chatEvent, SegmentWriter writer, int lineBytes)
    {
        var length = 0;
        foreach (var member in chatEvent.Members)
        {
            if (length == 0)
            {
                writer.Put("* in "u8);
                writer.Put(chatEvent.Room!.Name);
                writer.Put(":"u8);
            }

            writer.Put((member.Rank & MemberRank.Operator) != 0 ? " @"u8 : (member.Rank & MemberRank.Voice) != 0 ? " +"u8 : " "u8);
            writer.Put(member.Session.Nick);
            length += 1 + member.Session.Nick.Length;
            if (length > lineBytes)
            {
                writer.Put(LineFeed);
                length = 0;
            }
        }

        if (length > 0)
        {
            writer.Put(LineFeed);
        }

        if (!chatEvent.More)
        {
            writer.Put("* members of "u8);
            writer.Put(chatEvent.Room!.Name);
            writer.Put(": "u8);
            writer.Put(chatEvent.Total);
            writer.Put(LineFeed);
        }
    }

    private static void MaskList(in ChatEvent chatEvent, SegmentWriter writer)
    {
        foreach (var entry in chatEvent.Masks)
        {
            writer.Put("* +"u8);
            writer.Put((byte)chatEvent.Letter);
            writer.Put(" "u8);
            writer.Put(entry.Mask);
            writer.Put(" by "u8);
            writer.Put(entry.SetBy);
            writer.Put(LineFeed);
        }

        writer.Put("* masks of "u8);
        writer.Put(chatEvent.Room!.Name);
        writer.Put(", mode "u8);
        writer.Put((byte)chatEvent.Letter);
        writer.Put(": "u8);
        writer.Put(chatEvent.Total);
        writer.Put(LineFeed);
    }

    private static void Stats(MetricSet metrics, SegmentWriter writer)
    {
        var separator = "* "u8;
        foreach (var metric in metrics.All)
        {
            writer.Put(separator);
            writer.Put(metric.LabelBytes);
            writer.Put(" "u8);
            if (metric is TextMetric word)
            {
                writer.Put(word.Text);
            }
            else
            {
                writer.Put(metric.ShownValue);
            }

            if (metric.ShownUnitBytes.Length > 0)
            {
                writer.Put(" "u8);
                writer.Put(metric.ShownUnitBytes);
            }

            separator = ", "u8;
        }

        writer.Put(LineFeed);
    }

    private static void Help(ReadOnlySpan<byte> topic, SegmentWriter writer)
    {
        var one = CommandTable.Find(topic.TrimStart("/"u8));
        if (one is null)
        {
            foreach (var command in CommandTable.All)
            {
                HelpOn(command, writer);
            }

            writer.Put("* //text  says a line that begins with a slash\n"u8);
        }
        else
        {
            HelpOn(one, writer);
        }
    }

    private static void HelpOn(CommandInfo command, SegmentWriter writer)
    {
        if (command.LineSyntax.Length > 0)
        {
            writer.Put("* "u8);
            writer.Put(command.LineSyntax);
            writer.Put("  "u8);
            writer.Put(command.Summary);
            writer.Put(LineFeed);
        }
    }
}
