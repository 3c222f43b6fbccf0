using System.Globalization;
using System.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Operators;
using MuxChat.Core.Chat.Presence;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;

namespace MuxChat.Core.Protocols.Line;

/// <summary>The answers of the line protocol: the past, lists, metrics, help.</summary>
internal sealed class LineAnswers(IFraming framing) : IQueryAnswers
{
    /// <summary>Bytes of nicks after which a list of members starts a new line: 400.</summary>
    private const int ListLineBytes = 400;

    private readonly SegmentWriter _writer = new(new SegmentPool());

    public bool ShowsSaidOnly => true;

    public string CommandMark => "/";

    public IFileAnswers Files { get; } = new LineFileAnswers(framing);

    // Writes history as lines of the server. No client can forge them, and no reader takes them for new messages.
    public ReadOnlySpan<byte> History(Room room, HistoryPage page, bool hasMore)
    {
        Span<byte> time = stackalloc byte["2026-11-21 10:00:00".Length];
        _writer.Begin();
        var index = 0;
        while (page.TryNext(ref index, out var past))
        {
            DateTimeOffset.FromUnixTimeMilliseconds(past.UnixMs)
                .TryFormat(time, out _, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            framing.Begin(_writer);
            _writer.Put("* "u8);
            _writer.Put(time);
            if (past.Kind == EventKind.Shared)
            {
                _writer.Put(" "u8);
                _writer.Put(past.Nick);
                LineFileAnswers.Describe(past.Text, default, _writer);
                framing.End(_writer);
                continue;
            }

            _writer.Put(past.Kind == EventKind.Acted ? " ** "u8 : " <"u8);
            _writer.Put(past.Nick);
            _writer.Put(past.Kind == EventKind.Acted ? " "u8 : "> "u8);
            _writer.Put(past.Text);
            framing.End(_writer);
        }

        return _writer.Commit().Span;
    }

    // Only programs resume.
    public ReadOnlySpan<byte> Gap(Room room, long after) => default;

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

    public ReadOnlySpan<byte> WhoIs(PersonFacts facts)
    {
        _writer.Begin();
        LineFacts.WriteWhoIs(facts, framing, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Modes(Room room, ReadOnlySpan<byte> modes)
    {
        _writer.Begin();
        framing.Begin(_writer);
        _writer.Put("* modes of "u8);
        _writer.Put(room.Name);
        _writer.Put(": "u8);
        _writer.Put(modes);
        framing.End(_writer);
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
        framing.Begin(_writer);
        _writer.Put("* pong"u8);
        _writer.Put(token.IsEmpty ? default : " "u8);
        _writer.Put(token);
        framing.End(_writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Stats(MetricSet metrics)
    {
        _writer.Begin();
        LineFacts.WriteStats(metrics, framing, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Programs(IReadOnlyList<AllowedProgram> programs)
    {
        _writer.Begin();
        foreach (var program in programs)
        {
            framing.Begin(_writer);
            _writer.Put($"* /run {program.Name} {program.Syntax}".TrimEnd());
            framing.End(_writer);
        }

        return _writer.Commit().Span;
    }

    public IRunWriter BeginRun(IClientOutput output, string name, ReadOnlySpan<byte> id)
    {
        output.SendAsIs(Starred("run "u8, Encoding.ASCII.GetBytes($"{name}:")));
        return new LineRunWriter(this, output, name);
    }

    /// <summary>Encodes one line of the server.</summary>
    public ReadOnlySpan<byte> Starred(ReadOnlySpan<byte> mark, ReadOnlySpan<byte> text)
    {
        _writer.Begin();
        framing.Begin(_writer);
        _writer.Put("* "u8);
        _writer.Put(mark);
        _writer.Put(text);
        framing.End(_writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Help(ReadOnlySpan<byte> topic)
    {
        _writer.Begin();
        LineHelp.Write(topic, framing, _writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> PasswordWanted() => OneLine("* This server needs a password: /pass PASSWORD"u8);

    public ReadOnlySpan<byte> PasswordNotNeeded() => OneLine("* no password is needed"u8);

    private ReadOnlySpan<byte> OneLine(ReadOnlySpan<byte> line)
    {
        _writer.Begin();
        PutLine(line, _writer);
        return _writer.Commit().Span;
    }

    private void PutLine(ReadOnlySpan<byte> line, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put(line);
        framing.End(writer);
    }

    private void RoomList(ReadOnlySpan<Room> part, int total, bool hasMore, SegmentWriter writer)
    {
        foreach (var room in part)
        {
            framing.Begin(writer);
            writer.Put("* "u8);
            writer.Put(room.Name);
            writer.Put(" "u8);
            writer.Put(room.MemberCount);
            framing.End(writer);
        }

        if (!hasMore)
        {
            framing.Begin(writer);
            writer.Put("* rooms: "u8);
            writer.Put(total);
            framing.End(writer);
        }
    }

    private void MemberList(
        Room room, ReadOnlySpan<Membership> part, int total, bool hasMore, SegmentWriter writer)
    {
        var length = 0;
        foreach (var member in part)
        {
            if (length == 0)
            {
                framing.Begin(writer);
                writer.Put("* in "u8);
                writer.Put(room.Name);
                writer.Put(":"u8);
            }

            writer.Put(" "u8);
            writer.Put(LineFacts.MarkOf(member.Rank));
            writer.Put(member.Person.Nick);
            length += 1 + member.Person.Nick.Length;
            if (length > ListLineBytes)
            {
                framing.End(writer);
                length = 0;
            }
        }

        if (length > 0)
        {
            framing.End(writer);
        }

        if (!hasMore)
        {
            framing.Begin(writer);
            writer.Put("* members of "u8);
            writer.Put(room.Name);
            writer.Put(": "u8);
            writer.Put(total);
            framing.End(writer);
        }
    }

    private void MaskList(Room room, char letter, ReadOnlySpan<MaskEntry> masks, SegmentWriter writer)
    {
        foreach (var entry in masks)
        {
            framing.Begin(writer);
            writer.Put("* +"u8);
            writer.Put((byte)letter);
            writer.Put(" "u8);
            writer.Put(entry.Mask);
            writer.Put(" by "u8);
            writer.Put(entry.SetBy);
            framing.End(writer);
        }

        framing.Begin(writer);
        writer.Put("* masks of "u8);
        writer.Put(room.Name);
        writer.Put(", mode "u8);
        writer.Put((byte)letter);
        writer.Put(": "u8);
        writer.Put(masks.Length);
        framing.End(writer);
    }
}
