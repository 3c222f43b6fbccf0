using System.Buffers.Binary;

namespace MuxChat.Simulation.Fuzz.Generating;

/// <summary>Inputs that are nearly right: lines, commands, requests in JSON, frames. Mutation comes after.</summary>
internal static class Grammar
{
    private const int HeaderBytes = 4;

    private static readonly byte[][] Corpus =
    [
        "hello\n"u8.ToArray(), "/nick alice\n/join #tea\nhi\n"u8.ToArray(), "/msg bob hello\r\n"u8.ToArray(),
        "//slashes\n/me waves\n/topic tea\n/part\n/quit bye\n"u8.ToArray(),
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), "POST /x HTTP/1.0\n\n/nick x\n"u8.ToArray(), [0x16, 3, 1, 2, 0],
        [255, 253, 3, .. "hello\r\n"u8],
        [0, 0, 0, 15, .. "{\"type\":\"ping\"}"u8], [0, 0, 0, 0, 0, 0, 0, 2, .. "{}"u8], "世界👋\n"u8.ToArray(), "x\r\r\n\n"u8.ToArray(),
    ];

    private static readonly string[] Words =
        ["hello", "alice", "bob", "#lobby", "#tea", "lobby", "a", "guest-1", "世界", "👋", "x", "é", "tea at four", "1st", "-a", "[a]", "a,b",
            "a:b", "#", "+o", "-o+b", "+kl", "+imnst", "*!*@*", "\t", " ", "  ", "/", "*", "...", "7",
            "\"", "\"a b\"", "a\\\"", "+7", "0", "99999999999", "b", "I", "ban"];

    private static readonly string[] Commands =
        ["/nick", "/join", "/part", "/me", "/msg", "/topic", "/mode", "/kick", "/invite", "/away", "/rooms", "/who", "/history", "/ping",
            "/stats", "/help", "/quit", "/pass", "/oper", "/kill", "/op", "/rehash", "/wallops", "/run", "/run", "/files",
            "/get", "/share", "/chunk", "/leave", "/list", "/names", "/exit", "/ban", "/unban", "/deop", "/voice", "/devoice",
            "/say", "/pong", "/", "//", "/ME", "/x",
            "GET", "PRI *", ""];

    private static readonly string[] Types = ["say", "me", "msg", "nick", "join", "part", "topic", "mode", "kick", "invite", "away",
        "rooms", "who", "history", "resume", "ping", "pong", "stats", "help", "quit", "pass", "oper", "kill", "op", "rehash", "wallops",
        "run", "run", "share", "chunk", "files", "get", "Say", "x", ""];

    private static readonly string[] Names =
        ["type", "id", "room", "nick", "to", "text", "token", "reason", "command", "modes", "key", "name", "password", "after", "limit",
            "epoch", "args", "args", "x", "typ", "Type", "\\u0074ype", "t\\u0065xt", "\\ud800", "", "\\u0069d",
            "file", "number", "offset", "length", "size", "sha256", "data", "\\\"", "nul\\u0000"];

    private static readonly string[] Escapes = ["\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u0000", "\\u001b", "\\ud83d\\udc4b", "\\ud800",
        "\\udfff", "\\u00e9", "\\b", "\\x", "\\u12"];

    public static void PutLines(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(6))
        {
            input.Put(random.Pick(Corpus));
        }

        for (var lines = random.Next(1, 6); lines > 0; lines--)
        {
            PutLine(random, input);
            input.Put(random.Next(8) switch { 0 => "\r\n"u8, 1 => "\r\r\n"u8, 2 => "\n\n"u8, 3 => ""u8, _ => "\n"u8 });
        }
    }

    public static void PutLine(FuzzRandom random, InputBuffer input)
    {
        switch (random.Next(6))
        {
            case 0:
                PutRun(random, input);
                break;
            case 1:
                PutTelnet(random, input);
                break;
            case 2:
                input.Put(random.Pick(Words));
                break;
            default:
                input.Put(random.Pick(Commands));
                for (var words = random.Next(4); words > 0; words--)
                {
                    input.Put((byte)' ');
                    PutWord(random, input);
                }

                break;
        }
    }

    public static void PutTelnet(FuzzRandom random, InputBuffer input)
    {
        for (var parts = random.Next(1, 8); parts > 0; parts--)
        {
            if (random.OneIn(2))
            {
                input.Put(random.Pick(Nasty.Telnet));
            }
            else
            {
                PutWord(random, input);
            }
        }

        if (random.OneIn(40))
        {
            // Around the longest subnegotiation.
            input.Put([255, 250]);
            for (var left = random.Next(500, 520); left > 0; left--)
            {
                input.Put((byte)'x');
            }

            input.Put([255, 240]);
        }
    }

    /// <summary>Frames with a length that is mostly right.</summary>
    public static void PutFrames(FuzzRandom random, InputBuffer input)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        for (var frames = random.Next(1, 5); frames > 0; frames--)
        {
            var start = input.Length;
            input.Put("\0\0\0\0"u8);
            if (random.OneIn(3))
            {
                PutRun(random, input);
            }
            else
            {
                PutJson(random, input);
            }

            var length = input.Length - start - HeaderBytes;
            BinaryPrimitives.WriteInt32BigEndian(header, random.OneIn(6) ? length + random.Next(-2, 3) : length);
            (random.OneIn(12) ? random.Pick(Nasty.Integers) : header).CopyTo(input.Bytes[start..]);
        }
    }

    /// <summary>A request, mostly one.</summary>
    public static void PutJson(FuzzRandom random, InputBuffer input)
    {
        input.Put("{"u8);
        if (!random.OneIn(6))
        {
            input.Put("\"type\":\""u8);
            input.Put(random.Pick(Types));
            input.Put("\""u8);
        }

        for (var fields = random.Next(5); fields > 0; fields--)
        {
            input.Put(","u8);
            PutSpace(random, input);
            input.Put("\""u8);
            input.Put(random.Pick(Names));
            input.Put("\":"u8);
            PutSpace(random, input);
            PutValue(random, input, depth: 0);
        }

        input.Put("}"u8);
        PutSpace(random, input);
    }

    private static void PutValue(FuzzRandom random, InputBuffer input, int depth)
    {
        switch (random.Next(10))
        {
            case 0:
                input.Put(random.Pick((string[])["0", "-1", "17", "1.5e3", "1e999", "01", "-", "9007199254740993", "null", "true",
                    "false", "NaN"]));
                break;
            case 1 when depth < 20:
                input.Put("["u8);
                PutValue(random, input, depth + 1);
                input.Put("]"u8);
                break;
            case 2 when depth < 20:
                input.Put("{\"a\":"u8);
                PutValue(random, input, depth + 1);
                input.Put("}"u8);
                break;
            case 3 when depth == 0:
                var levels = random.Next(12, 19);
                input.Put(new string('[', levels));
                input.Put(new string(']', levels));
                break;
            case 4 when depth == 0:
                PutArguments(random, input);
                break;
            default:
                input.Put("\""u8);
                PutText(random, input);
                input.Put("\""u8);
                break;
        }
    }

    private static void PutArguments(FuzzRandom random, InputBuffer input)
    {
        input.Put("["u8);
        for (var left = random.Next(4); left >= 0; left--)
        {
            PutValue(random, input, depth: 10);
            input.Put(left > 0 ? "," : "");
        }

        input.Put("]"u8);
    }

    private static void PutText(FuzzRandom random, InputBuffer input)
    {
        for (var parts = random.Next(3); parts >= 0; parts--)
        {
            if (random.OneIn(4))
            {
                input.Put(random.Pick(Escapes));
            }
            else if (random.OneIn(30))
            {
                PutRun(random, input);
            }
            else
            {
                PutWord(random, input);
            }
        }
    }

    public static void PutWord(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(12))
        {
            input.Put(random.Pick(Nasty.Utf8));
        }
        else
        {
            input.Put(random.Pick(Words));
        }
    }

    private static void PutSpace(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            input.Put(random.Pick((string[])[" ", "\n", "\r\n", "\t", "  "]));
        }
    }

    /// <summary>Lengths around the limits that the targets set.</summary>
    public static void PutRun(FuzzRandom random, InputBuffer input)
    {
        Span<byte> run = stackalloc byte[300];
        var length = random.OneIn(2)
            ? random.Next(run.Length) : Math.Max(0, random.Pick((int[])[16, 32, 64, 128, 256]) + random.Next(-2, 3));
        run.Fill((byte)"xa \r"[random.Next(4)]);
        input.Put(run[..length]);
    }

    /// <summary>Bytes without any thought.</summary>
    public static void PutNoise(FuzzRandom random, InputBuffer input)
    {
        for (var left = random.Length(128); left > 0; left--)
        {
            input.Put((byte)random.NextLong());
        }
    }
}
