using System.Buffers.Text;
using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Files;

/// <summary>The text of a <see cref="EventKind.Shared"/> event: the facts about its file, so that rooms and journals remember it.</summary>
/// <remarks>
/// Six words and the name: <c>NUMBER ID SIZE SHA256 TYPE NAME</c>, where an empty type is a minus sign. Wire formats write it in their own
/// form. The name comes last, because it may have spaces.
/// </remarks>
public static class FileText
{
    private const int Sha256Digits = 64;

    private static ReadOnlySpan<byte> NoType => "-"u8;

    /// <summary>Encodes the facts about a sealed file.</summary>
    public static byte[] Encode(SharedFile file) =>
    [
        .. Encoding.ASCII.GetBytes($"{file.Number} {file.Id} {file.SizeBytes} {Convert.ToHexStringLower(file.Sha256)} "),
        .. Encoding.ASCII.GetBytes(file.ImageType.Length == 0 ? "-" : file.ImageType),
        (byte)' ',
        .. file.Name,
    ];

    /// <summary>Reads a text of <see cref="Encode"/>. False for any other text, which a damaged or foreign journal may hold.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out FileNote note)
    {
        note = default;
        var number = ChatText.ReadWord(ref text);
        note.Id = ChatText.ReadWord(ref text);
        var size = ChatText.ReadWord(ref text);
        note.Sha256 = ChatText.ReadWord(ref text);
        note.ImageType = ChatText.ReadWord(ref text);
        note.ImageType = note.ImageType.SequenceEqual(NoType) ? default : note.ImageType;
        note.Name = text;
        return TryRead(number, out note.Number) && note.Number > 0 && TryRead(size, out note.SizeBytes)
            && FileId.TryParse(note.Id, out _) && note.Sha256.Length == Sha256Digits && FileHash.TryParse(note.Sha256, out _)
            && !note.Name.IsEmpty;
    }

    /// <summary>Writes a size as people read it: <c>12 KB</c>, in units of 1,024, rounded up.</summary>
    public static string DescribeSize(long bytes)
    {
        const int Unit = 1024;
        string[] names = ["bytes", "KB", "MB", "GB"];
        var size = bytes;
        var name = 0;
        while (size >= Unit && name < names.Length - 1)
        {
            size = (size + Unit - 1) / Unit;
            name++;
        }

        return size == 1 && name == 0 ? "1 byte" : $"{size} {names[name]}";
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out long value) =>
        Utf8Parser.TryParse(digits, out value, out var used) && used == digits.Length && value >= 0;
}

/// <summary>The facts about a file in an event. Its spans point into the event's text.</summary>
public ref struct FileNote
{
    /// <summary>The file's number.</summary>
    public long Number;

    /// <summary>The id, in hexadecimal.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>The length in bytes.</summary>
    public long SizeBytes;

    /// <summary>The SHA-256, in hexadecimal.</summary>
    public ReadOnlySpan<byte> Sha256;

    /// <summary>The media type of an image; empty for other files.</summary>
    public ReadOnlySpan<byte> ImageType;

    /// <summary>The name to show.</summary>
    public ReadOnlySpan<byte> Name;
}
