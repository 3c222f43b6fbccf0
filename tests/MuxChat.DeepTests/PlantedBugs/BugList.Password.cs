namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes about the server's password.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Password { get; } =
    [
        new("an IRC client that gives no password is let in", "Protocols/Irc/IrcLogin.cs",
            "if (client.Host.Password is not null && !login.IsPasswordRight)",
            "if (client.Host.Password is null && login.IsPasswordRight)",
            "login"),
    ];
}
