using System.Text;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>
/// Lines of IRC with every word of the product's table. What each takes is written down here. A new word gets parameters of all kinds,
/// and a run fails when none of them fits.
/// </summary>
internal static class CrowdIrc
{
    // After a percent sign: room, Rooms, nick, Nicks, text, key, Keys, modes, mask, number, id or time, event, capabilities, password.
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        ["PRIVMSG"] = ["%r :%t", "%n :%t", "%R :%t", "%N :%t"],
        ["NOTICE"] = ["%r :%t", "%N :%t"],
        ["REDACT"] = ["#lobby %e", "#lobby %e :%t", "%r %e", "ann %e", "ann %e :%t", "%n %e", "%r"],
        ["TAGMSG"] = ["%r", "%n", "%R"],
        ["JOIN"] = ["%r", "%r", "%r %k", "%R %K", "0"],
        ["PART"] = ["%r", "%R :%t"],
        ["NICK"] = ["%n"],
        ["USER"] = ["u 0 * :%t"],
        ["PASS"] = ["%p"],
        ["CAP"] = ["LS 302", "LS", "LIST", "REQ :%c", "REQ :%c", "END"],
        ["PING"] = ["%t", ":%t"],
        ["PONG"] = ["x"],
        ["QUIT"] = [":%t"],
        ["TOPIC"] = ["%r", "%r :%t"],
        ["KICK"] = ["%r %n", "%R %N :%t"],
        ["INVITE"] = ["%n %r"],
        ["NAMES"] = ["", "%R"],
        ["LIST"] = ["", "%R", ">1", "<5", "*a*", "%w"],
        ["MODE"] = ["%r", "%r %m", "%r %m", "%n", "%n +i", "%n -i+w", "%n %m"],
        ["WHO"] = ["%r", "%w", "%n o", "%r %%tcuhnfdlar,7"],
        ["WHOIS"] = ["%n", "%N"],
        ["WHOWAS"] = ["%n", "%n %d"],
        ["MONITOR"] = ["+ %N", "- %N", "C", "L", "S"],
        ["SETNAME"] = [":%t"],
        ["ISON"] = ["%n %n %n", ":%n %n"],
        ["USERHOST"] = ["%n %n"],
        ["AWAY"] = ["", ":%t"],
        ["OPER"] = ["root %p"],
        ["KILL"] = ["%n :%t"],
        ["SAMODE"] = ["%r %m", "%r +o %n"],
        ["WALLOPS"] = [":%t"],
        ["RUN"] = ["fail", "count 3", "both x :%t", "%n"],
        ["FILES"] = ["", "%r"],
        ["GET"] = ["1", "2", "3", "%d"],
        ["CHATHISTORY"] =
        [
            "LATEST %r * %d", "LATEST %r %i %d", "BEFORE %r %i %d", "AFTER %r %i %d", "AROUND %r %i %d", "BETWEEN %r %i %i %d",
            "TARGETS %i %i %d",
        ],
        ["STATS"] = ["u", "o", ""],
        ["HELP"] = ["", "%t"],
    };

    private static readonly string[] Any = ["", "%r", "%n", "%r %n", "%r :%t", "%n :%t", "%d", ":%t"];

    /// <summary>
    /// A client logs in: it may ask for capabilities, give the password, and end what it negotiates before or after its name, with labels
    /// or without.
    /// </summary>
    public static void PutLogin(FuzzRandom random, InputBuffer script)
    {
        if (random.OneIn(40))
        {
            // Nobody here is a gateway, so this is the end of the client.
            Put(random, script, "WEBIRC gate gateway %n 192.0.2.200 :secure");
        }

        var asks = !random.OneIn(4);
        if (asks)
        {
            Put(random, script, "CAP REQ :%c");
        }

        if (!random.OneIn(6))
        {
            Put(random, script, "PASS letmein");
        }

        var nickIsFirst = random.OneIn(2);
        Put(random, script, nickIsFirst ? "NICK %n" : "USER u 0 * :%t");
        if (asks && random.OneIn(3))
        {
            Put(random, script, "CAP END");
        }

        Put(random, script, nickIsFirst ? "USER u 0 * :%t" : "NICK %n");
        if (asks)
        {
            Put(random, script, "CAP END");
        }

        Put(random, script, "JOIN #c,%R");
        if (random.OneIn(4))
        {
            Put(random, script, "OPER root secret");
        }
    }

    /// <summary>Any command.</summary>
    public static void PutLine(FuzzRandom random, InputBuffer script)
    {
        var word = PickWord(random);
        if (word == "QUIT" && !random.OneIn(4))
        {
            word = PickWord(random);
        }

        if (word == "REDACT")
        {
            // So that there is something to remove.
            Put(random, script, random.OneIn(3) ? "PRIVMSG #lobby :%t" : "PRIVMSG ann :hi");
        }

        var parameters = random.Pick(Parameters.GetValueOrDefault(word, Any));
        Put(random, script, parameters.Length > 0 ? $"{word} {parameters}" : word);
    }

    private static string PickWord(FuzzRandom random) => Encoding.ASCII.GetString(random.Pick(IrcCommands.All).Name);

    private static void Put(FuzzRandom random, InputBuffer script, string pattern)
    {
        PutTags(random, script);
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '%' && at + 1 < pattern.Length)
            {
                Fill(random, script, pattern[++at]);
            }
            else
            {
                script.Put((byte)pattern[at]);
            }
        }

        script.Put(random.OneIn(3) ? "\n" : "\r\n");
    }

    private static void PutTags(FuzzRandom random, InputBuffer script)
    {
        switch (random.Next(10))
        {
            case < 5:
                script.Put($"@label={random.Next(1_000)} ");
                break;
            case 5:
                script.Put($"@+typing=active;label={random.Next(1_000)};+x=a\\:\\s ");
                break;
            case 6:
                script.Put("@+typing=active "u8);
                break;
            case 7 when random.OneIn(20):
                script.Put($"@label=1;+x={new string('z', random.Next(9_000))} ");
                break;
        }
    }

    private static void Fill(FuzzRandom random, InputBuffer script, char what)
    {
        switch (what)
        {
            case 'r':
                CrowdWords.PutRoom(random, script);
                break;
            case 'R':
                CrowdWords.PutList(random, script, CrowdWords.PutRoom);
                break;
            case 'n':
                CrowdWords.PutNick(random, script);
                break;
            case 'N':
                CrowdWords.PutList(random, script, CrowdWords.PutNick);
                break;
            case 't':
                CrowdWords.PutText(random, script);
                break;
            case 'k':
                CrowdWords.PutKey(random, script);
                break;
            case 'K':
                CrowdWords.PutList(random, script, CrowdWords.PutKey);
                break;
            case 'm':
                CrowdWords.PutModes(random, script);
                break;
            case 'w':
                CrowdWords.PutMask(random, script);
                break;
            case 'd':
                CrowdWords.PutNumber(random, script);
                break;
            case 'i':
                CrowdWords.PutReference(random, script);
                break;
            case 'e':
                CrowdWords.PutMessageId(random, script);
                break;
            case 'c':
                CrowdWords.PutCapabilities(random, script);
                break;
            case 'p':
                CrowdWords.PutPassword(random, script);
                break;
            default:
                script.Put((byte)what);
                break;
        }
    }
}
