using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>The names that the admin gives the server, and its version: wherever IRC shows them.</summary>
public sealed class ServerNameTests
{
    private static readonly string[] Asked =
    [
        "INFO", "VERSION", "LINKS", "TIME", "ADMIN", "WHOIS ann", "WHO ann", "WHO ann %s", "CAP LS", "MOTD", "NICK 1", "JOIN #a", "LUSERS",
        "HELP", "MONITOR + ann,nobody", "OPER a b", "NICK bea", "WHOWAS ann", "STATS u", "LIST", "GET 1", "NOTHING",
    ];

    [Theory]
    [EveryIo]
    public void Names_that_are_given_are_shown_wherever_irc_shows_them(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--listen", "irc://127.0.0.1:0", "--name", "irc.example.org",
            "--network", "ExampleNet", "--description", "tea and talk, 茶 too");
        using var ann = new IrcClient(server.EndPoint("irc")) { Server = "irc.example.org" };
        ann.Send("NICK ann");
        ann.Send("USER u 0 * :u");
        var told = ann.Ping();
        foreach (var asked in Asked)
        {
            ann.Send(asked);
            told.AddRange(ann.Ping());
        }

        string[] expected =
        [
            "001 ann :Welcome to the ExampleNet network, ann!~u@localhost", "002 ann :Your host is irc.example.org, running muxchat-...",
            "004 ann irc.example.org muxchat-...", "005 ann NETWORK=ExampleNet CASEMAPPING=...",
            "371 ann :irc.example.org: tea and talk, 茶 too", "351 ann muxchat-... irc.example.org :tea and talk, 茶 too",
            "364 ann irc.example.org irc.example.org :0 tea and talk, 茶 too", "391 ann irc.example.org :...",
            "256 ann irc.example.org :...", "257 ann :tea and talk, 茶 too", "312 ann ann irc.example.org :tea and talk, 茶 too",
            "352 ann * ~u localhost irc.example.org ann ...", "354 ann irc.example.org", "CAP ann LS :...", "730 ann :ann!...",
            "731 ann :nobody", "312 bea ann irc.example.org :...",
        ];
        Assert.All(expected, line => Assert.Contains(told, one => LinePattern.Matches($":irc.example.org {line}", one)));
        Assert.DoesNotContain(told, static line => line.Contains("muxchat.local", StringComparison.Ordinal));
    }

    [Fact]
    public void Longest_names_cut_no_line()
    {
        var name = new string('a', 59) + ".org";
        var nick = new string('n', 30);
        using var server = ServerProcess.Start("--listen", "irc://127.0.0.1:0", "--name", name, "--network", new string('N', 63),
            "--description", new string('d', 150));
        using var client = new IrcClient(server.EndPoint("irc")) { Server = name };
        client.Send("CAP LS 302");
        client.Send($"NICK {nick}");
        client.Send("USER u 0 * :u");
        client.Send("CAP END");
        client.Send("CAP LS");
        client.Send("HELP");
        var told = client.Ping();
        Assert.Equal(2, told.Count(static line => line.Contains(" LS :", StringComparison.Ordinal)
            && line.EndsWith("userhost-in-names", StringComparison.Ordinal)));
        var supported = told.FindAll(static line => line.Contains(" 005 ", StringComparison.Ordinal));
        Assert.True(supported.Count >= 3);
        Assert.All(supported, static line => Assert.EndsWith(" :are supported by this server", line, StringComparison.Ordinal));
        var commands = string.Concat(told.Where(static line => line.Contains(" 705 ", StringComparison.Ordinal)));
        Assert.EndsWith(" ISUPPORT ", commands, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_that_of_the_program()
    {
        var version = Assert.Single(Muxchat.Run(["--version"]).Output);
        using var server = ServerProcess.Start("--listen", "irc://127.0.0.1:0");
        using var ann = new IrcClient(server.EndPoint("irc"));
        ann.Send("NICK ann");
        ann.Send("USER u 0 * :u");
        ann.Send("VERSION");
        var told = ann.Ping();
        Assert.Contains($":muxchat.local 002 ann :Your host is muxchat.local, running muxchat-{version}", told);
        Assert.Contains(told, line => LinePattern.Matches($":muxchat.local 004 ann muxchat.local muxchat-{version} ...", line));
        Assert.Contains($":muxchat.local 351 ann muxchat-{version} muxchat.local :MuxChat", told);
    }
}
