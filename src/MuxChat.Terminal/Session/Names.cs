using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Terminal.Session;

/// <summary>The rules of names as the server has them: only ASCII letters have a case.</summary>
internal static class Names
{
    public static string Fold(string name) => string.Create(name.Length, name, static (folded, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            folded[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        }
    });

    public static bool AreSame(string one, string other) => Fold(one) == Fold(other);

    public static bool IsNick(string name) => Nickname.IsValid(Encoding.UTF8.GetBytes(name));

    /// <summary>Reads the name of a room, with or without its <c>#</c>.</summary>
    public static bool TryReadRoom(string given, out string room)
    {
        var isRoom = RoomName.TryFromOperator(given, out var name);
        room = isRoom ? Encoding.UTF8.GetString(name) : "";
        return isRoom;
    }

    /// <summary>Whether a text names a nick as a word of its own.</summary>
    public static bool Mentions(string text, string nick)
    {
        var (where, what) = (Fold(text), Fold(nick));
        for (var at = IndexOf(where, what, 0); at >= 0 && what.Length > 0; at = IndexOf(where, what, at + 1))
        {
            if (!IsNickLetter(where, at - 1) && !IsNickLetter(where, at + what.Length))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOf(string where, string what, int from) => where.IndexOf(what, from, StringComparison.Ordinal);

    private static bool IsNickLetter(string text, int at) => at >= 0 && at < text.Length && Nickname.IsCharacter(text[at]);
}
