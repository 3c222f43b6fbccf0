using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// The rule for room names: <c>#</c> and 1 to 63 visible characters without space, comma, colon or control.
/// Names that differ only in ASCII case name the same room.
/// </summary>
public static class RoomName
{
    /// <summary>The longest room name in characters (Unicode scalar values), not counting the <c>#</c>.</summary>
    public const int MaxCharacters = 63;

    /// <summary>The longest room name in bytes of UTF-8, counting the <c>#</c>.</summary>
    public const int MaxBytes = 1 + (4 * MaxCharacters);

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "a room name is # and 1 to 63 characters without spaces, commas, colons or control characters"
        + ", all visible: no joiners, variation selectors or direction marks";

    /// <summary>Whether <paramref name="name"/> follows the rule.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > MaxBytes || name[0] != (byte)'#' || !ChatText.IsUtf8(name) || ChatText.HasControl(name))
        {
            return false;
        }

        return !name.ContainsAny(" ,:\t"u8) && CountCharacters(name[1..]) <= MaxCharacters && !InvisibleCharacters.IsAnyIn(name);
    }

    /// <summary>Adds the <c>#</c> to a name that an admin gave without it. False if the result is not a valid room name.</summary>
    public static bool TryFromOperator(string given, out byte[] name)
    {
        name = Encoding.UTF8.GetBytes(given.StartsWith('#') ? given : "#" + given);
        return IsValid(name);
    }

    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        var characters = 0;
        foreach (var unit in utf8)
        {
            // Each byte except a continuation byte (10xxxxxx) begins a character.
            if ((unit & 0xC0) != 0x80)
            {
                characters++;
            }
        }

        return characters;
    }
}
