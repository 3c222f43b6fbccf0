using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>Cuts what follows a command into its parameters.</summary>
internal static class Words
{
    /// <summary>Returns the first word; <paramref name="rest"/> is what follows the blanks after it.</summary>
    public static string First(string text, out string rest)
    {
        var start = text.TrimStart(' ');
        var end = start.IndexOf(' ', StringComparison.Ordinal);
        rest = end < 0 ? "" : start[end..].TrimStart(' ');
        return end < 0 ? start : start[..end];
    }

    /// <summary>Returns all words, of which quotes hold some together. Null if a quote is not closed, or a NUL is in the text.</summary>
    public static string[]? Cut(string text) =>
        ArgumentWords.TryCut(Encoding.UTF8.GetBytes(text.Length > 0 ? " " + text : ""), out var words)
            ? Encoding.UTF8.GetString(words).Split('\0')[1..] : null;

    /// <summary>Returns the path that is all of a text. Null after a mistake, which is shown.</summary>
    public static string? Path(CommandContext context, string text)
    {
        if (TypedPath.TryRead(text.Trim(' '), TypedPath.Home, out var path, out var why))
        {
            return path;
        }

        context.Session.Mistake(why);
        return null;
    }

    /// <summary>Returns a room named first, or the room that the user looks at. Null after a mistake, which is shown.</summary>
    public static string? Room(CommandContext context, string text, out string rest)
    {
        var first = First(text, out rest);
        if (first.StartsWith('#'))
        {
            return first;
        }

        rest = text.Trim();
        if (!context.View.IsRoom)
        {
            context.Session.Mistake("this view is no room: name one, such as #lobby");
            return null;
        }

        return context.View.Name;
    }

    /// <summary>Returns the room that is named, with or without its #, or the room that the user looks at. Null after a mistake.</summary>
    public static string? RoomAlone(CommandContext context, string text)
    {
        var name = First(text, out _);
        if (name.Length == 0)
        {
            return Room(context, "", out _);
        }

        if (Names.TryReadRoom(name, out var room))
        {
            return room;
        }

        context.Session.Mistake(RoomName.Rule);
        return null;
    }

    /// <summary>Returns a text, or null if it is empty.</summary>
    public static string? OrNull(this string text) => text.Length > 0 ? text : null;

    /// <summary>Returns a nick named first. Null after a mistake, which is shown.</summary>
    public static string? Nick(CommandContext context, string text, out string rest)
    {
        var nick = First(text, out rest);
        if (Names.IsNick(nick))
        {
            return nick;
        }

        context.Session.Mistake(nick.Length == 0 ? "name a person" : Nickname.Rule);
        return null;
    }
}
