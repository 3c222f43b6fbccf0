using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Files;

/// <summary>Cleans the names of files, so that a name is only ever shown and never means a place.</summary>
/// <remarks>
/// The store names files by their ids alone. A client may save a file under the clean name: it leads to no other folder, and hides
/// nothing (compare RFC 6266, section 4.3).
/// </remarks>
public static class FileName
{
    /// <summary>The longest name, in bytes of UTF-8: 255, as on most file systems. A longer one is cut, and keeps its extension.</summary>
    public const int MaxBytes = 255;

    /// <summary>Bytes of an extension, with its dot, that a cut name keeps: 16.</summary>
    private const int MaxExtensionBytes = 16;

    private const byte Dot = (byte)'.';

    private static ReadOnlySpan<byte> Nameless => "file"u8;

    // Separators of paths, and what Windows and shells do not take in names.
    private static ReadOnlySpan<byte> Reserved => "<>:\"|?*"u8;

    /// <summary>Returns the name to show: what comes after the last slash or backslash, without control and invisible characters.</summary>
    /// <param name="given">The name as the client gave it: well-formed UTF-8.</param>
    public static byte[] Clean(ReadOnlySpan<byte> given)
    {
        given = given[(given.LastIndexOfAny((byte)'/', (byte)'\\') + 1)..];
        var clean = new List<byte>(Math.Min(given.Length, MaxBytes));
        Span<byte> one = stackalloc byte[4];
        while (!given.IsEmpty)
        {
            Rune.DecodeFromUtf8(given, out var character, out var used);
            if (Rune.IsControl(character) || InvisibleCharacters.Contains(character))
            {
                // Words stay apart where a line end or an odd space was between them.
                character = Rune.IsWhiteSpace(character) ? new Rune(' ') : default;
            }

            if (character.Value != 0)
            {
                var written = character.EncodeToUtf8(one);
                clean.AddRange(written == 1 && Reserved.Contains(one[0]) ? "_"u8 : one[..written]);
            }

            given = given[used..];
        }

        // A dot at the front hides a file, and Windows drops dots and blanks at the end.
        var name = Cut([.. clean]).AsSpan().Trim(". "u8);
        return name.IsEmpty ? Nameless.ToArray() : name.ToArray();
    }

    private static byte[] Cut(byte[] name)
    {
        if (name.Length <= MaxBytes)
        {
            return name;
        }

        var dot = Array.LastIndexOf(name, Dot);
        var extension = dot >= 0 && name.Length - dot <= MaxExtensionBytes ? name[dot..] : [];
        return [.. name[..ChatText.Fit(name, MaxBytes - extension.Length)], .. extension];
    }
}
