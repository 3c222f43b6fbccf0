namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes that the fuzzer's crowd must find, not the simulation: the check is what the fuzzer says.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Crowd { get; } =
    [
        new("mode changes have no bound, are not folded, and have a line each on IRC", "Chat/Moderation/ModeRequest.cs",
            "public const int MaxChanges = 12;",
            "public const int MaxChanges = 1_000_000;",
            "SegmentWriter.Reserve")
        {
            Also =
            [
                ("Chat/Moderation/ModeChanges.cs", "if (takenBack >= 0)", "if (takenBack >= 0 && letter == '?')"),
                ("Protocols/Irc/IrcModerationFormat.cs", "PutPart(change, IrcLine.MaxContent - length, writer)",
                    "PutPart(change, 1, writer)"),
            ],
        },
        new("a session's recipient is the answer to the command that completed the login", "Protocols/Irc/IrcLogin.cs",
            "client.Hub.Connect(client.Host.Output, login.Nick, identity)",
            "client.Hub.Connect(client.Output, login.Nick, identity)",
            "InvalidCastException"),
        new("a server operator that leaves counts on", "Chat/Operators/ServerOperators.cs",
            "            Count--;\n",
            "",
            "operators are left"),
        new("an invisible client that leaves counts on", "Chat/ChatHub.cs",
            "        SetInvisible(person, false);\n",
            "",
            "invisible clients are left"),
        new("a topic on IRC is not cut to its line", "Protocols/Irc/IrcWireFormat.cs",
            "            writer.Put(text[..ChatText.Fit(text, IrcLine.MaxContent - length)]);",
            "            writer.Put(text);",
            "a client gets this line"),
        new("a download whose client is gone counts on", "Protocols/FileContent.cs",
            "public void Abandon() => download.Dispose();",
            "public void Abandon() => _ = download;",
            "downloads are left"),
        new("a command is never carried out", "Protocols/Irc/IrcCommands.cs",
            "\"HELP\", IrcServerQueries.Help)",
            "\"HELP\", IrcServerQueries.Help, minParameters: 99)",
            "never carried out: irc HELP"),
    ];
}
