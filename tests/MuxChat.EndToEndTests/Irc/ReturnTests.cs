using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>What a client is shown of a room's past when it connects again.</summary>
public sealed class ReturnTests
{
    [Theory]
    [EveryIo]
    public void Client_that_quit_is_shown_only_what_came_after(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--listen", "irc://127.0.0.1:0");
        using var ann = Enter(server, "ann", out _);
        ann.Send("PRIVMSG #e :!hello");
        ann.Sync();
        using (var bot = Enter(server, "bot", out var first))
        {
            Assert.EndsWith("<ann> !hello", Assert.Single(first), StringComparison.Ordinal);
            bot.Send("QUIT");
            Assert.StartsWith("ERROR ", bot.Read(), StringComparison.Ordinal);
            bot.ExpectEnd();
        }

        ann.Send("PRIVMSG #e :later");
        ann.Sync();
        using var again = Enter(server, "Bot", out var second);
        Assert.EndsWith("<ann> later", Assert.Single(second), StringComparison.Ordinal);
        using var other = Enter(server, "other", out var third);
        Assert.Equal(2, third.Count);
    }

    /// <summary>Nobody can tell what arrived at a client whose connection broke, so it is shown the last lines again.</summary>
    [Theory]
    [EveryIo]
    public void Client_whose_connection_ended_is_shown_the_last_lines(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--listen", "irc://127.0.0.1:0");
        using var ann = Enter(server, "ann", out _);
        using (var bob = Enter(server, "bob", out _))
        {
            ann.Read(" JOIN ");
            ann.Send("PRIVMSG #e :hello");
            Assert.EndsWith(" :hello", bob.Read(), StringComparison.Ordinal);
        }

        Assert.Contains(" QUIT :connection ", ann.Read(), StringComparison.Ordinal);
        using var again = Enter(server, "bob", out var shown);
        Assert.EndsWith("<ann> hello", Assert.Single(shown), StringComparison.Ordinal);
    }

    private static IrcClient Enter(ServerProcess server, string nick, out List<string> shown)
    {
        var client = new IrcClient(server.EndPoint("irc")).LogIn(nick);
        client.Send("JOIN #e");
        shown = client.Ping().FindAll(static line => line.Contains("@history ", StringComparison.Ordinal));
        return client;
    }
}
