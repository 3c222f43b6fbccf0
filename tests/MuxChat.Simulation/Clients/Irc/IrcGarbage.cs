using System.Text;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>Lines that must be refused whatever the chat is like, each with the one answer that it must get.</summary>
internal static class IrcGarbage
{
    private const int MaxLineBytes = 510;
    private const int MaxTagBytes = 8191;

    public static byte[] Compose(Intent intent, SimPlan plan, SeededRandom random)
    {
        if (intent.Kind == IntentKind.Overrun)
        {
            intent.Refusal = "417";
            return Encoding.ASCII.GetBytes(new string('o', (4 * (MaxTagBytes + MaxLineBytes)) + random.Between(1, 50)));
        }

        (intent.Refusal, var line) = Draw(plan, random);
        return [.. line, .. "\r\n"u8];
    }

    private static (string Refusal, byte[] Line) Draw(SimPlan plan, SeededRandom random) => random.Below(16) switch
    {
        0 => ("FAIL", [.. "PRIVMSG #lobby :x"u8, 0xC0, 0x80]),
        1 => ("FAIL", [.. "PRIVMSG #lobby :a\r:guest-1!line@localhost PRIVMSG #lobby :forged"u8]),
        2 => ("FAIL", [.. "PRIVMSG #lobby :a\0b"u8]),
        3 => ("417", Long("PRIVMSG #lobby :", MaxLineBytes + random.Between(1, 200))),
        4 => ("417", Long("PRIVMSG #lobby :",
            plan.Loop.ReadBytesPerTick > 400 ? MaxTagBytes + MaxLineBytes + random.Between(2, 200) : MaxLineBytes + 2)),
        5 => ("417", plan.Loop.ReadBytesPerTick > 400
            ? [.. Long("@", MaxTagBytes), .. " PRIVMSG #lobby :x"u8] : Long("JOIN #", MaxLineBytes + 1)),
        6 => ("421", [.. "DANCE #lobby :well"u8]),
        7 => ("432", [.. "NICK 1st"u8]),
        8 => ("403", [.. "JOIN tea"u8]),
        9 => ("401", [.. "PRIVMSG Nobody-at-all :hello"u8]),
        10 => ("404", [.. "PRIVMSG #lobby :esc \u001b[2J"u8]),
        11 => ("411", [.. "PRIVMSG"u8]),
        12 => ("412", [.. "PRIVMSG #lobby"u8]),
        13 => ("461", [.. "JOIN"u8]),
        14 => ("410", [.. "CAP DANCE"u8]),
        _ => ("403", [.. "PART #nobody-was-ever-here"u8]),
    };

    private static byte[] Long(string begin, int bytes) => Encoding.ASCII.GetBytes(begin.PadRight(bytes, 't'));
}
