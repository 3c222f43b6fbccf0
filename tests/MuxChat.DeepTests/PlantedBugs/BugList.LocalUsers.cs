namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes about clients over Unix sockets: whose they are, what their user may do, and how they close.</summary>
public static partial class BugList
{
    public static readonly IReadOnlyList<PlantedBug> LocalUsers =
    [
        new("all users of the machine share one address", "Delivery/HostNames.cs",
            "new(UserMark | id, IsLoopback: true);",
            "new(UserMark | (id & 0), IsLoopback: true);",
            "addresses") { IsOnlyFinder = true },
        new("the user whom the admin made an operator is none", "Chat/Operators/ServerOperators.cs",
            "if (session.Recipient.IsLocalOperator)",
            "if (session.Recipient.IsLocalOperator && Count < 0)",
            "rights") { IsOnlyFinder = true },
        new("every user of the machine is an operator", "Delivery/Recipient.cs",
            "Owner is { User.IsOperator: true };",
            "Owner is { User: not null };",
            "rights"),
        new("a user who is an operator is not told so", "Chat/Operators/ServerOperators.cs",
            "            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Operator, Nick = session.Person.Nick, "
                + "Result = CommandResult.Ok() });\n",
            "",
            "rights"),
        new("a guest over a Unix socket is called like any other", "Chat/ChatHub.cs",
            "recipient.LocalUserName is { } user ?",
            "recipient.LocalUserName is { Length: 0 } user ?",
            "log") { IsOnlyFinder = true },
        new("a nick keeps what no nick may hold of a user's name", "Chat/Text/Nickname.cs",
            "letter = Allowed.Contains(letter) ? letter : (byte)'-';",
            "letter = Allowed.Contains(letter) ? letter : (byte)'_';",
            "log") { IsOnlyFinder = true },
        new("on IRC a user whom the kernel names is what the client says", "Protocols/Irc/IrcLogin.cs",
            "UserName(Encoding.UTF8.GetBytes(name)) : login.User;",
            "login.User : login.User;",
            "views"),
        new("what a client sent before it closed its Unix socket is not read", "Loop/Connection.cs",
            "            // The connection does not read now, so the poller would report the error in every tick.\n            Lose();",
            "            Doom(CloseReason.Reset);",
            "ending"),
    ];
}
