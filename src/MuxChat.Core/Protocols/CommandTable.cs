using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Protocols;

/// <summary>The commands of the line and frame protocols. Parsing and help both read this table.</summary>
internal static class CommandTable
{
    /// <summary>The longest mistyped name for which a known one is looked for: 20 bytes.</summary>
    private const int MaxMeantBytes = 20;

    public static readonly CommandInfo[] All =
    [
        new("say", CommandKind.Say, "", "room, text", "sends a text to a room"),
        new("me", CommandKind.Act, "/me text", "room, text", "tells a room what you are doing"),
        new("msg", CommandKind.Message, "/msg NICK text", "to, text", "sends a private message"),
        new("nick", CommandKind.Nick, "/nick NAME", "nick", "changes your nick"),
        new("join", CommandKind.Join, "/join ROOM [KEY]", "room, key", "joins a room, or switches to one you are in"),
        new("part", CommandKind.Part, "/part [ROOM]", "room, reason", "leaves a room") { OtherNames = ["leave"] },
        new("topic", CommandKind.Topic, "/topic [#ROOM] [text]", "room, text", "shows or sets the topic"),
        new("mode", CommandKind.Modes, "/mode [#ROOM] [MODES ...]", "room, modes", "shows or changes a room's modes")
        {
            Details =
            [
                "modes: +b MASK bans, +e MASK excepts from bans, +i lets in only invited clients, +I MASK lets in uninvited ones",
                "modes: +k KEY sets a key, +l N limits the members, +m is moderated, +n lets only members speak, +s hides the room",
                "modes: +t keeps the topic to operators, +C keeps programs from talking, +o NICK makes an operator, +v NICK gives voice",
                "a minus takes a mode back; b, e or I alone shows the list; without modes you read those that are on",
                "examples: /mode +b bob bans a nick; /mode +k sesame sets a key; /mode +i is invite-only; /mode #tea -i in another room",
            ],
        },
        new("kick", CommandKind.Kick, "/kick [#ROOM] NICK [text]", "room, nick, reason",
            "removes a person from a room where you are an operator"),
        new("invite", CommandKind.Invite, "/invite [#ROOM] NICK", "room, nick", "invites a person to a room"),
        new("away", CommandKind.Away, "/away [text]", "reason", "marks you as away with this message, or as back without one"),
        new("rooms", CommandKind.Rooms, "/rooms", "", "lists the rooms") { OtherNames = ["list"] },
        new("who", CommandKind.Who, "/who [ROOM]", "room", "lists the members of a room") { OtherNames = ["names"] },
        new("whois", CommandKind.WhoIs, "/whois NICK", "nick", "tells who a person is, and in which rooms"),
        new("history", CommandKind.History, "/history [ROOM] [N]", "room, after, limit",
            "shows a room's last lines; on frames, all its events after a number"),
        new("resume", CommandKind.Resume, "", "room, epoch, after, nick, key",
            "joins a room again, with all events missed since a number"),
        new("share", CommandKind.Share, "", "room, name, size, sha256", "begins or resumes the upload of a file for a room"),
        new("chunk", CommandKind.Chunk, "", "file, offset, data", "sends the next bytes of an upload"),
        new("cancel", CommandKind.Cancel, "", "file", "gives up an upload"),
        new("files", CommandKind.Files, "/files [ROOM]", "room", "lists the files of a room"),
        new("get", CommandKind.Get, "/get NUMBER", "file, number, offset, length", "gets a file of a room"),
        new("ping", CommandKind.Ping, "/ping [TOKEN]", "token", "asks the server for a pong with the token"),
        new("pong", CommandKind.None, "", "", "answers the server's ping"),
        new("stats", CommandKind.Stats, "/stats", "", "shows the server's metrics"),
        new("help", CommandKind.Help, "/help [COMMAND]", "command", "lists the commands, or explains one"),
        new("quit", CommandKind.Quit, "/quit [text]", "reason", "closes your connection, with a last message") { OtherNames = ["exit"] },
        new("pass", CommandKind.Pass, "/pass PASSWORD", "password", "gives the server's password, if it needs one"),
        new("oper", CommandKind.Oper, "/oper NAME PASSWORD", "name, password", "makes you a server operator"),
        new("kill", CommandKind.Kill, "/kill NICK [reason]", "nick, reason", "closes a person's connection (server operators)"),
        new("op", CommandKind.Override, "/op [#ROOM] NICK", "room, nick",
            "makes a person an operator of a room where you are one (server operators: of any room)"),
        new("rehash", CommandKind.Rehash, "/rehash", "", "reads the message of the day again (server operators)"),
        new("wallops", CommandKind.Wallops, "/wallops text", "text",
            "sends to server operators and clients with mode w (server operators)"),
        new("run", CommandKind.Run, "/run [NAME [ARGS]]", "name, args", "runs a command of the admin, or lists them (server operators)"),
    ];

    /// <summary>The names of all commands, for suggestions.</summary>
    public static readonly string[] Names = [.. All.Select(static command => Encoding.ASCII.GetString(command.Name))];

    /// <summary>Finds a command by its name, in any case; null if there is none.</summary>
    public static CommandInfo? Find(ReadOnlySpan<byte> name)
    {
        foreach (var command in All)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, command.Name))
            {
                return command;
            }
        }

        return null;
    }

    /// <summary>Checks the topic of a help request, with or without its slash: a command's name, or empty for all commands.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="known">The command that the topic names; null if it names none.</param>
    /// <param name="names">The names that may have been meant.</param>
    public static CommandResult CheckHelpTopic(ReadOnlySpan<byte> topic, CommandInfo? known, string[] names) =>
        topic.IsEmpty || known is not null
        ? CommandResult.Ok()
        : CommandResult.Error(ErrorCode.UnknownCommand,
            $"unknown command: {Suggest(topic.TrimStart("/"u8), names, mark: "")}help without a word lists the commands");

    /// <summary>
    /// Asks whether the nearest command with the same first letter was meant: <c>did you mean join? </c>. Empty if no name is near, or the
    /// given one is longer than <see cref="MaxMeantBytes"/>.
    /// </summary>
    public static string Suggest(ReadOnlySpan<byte> name, string[] names, string mark) =>
        name.Length is > 0 and <= MaxMeantBytes && (char)(name[0] | 0x20) is var first
        && Spelling.Meant(ChatState.Text(name), names.Where(one => one[0] == first)) is { } meant
            ? $"did you mean {mark}{meant}? " : "";
}

/// <summary>One command: its name in both protocols, and its help.</summary>
internal sealed record CommandInfo
{
    public CommandInfo(string name, CommandKind kind, string lineSyntax, string frameFields, string summary)
    {
        Name = Encoding.ASCII.GetBytes(name);
        Kind = kind;
        LineSyntax = Encoding.ASCII.GetBytes(lineSyntax);
        FrameFields = Encoding.ASCII.GetBytes(frameFields);
        Summary = Encoding.ASCII.GetBytes(summary);
    }

    /// <summary>The name: <c>/name</c> in lines, the <c>type</c> in frames.</summary>
    public byte[] Name { get; }

    public CommandKind Kind { get; }

    /// <summary>The syntax in lines, for help; empty if lines do not have this command.</summary>
    public byte[] LineSyntax { get; }

    /// <summary>The fields in frames, for help, without <c>type</c> and <c>id</c>.</summary>
    public byte[] FrameFields { get; }

    public byte[] Summary { get; }

    /// <summary>Other names of the command on lines, in lower case.</summary>
    public string[] OtherNames { get; init; } = [];

    /// <summary>Further lines of help on this command alone, on lines.</summary>
    public string[] Details { get; init; } = [];

    /// <summary>The change of a mode that the command is short for, such as <c>+b</c>; empty if it is no such command.</summary>
    public string ModeChange { get; init; } = "";
}
