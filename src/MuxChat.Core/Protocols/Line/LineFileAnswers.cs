using System.Buffers.Text;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Framing;

namespace MuxChat.Core.Protocols.Line;

/// <summary>Writes what concerns files as lines: announcements, lists, and contents in base64 (RFC 4648).</summary>
/// <remarks>
/// Each line of a content begins with <c>=</c> and a space, as no other line does. A script can therefore tell it from the chat:
/// <c>sed -n 's/^= //p' | base64 -d</c>.
/// </remarks>
internal sealed class LineFileAnswers(IFraming framing) : IFileAnswers
{
    /// <summary>Bytes of a file in one line: 57, which are 76 digits (RFC 2045, section 6.8).</summary>
    private const int BytesPerLine = 57;

    /// <summary>Lines in one part: 500.</summary>
    private const int LinesPerPart = 500;

    private readonly SegmentWriter _writer = new(new SegmentPool());

    public int PartBytes => LinesPerPart * BytesPerLine;

    // A person asks once and gets all of it.
    public long MaxBytesPerRequest => long.MaxValue;

    // Only programs upload.
    public ReadOnlySpan<byte> Upload(Upload upload, FileId key) => default;

    public ReadOnlySpan<byte> List(Room room, ReadOnlySpan<SharedFile> part, int total, bool hasMore)
    {
        _writer.Begin();
        foreach (var file in part)
        {
            framing.Begin(_writer);
            _writer.Put("* "u8);
            _writer.Put(file.Number);
            _writer.Put(" "u8);
            _writer.Put(file.Name);
            _writer.Put(" ("u8);
            _writer.Put(FileText.DescribeSize(file.SizeBytes));
            _writer.Put(") by "u8);
            _writer.Put(file.From);
            framing.End(_writer);
        }

        if (!hasMore)
        {
            framing.Begin(_writer);
            _writer.Put("* files of "u8);
            _writer.Put(room.Name);
            _writer.Put(": "u8);
            _writer.Put(total);
            framing.End(_writer);
        }

        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Head(SharedFile file, long offset, long length, ReadOnlySpan<byte> link)
    {
        _writer.Begin();
        framing.Begin(_writer);
        _writer.Put("* "u8);
        _writer.Put(file.Name);
        _writer.Put(", "u8);
        _writer.Put(file.SizeBytes);
        _writer.Put(" bytes, sha256 "u8);
        _writer.Put(Convert.ToHexStringLower(file.Sha256));
        framing.End(_writer);
        framing.Begin(_writer);
        _writer.Put("* link: "u8);
        _writer.Put(link);
        framing.End(_writer);
        return _writer.Commit().Span;
    }

    public ReadOnlySpan<byte> Part(SharedFile file, long offset, ReadOnlySpan<byte> bytes, bool isLast)
    {
        _writer.Begin();
        Span<byte> digits = stackalloc byte[80];
        while (!bytes.IsEmpty)
        {
            var line = bytes[..Math.Min(bytes.Length, BytesPerLine)];
            bytes = bytes[line.Length..];
            Base64.EncodeToUtf8(line, digits, out _, out var written);
            framing.Begin(_writer);
            _writer.Put("= "u8);
            _writer.Put(digits[..written]);
            framing.End(_writer);
        }

        if (isLast)
        {
            framing.Begin(_writer);
            _writer.Put("* end of the file"u8);
            framing.End(_writer);
        }

        return _writer.Commit().Span;
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
}
