using System.Globalization;
using System.Text;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What is said for a datagram of <c>notify</c>, character by character, as docs/protocols/listeners.md has it.</summary>
internal static class ReferenceNotify
{
    private const string Cut = " [cut]";

    /// <summary>Whether the first word is the key, or there is none.</summary>
    public static bool HasKey(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> key) => key.IsEmpty
        || (datagram.StartsWith(key) && (datagram.Length == key.Length || datagram[key.Length] == (byte)' '));

    /// <summary>The text, in UTF-8; empty for nothing.</summary>
    public static byte[] TextOf(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> key, int maxBytes)
    {
        if (!HasKey(datagram, key))
        {
            return [];
        }

        var characters = CharactersOf(datagram[key.Length..]);
        var first = characters.FindIndex(static character => character != " ");
        var text = first < 0 ? [] : characters[first..(characters.FindLastIndex(static character => character != " ") + 1)];
        return Encoding.UTF8.GetBytes(SizeOf(text) <= maxBytes ? string.Concat(text) : Shorten(text, maxBytes - Cut.Length) + Cut);
    }

    // Each control character as many blanks as it has bytes; each ill-formed part one U+FFFD (Unicode, "maximal subpart").
    private static List<string> CharactersOf(ReadOnlySpan<byte> datagram)
    {
        var characters = new List<string>();
        while (!datagram.IsEmpty)
        {
            Rune.DecodeFromUtf8(datagram, out var character, out var bytes);
            datagram = datagram[bytes..];
            var isControl = Rune.GetUnicodeCategory(character) == UnicodeCategory.Control && character.Value != '\t';
            characters.AddRange(isControl ? Enumerable.Repeat(" ", bytes) : [character.ToString()]);
        }

        return characters;
    }

    private static int SizeOf(IEnumerable<string> characters) => characters.Sum(Encoding.UTF8.GetByteCount);

    private static string Shorten(List<string> characters, int maxBytes)
    {
        var bytes = 0;
        return string.Concat(characters.TakeWhile(character => (bytes += Encoding.UTF8.GetByteCount(character)) <= maxBytes));
    }
}
