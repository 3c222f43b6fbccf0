using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Commands;

/// <summary>The commands of the client. Parsing, help and completion read this table; a new command is a row of it.</summary>
internal static class CommandTable
{
    public static readonly IReadOnlyList<ClientCommand> All =
    [
        new("join", "ROOM [KEY]", "enters a room, or turns to one that you are in", RoomVerbs.Join) { Aliases = ["j"] },
        new("part", "[ROOM] [TEXT]", "leaves a room, or closes private messages", RoomVerbs.Part) { Aliases = ["leave", "close"] },
        new("room", "NAME", "turns to a room or to private messages", RoomVerbs.Turn) { Aliases = ["window", "buffer"] },
        new("msg", "NICK [TEXT]", "writes to one person", TalkVerbs.Message) { Aliases = ["query"] },
        new("me", "TEXT", "says what you do", TalkVerbs.Act),
        new("nick", "NAME", "takes another nick", TalkVerbs.Nick),
        new("topic", "[ROOM] [TEXT or -]", "shows the topic, sets it, or removes it with -", RoomVerbs.Topic),
        new("who", "[ROOM]", "lists the members", RoomVerbs.Who) { Aliases = ["names"] },
        new("rooms", "", "lists the rooms of the server", static (context, _) => context.Ask(new Request("rooms"))) { Aliases = ["list"] },
        new("history", "[N]", "shows the last N events of the room again, 20 if N is left out", RoomVerbs.History),
        new("away", "[TEXT]", "says that you are away", TalkVerbs.Away),
        new("back", "", "says that you are back", static (context, _) => context.Ask(new Request("away"), "you are back")),
        new("kick", "[ROOM] NICK [TEXT]", "removes a member from a room whose operator you are", RoomVerbs.Kick),
        new("invite", "[ROOM] NICK", "lets a person into the room", RoomVerbs.Invite),
        new("mode", "[ROOM] [MODES]", "shows or changes the modes of the room, such as +m or +o NICK", RoomVerbs.Mode),
        new("share", "FILE", "shares a file of this machine in the room", FileVerbs.Share) { WordsBeforePath = 0 },
        new("files", "[ROOM]", "lists the files of the room", FileVerbs.List),
        new("get", "NUMBER [PATH]", "saves a shared file", FileVerbs.Get) { WordsBeforePath = 1 },
        new("run", "[NAME [ARGS]]", "runs a command of the admin, or lists them", FileVerbs.Run),
        new("oper", "NAME PASSWORD", "makes you a server operator", TalkVerbs.Operator),
        new("help", "[COMMAND]", "lists the commands, or explains one", Help) { Aliases = ["?"] },
        new("quit", "[TEXT]", "ends the client, with a last word", static (context, text) => context.Quit(text.Length > 0 ? text : null))
        {
            Aliases = ["exit"],
        },
    ];

    /// <summary>Finds a command by its name or another name, in any case; null if there is none.</summary>
    public static ClientCommand? Find(string name) => All.FirstOrDefault(
        command => Names.AreSame(command.Name, name) || command.Aliases.Any(alias => Names.AreSame(alias, name)));

    /// <summary>Returns the index of the path in a typed command. Null if the command takes no path, or its path has not begun.</summary>
    public static int? PathStart(string text)
    {
        var line = text[(text.LastIndexOf('\n') + 1)..];
        if (!line.StartsWith('/') || Find(Words.First(line[1..], out var rest))?.WordsBeforePath is not { } count)
        {
            return null;
        }

        while (count > 0 && Words.First(rest, out rest).Length > 0)
        {
            count--;
        }

        return count == 0 && text[^(rest.Length + 1)] == ' ' ? text.Length - rest.Length : null;
    }

    /// <summary>
    /// Carries out a typed line: a command if it begins with a slash, and otherwise a text. <c>//</c> begins a text with a slash.
    /// </summary>
    public static void Run(CommandContext context, string line)
    {
        if (!line.StartsWith('/') || line.StartsWith("//", StringComparison.Ordinal))
        {
            context.Say(context.View, line.StartsWith('/') ? line[1..] : line);
            return;
        }

        var name = Words.First(line[1..], out var rest);
        if (Find(name) is { } command)
        {
            command.Run(context, rest);
        }
        else if (context.Session.Phase == SessionPhase.Ready && name.Length > 0)
        {
            AskServer(context, name);
        }
        else
        {
            context.Session.Mistake(Unknown(name));
        }
    }

    // The server may have a request of that name which this client cannot send.
    private static void AskServer(CommandContext context, string name) =>
        context.Ask(new Request("help", ("command", Names.Fold(name))), answer => context.Session.Mistake(
            answer.Text("type") == "ok"
                ? $"the server has a request {Names.Fold(name)}, but this client has no command for it: use nc or a program"
                : Unknown(name)));

    private static string Unknown(string name) => $"there is no command /{name}: /help lists them, and //{name} says it as a text";

    private static void Help(CommandContext context, string topic)
    {
        if (topic.Length == 0)
        {
            var width = All.Max(static command => command.Syntax.Length);
            foreach (var command in All)
            {
                context.Session.Note($"{command.Syntax.PadRight(width)}  {command.Summary}");
            }

            context.Session.Note("//text says a text that begins with a slash; docs/TERMINAL.md has the keys");
        }
        else if (Find(topic.TrimStart('/')) is { } command)
        {
            var others = string.Concat(command.Aliases.Select(static alias => $", also /{alias}"));
            context.Session.Note($"{command.Syntax}: {command.Summary}{others}");
        }
        else
        {
            context.Session.Mistake(Unknown(topic.TrimStart('/')));
        }
    }
}
