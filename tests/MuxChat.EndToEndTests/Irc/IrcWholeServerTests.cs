using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Irc;

/// <summary>Questions about all persons and rooms of a server: each test has a server for itself.</summary>
public sealed class IrcWholeServerTests
{
    [Theory]
    [EveryIo]
    public void Who_with_a_mask_shows_everybody_who_may_be_seen(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--oper", SharedServers.Root);
        using var cool = LogIn(server, "coolNick", "cooluser", "A Cool One");
        using var hidden = LogIn(server, "hidden", "shy", "Nobody Sees");
        using var other = LogIn(server, "other", "plain", "Somebody");
        cool.Send("JOIN #cool");
        hidden.Send("JOIN #den\r\nMODE hidden +i");
        cool.Sync();
        hidden.Sync();

        string[] coolLine = [":muxchat.local 352 other #cool ~cooluser localhost muxchat.local coolNick H@ :0 A Cool One"];
        string[] otherLine = [":muxchat.local 352 other * ~plain localhost muxchat.local other H :0 Somebody"];
        string[] both = [.. otherLine, .. coolLine];
        (string Mask, string Shown, string[] Lines)[] asked =
        [
            ("*", "*", both), ("0", "0", both), ("", "*", both), ("*hos?", "*hos?", both), ("localhost", "localhost", both),
            ("coolni*", "coolni*", coolLine), ("COOLNI?K", "COOLNI?K", coolLine), ("coolnick", "coolnick", coolLine),
            ("~cool*", "~cool*", coolLine), ("?plain", "?plain", otherLine), (":*cool one", "*", coolLine),
            ("#*", "#*", []), ("nobody", "nobody", []), ("shy", "shy", []),
        ];
        foreach (var (mask, shown, lines) in asked)
        {
            other.Send($"WHO {mask}".TrimEnd());
            Assert.Equal([.. lines, End(shown)], other.Ping());
        }

        // Who shares a room sees who is invisible.
        other.Send("JOIN #den");
        other.Sync();
        other.Send("WHO hid*");
        Assert.Equal([":muxchat.local 352 other #den ~shy localhost muxchat.local hidden H@ :0 Nobody Sees", End("hid*")],
            other.Ping());
        other.Send("WHO cool* %nu,7");
        Assert.Equal([":muxchat.local 354 other ~cooluser coolNick", End("cool*")], other.Ping());
    }

    [Theory]
    [EveryIo]
    public void Who_with_o_shows_operators_only(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--oper", SharedServers.Root);
        using var root = LogIn(server, "root", "r", "Root");
        using var other = LogIn(server, "other", "plain", "Somebody");
        root.Send("OPER root secret");
        Assert.Contains(":muxchat.local 381 ", root.Read(), StringComparison.Ordinal);
        root.Send("JOIN #a");
        root.Sync();
        other.Send("JOIN #a");
        other.Sync();
        foreach (var mask in (string[])["*", "#a", "root", "r*"])
        {
            other.Send($"WHO {mask} o");
            Assert.Equal([":muxchat.local 352 other #a ~r localhost muxchat.local root H*@ :0 Root", End(mask)],
                other.Ping());
            other.Send($"WHO {mask} o%n");
            Assert.Equal([":muxchat.local 354 other root", End(mask)], other.Ping());
        }

        other.Send("WHO other o");
        Assert.Equal([End("other")], other.Ping());
    }

    [Theory]
    [EveryIo]
    public void Empty_lobby_is_not_listed_and_not_counted(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var ann = LogIn(server, "ann", "a", "Ann");
        Assert.Equal([":muxchat.local 254 ann 0 :channels formed"], Ask(ann, "LUSERS", " 254 "));
        ann.Send("LIST");
        Assert.Equal([":muxchat.local 321 ann Channel :Users  Name", ":muxchat.local 323 ann :End of /LIST"], ann.Ping());
        ann.Send("NAMES #lobby");
        Assert.Equal([":muxchat.local 366 ann #lobby :End of /NAMES list"], ann.Ping());

        using var bob = new LineClient(server.EndPoint("line"));
        bob.Sync();
        Assert.Equal([":muxchat.local 254 ann 1 :channels formed"], Ask(ann, "LUSERS", " 254 "));
        Assert.Equal([":muxchat.local 322 ann #lobby 1 :"], Ask(ann, "LIST", " 322 "));
    }

    [Theory]
    [EveryIo]
    public void Lusers_tells_the_most_that_there_ever_were(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var ann = LogIn(server, "ann", "a", "Ann");
        using (var bob = LogIn(server, "bob", "b", "Bob"))
        {
            Assert.Equal([":muxchat.local 265 ann 2 2 :Current local users 2, max 2"], Ask(ann, "LUSERS", " 265 "));
            bob.Send("QUIT");
            bob.ReadToEnd();
        }

        Assert.Equal([":muxchat.local 265 ann 1 2 :Current local users 1, max 2"], Ask(ann, "LUSERS", " 265 "));
        Assert.Equal([":muxchat.local 266 ann 1 2 :Current global users 1, max 2"], Ask(ann, "LUSERS", " 266 "));
    }

    private static string End(string mask) => $":muxchat.local 315 other {mask} :End of WHO list";

    private static List<string> Ask(IrcClient client, string question, string numeric)
    {
        client.Send(question);
        return client.Ping().FindAll(line => line.Contains(numeric, StringComparison.Ordinal));
    }

    private static IrcClient LogIn(ServerProcess server, string nick, string user, string realName)
    {
        var client = new IrcClient(server.EndPoint("auto"));
        client.Send($"NICK {nick}\r\nUSER {user} 0 * :{realName}");
        client.Sync();
        return client;
    }
}
