using System.Buffers.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes what concerns files as lines: announcements, lists, and contents in base64 (RFC 4648).</summary>
/// <remarks>
/// Each line of a content begins with <c>=</c> and a space, as no other line does. A script can therefore tell it from the chat:
/// <c>sed -n 's/^= //p' | base64 -d</c>.
/// </remarks>
internal sealed class LineFiles(IFraming framing)
{
    /// <summary>Bytes of a file in one line: 57, which are 76 digits (RFC 2045, section 6.8).</summary>
    private const int BytesPerLine = 57;

    /// <summary>Bytes of a file in one part: 500 lines.</summary>
    public const int PartBytes = 500 * BytesPerLine;

    /// <summary>Writes that a person shared a file.</summary>
    public void Shared(in ChatEvent chatEvent, bool showsRoom, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* "u8);
        writer.Put(chatEvent.Nick);
        Describe(chatEvent.Text, showsRoom ? chatEvent.Room!.Name : default, writer);
        framing.End(writer);
    }

    /// <summary>Writes <c> shared report.pdf (12 KB): /get 7</c>, as live events and the past have it.</summary>
    public static void Describe(ReadOnlySpan<byte> text, ReadOnlySpan<byte> room, SegmentWriter writer)
    {
        writer.Put(" shared "u8);
        if (!FileText.TryRead(text, out var file))
        {
            writer.Put(text);
            return;
        }

        writer.Put(file.Name);
        writer.Put(" ("u8);
        writer.Put(FileText.DescribeSize(file.SizeBytes));
        writer.Put(")"u8);
        writer.Put(room.IsEmpty ? default : " in "u8);
        writer.Put(room);
        writer.Put(": /get "u8);
        writer.Put(file.Number);
    }

    public void List(Room room, ReadOnlySpan<SharedFile> part, int total, bool hasMore, SegmentWriter writer)
    {
        foreach (var file in part)
        {
            framing.Begin(writer);
            writer.Put("* "u8);
            writer.Put(file.Number);
            writer.Put(" "u8);
            writer.Put(file.Name);
            writer.Put(" ("u8);
            writer.Put(FileText.DescribeSize(file.SizeBytes));
            writer.Put(") by "u8);
            writer.Put(file.From);
            framing.End(writer);
        }

        if (!hasMore)
        {
            framing.Begin(writer);
            writer.Put("* files of "u8);
            writer.Put(room.Name);
            writer.Put(": "u8);
            writer.Put(total);
            framing.End(writer);
        }
    }

    public void Head(SharedFile file, ReadOnlySpan<byte> link, SegmentWriter writer)
    {
        framing.Begin(writer);
        writer.Put("* "u8);
        writer.Put(file.Name);
        writer.Put(", "u8);
        writer.Put(file.SizeBytes);
        writer.Put(" bytes, sha256 "u8);
        writer.Put(Convert.ToHexStringLower(file.Sha256));
        framing.End(writer);
        framing.Begin(writer);
        writer.Put("* link: "u8);
        writer.Put(link);
        framing.End(writer);
    }

    public void Content(ReadOnlySpan<byte> bytes, bool isLast, SegmentWriter writer)
    {
        Span<byte> digits = stackalloc byte[80];
        while (!bytes.IsEmpty)
        {
            var line = bytes[..Math.Min(bytes.Length, BytesPerLine)];
            bytes = bytes[line.Length..];
            Base64.EncodeToUtf8(line, digits, out _, out var written);
            framing.Begin(writer);
            writer.Put("= "u8);
            writer.Put(digits[..written]);
            framing.End(writer);
        }

        if (isLast)
        {
            framing.Begin(writer);
            writer.Put("* end of the file"u8);
            framing.End(writer);
        }
    }
}
