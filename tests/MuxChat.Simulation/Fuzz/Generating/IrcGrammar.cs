namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Lines of IRC, mostly near to being right.</summary>
internal static class IrcGrammar
{
    private static readonly string[] Commands =
    [
        "PRIVMSG", "NOTICE", "JOIN", "PART", "NICK", "USER", "CAP", "PING", "PONG", "TOPIC", "NAMES", "LIST", "MODE", "WHO", "WHOIS",
        "WHOWAS", "ISON", "USERHOST", "AWAY",
        "MOTD", "LUSERS", "VERSION", "TIME", "INFO", "ADMIN", "HELP", "PASS", "QUIT", "privmsg", "KICK", "001", "", "TAGMSG", "CHATHISTORY",
        "CHATHISTORY", "MONITOR", "SETNAME", "REDACT",
    ];

    private static readonly string[] Parameters =
    [
        "#lobby", "#a", "#a,#b,#c", "0", "ann", "w-irc", "guest-1", "*", ":", ":a b", ":\u0001ACTION waves\u0001", ":\u0001VERSION\u0001",
        "LS 302", "REQ :server-time message-tags",
        "REQ :echo-message extended-join userhost-in-names standard-replies", "REQ :-server-time", "END", "LIST", "u 0 * :u", "+b", ">1",
        "<5", "*a*", "\u0002bold\u000304,05red", ",", ":x",
        "LATEST #lobby * 5", "AROUND #lobby timestamp=2026-01-02T03:04:05.000Z 3", "BEFORE #lobby msgid=1-1 5",
        "BETWEEN #lobby timestamp=1970-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00Z 4",
        "TARGETS timestamp=1970-01-01T00:00:00.000Z timestamp=2099-01-01T00:00:00Z 4", "LATEST", "msgid=", "timestamp=",
        "+ ann,w-irc,guest-1,x", "- ann", "C", "L", "S", ":A tester",
        "REQ :batch labeled-response", "REQ :batch draft/chathistory draft/event-playback message-tags",
        "#lobby 1-1", "#lobby m1-1 :a b", "ann m1-1", "REQ :draft/message-redaction message-tags",
        "REQ :setname extended-monitor away-notify",
    ];

    /// <summary>A client that logs in and says a few things.</summary>
    public static void PutLines(FuzzRandom random, InputBuffer input)
    {
        if (!random.OneIn(4))
        {
            input.Put("NICK ann\r\nUSER u 0 * :u\r\n"u8);
        }

        if (random.OneIn(3))
        {
            input.Put("CAP REQ :message-tags batch labeled-response echo-message server-time\r\n"u8);
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
        if (random.OneIn(4))
        {
            input.Put(random.Pick((string[])["@a=b;c ", "@ ", "@time=x ", "@", "@label=x ", "@label=a\\sb;+x=1 ",
                "@+draft/x=a\\:;+y;msgid=1-1 ", "@+x=\u0007;+z=1 ", "@+x=\u0002 "]));
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
