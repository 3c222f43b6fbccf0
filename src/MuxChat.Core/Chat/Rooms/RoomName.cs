using System.Text;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Rooms;

/// <summary>
/// The rule for room names: <c>#</c> and 1 to 63 visible characters without space, comma, colon or control;
/// ASCII case does not tell two apart.
/// </summary>
public static class RoomName
{
    /// <summary>The longest room name in characters (Unicode scalar values), the <c>#</c> not counted.</summary>
    public const int MaxCharacters = 63;

    /// <summary>The longest room name in bytes of UTF-8, the <c>#</c> counted.</summary>
    public const int MaxBytes = 1 + (4 * MaxCharacters);

    /// <summary>What a room name must look like, in words.</summary>
    public const string Rule = "a room name is # and 1 to 63 characters without spaces, commas, colons or control characters"
        + ", all visible: no joiners, variation selectors or direction marks";

    /// <summary>Whether <paramref name="name"/> is a room name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 2 or > MaxBytes || name[0] != (byte)'#' || !ChatText.IsUtf8(name) || ChatText.HasControl(name))
        {
            return false;
        }

        return !name.ContainsAny(" ,:\t"u8) && CountCharacters(name[1..]) <= MaxCharacters && !InvisibleCharacters.IsAnyIn(name);
    }

    /// <summary>Checks the name an operator gave, with or without its <c>#</c>.</summary>
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
            // Every byte but a continuation byte (10xxxxxx) begins a character.
            if ((unit & 0xC0) != 0x80)
            {
                characters++;
            }
        }

        return characters;
    }
}
