using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Line;

/// <summary>The answers of the line protocol: lists, figures, help.</summary>
internal sealed class LineAnswers : IQueryAnswers
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>A list of members is told in lines of about this many bytes.</summary>
    private const int ListLineBytes = 400;

    private readonly SegmentWriter _writer = new(new SegmentPool());

    public ReadOnlySpan<byte> Rooms(ReadOnlySpan<Room> part, int total, bool hasMore)
    {
        _writer.Begin();
        RoomList(part, total, hasMore, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Members(Room room, ReadOnlySpan<Membership> part, int total, bool hasMore)
    {
        _writer.Begin();
        MemberList(room, part, total, hasMore, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes)
    {
        _writer.Begin();
        _writer.Put("* modes of "u8);
        _writer.Put(room.Name);
        _writer.Put(": "u8);
        _writer.Put(modes);
        _writer.Put(LineFeed);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Masks(Room room, char letter, ReadOnlySpan<MaskEntry> masks)
    {
        _writer.Begin();
        MaskList(room, letter, masks, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Pong(ReadOnlySpan<byte> token)
    {
        _writer.Begin();
        _writer.Put("* pong"u8);
        _writer.Put(token.IsEmpty ? default : " "u8);
        _writer.Put(token);
        _writer.Put(LineFeed);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Stats(MetricSet metrics)
    {
        _writer.Begin();
        Stats(metrics, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic)
    {
        _writer.Begin();
        Help(topic, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> PasswordWanted() => "* This server needs a password: /pass PASSWORD\n"u8;

    public ReadOnlySpan<byte> PasswordNotNeeded() => "* no password is needed\n"u8;

    private static void RoomList(ReadOnlySpan<Room> part, int total, bool hasMore, SegmentWriter writer)
    {
        foreach (var room in part)
        {
            writer.Put("* "u8);
            writer.Put(room.Name);
            writer.Put(" "u8);
            writer.Put(room.MemberCount);
            writer.Put(LineFeed);
        }

        if (!hasMore)
        {
            writer.Put("* rooms: "u8);
            writer.Put(total);
            writer.Put(LineFeed);
        }
    }

    private static void MemberList(
        Room room, ReadOnlySpan<Membership> part, int total, bool hasMore, SegmentWriter writer)
    {
        var length = 0;
        foreach (var member in part)
        {
            if (length == 0)
            {
                writer.Put("* in "u8);
                writer.Put(room.Name);
                writer.Put(":"u8);
            }

            writer.Put((member.Rank & MemberRank.Operator) != 0 ? " @"u8 : (member.Rank & MemberRank.Voice) != 0 ? " +"u8 : " "u8);
            writer.Put(member.Session.Nick);
            length += 1 + member.Session.Nick.Length;
            if (length > ListLineBytes)
            {
                writer.Put(LineFeed);
                length = 0;
            }
        }

        if (length > 0)
        {
            writer.Put(LineFeed);
        }

        if (!hasMore)
        {
            writer.Put("* members of "u8);
            writer.Put(room.Name);
            writer.Put(": "u8);
            writer.Put(total);
            writer.Put(LineFeed);
        }
    }

    private static void MaskList(Room room, char letter, ReadOnlySpan<MaskEntry> masks, SegmentWriter writer)
    {
        foreach (var entry in masks)
        {
            writer.Put("* +"u8);
            writer.Put((byte)letter);
            writer.Put(" "u8);
            writer.Put(entry.Mask);
            writer.Put(" by "u8);
            writer.Put(entry.SetBy);
            writer.Put(LineFeed);
        }

        writer.Put("* masks of "u8);
        writer.Put(room.Name);
        writer.Put(", mode "u8);
        writer.Put((byte)letter);
        writer.Put(": "u8);
        writer.Put(masks.Length);
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

            writer.Put("* //text  sends a line that begins with a slash\n"u8);
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
