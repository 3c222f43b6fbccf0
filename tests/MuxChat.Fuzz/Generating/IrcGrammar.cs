namespace MuxChat.Fuzz.Generating;

/// <summary>Lines of IRC, mostly near to being right.</summary>
internal static class IrcGrammar
{
    private static readonly string[] Commands =
    [
        "PRIVMSG", "NOTICE", "JOIN", "PART", "NICK", "USER", "CAP", "PING", "PONG", "TOPIC", "NAMES", "LIST", "MODE", "WHO", "WHOIS", "WHOWAS", "ISON", "USERHOST", "AWAY",
        "MOTD", "LUSERS", "VERSION", "TIME", "INFO", "ADMIN", "HELP", "PASS", "QUIT", "privmsg", "KICK", "001", "",
    ];

    private static readonly string[] Parameters =
    [
        "#lobby", "#a", "#a,#b,#c", "0", "ann", "w-irc", "guest-1", "*", ":", ":a b", ":\u0001ACTION waves\u0001", ":\u0001VERSION\u0001", "LS 302", "REQ :server-time message-tags",
        "REQ :echo-message extended-join userhost-in-names standard-replies", "REQ :-server-time", "END", "LIST", "u 0 * :u", "+b", ">1", "<5", "*a*", "\u0002bold\u000304,05red", ",", ":x",
    ];

    /// <summary>A client that logs in and says a few things.</summary>
    public static void PutLines(FuzzRandom random, InputBuffer input)
    {
        if (!random.OneIn(4))
        {
            input.Put("NICK ann\r\nUSER u 0 * :u\r\n"u8);
        }

        if (random.OneIn(2))
        {
            input.Put("JOIN #lobby\n"u8);
        }

        for (var lines = random.Next(1, 6); lines > 0; lines--)
        {
            PutLine(random, input);
            input.Put(random.Pick((string[])["\r\n", "\n", "\r\n", "\r\r\n", ""]));
        }
    }

    private static void PutLine(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            input.Put(random.Pick((string[])["@a=b;c ", "@ ", "@time=x ", "@"]));
        }

        if (random.OneIn(8))
        {
            input.Put(random.Pick((string[])[":ann ", ":", ":muxchat.local ", ":a!b@c  "]));
        }

        input.Put(random.Pick(Commands));
        for (var parameters = random.Next(4); parameters > 0; parameters--)
        {
            input.Put((byte)' ');
            if (random.OneIn(6))
            {
                Grammar.PutWord(random, input);
            }
            else
            {
                input.Put(random.Pick(Parameters));
            }
        }

        if (random.OneIn(50))
        {
            for (var left = random.Next(480, 9_000); left > 0; left--)
            {
                input.Put((byte)'x');
            }
        }
    }
}
