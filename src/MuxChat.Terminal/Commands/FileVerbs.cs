using System.Globalization;
using MuxChat.Core.Chat.Text;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>The commands about files, and about programs of the admin.</summary>
internal static class FileVerbs
{
    public static void Share(CommandContext context, string text)
    {
        if (text.Trim(' ').Length == 0)
        {
            context.Session.Mistake("name a file of this machine: /share FILE");
        }
        else if (Words.Path(context, text) is { } path && Words.Room(context, "", out _) is { } room && context.IsConnected)
        {
            context.Session.Transfers.Share(room, path);
        }
    }

    public static void Get(CommandContext context, string text)
    {
        var first = Words.First(text, out var rest);
        if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            context.Session.Mistake("/get takes the number of a file, such as /get 7; /files lists them");
        }
        else if (Words.Path(context, rest) is { } path && Words.Room(context, "", out _) is { } room && context.IsConnected)
        {
            context.Session.Transfers.Get(room, number, path);
        }
    }

    public static void List(CommandContext context, string text)
    {
        if (Words.RoomAlone(context, text) is { } room)
        {
            context.Ask(new Request("files", ("room", room)));
        }
    }

    public static void Run(CommandContext context, string text)
    {
        var name = Words.First(text, out var rest);
        if (name.Length == 0)
        {
            context.Ask(new Request("run"));
        }
        else if (Words.Cut(rest) is { } arguments)
        {
            context.Ask(new Request("run", ("name", name), ("args", arguments)));
        }
        else
        {
            context.Session.Mistake(ArgumentWords.Wrong.Message);
        }
    }
}
