using MuxChat.Core.Chat.History;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>What the crowd talks with and of: few nicks and rooms, so that its members meet, and each of the longest that may be.</summary>
internal static class CrowdWords
{
    /// <summary>The chat's epochs come from this, so that references to its past can be right.</summary>
    public const ulong EpochSeed = 1;

    private const int KnownEpochs = 4;

    // Ids of uploads are counted from 1; a script begins few.
    private const int KnownFiles = 5;
    private const int SmallNumbers = 4;

    private static readonly string[] Nicks =
        ["ann", "bob", "cyd", "dee", "eve", "fay", "gus", "ANN", "a2345678901234567890123456789z", "guest-1", "guest-2", "x", "nobody"];

    private static readonly string[] Rooms =
        ["#lobby", "#a", "#b", "#a", "#b", "#c", "#Tea", "#世界", "#" + string.Concat(Enumerable.Repeat("👋", 63)), "#none"];

    private static readonly string[] Texts =
        ["hello", "a b c", "世界 👋", "", "x", "\u0001ACTION waves\u0001", "\u0001VERSION\u0001", "bold", "tea", "/me", ":x", " ", "@a"];

    private static readonly string[] References =
        ["timestamp=1970-01-01T00:00:00.000Z", "timestamp=2099-01-01T00:00:00Z", "timestamp=", "msgid=", "*", "msgid=1-1"];

    private static readonly string[] Data = ["YWJj", "YWJj", "YQ==", "YWI=", "", "YWJjZGVmZ2hpag==", "!", "YWJ"];
    private static readonly string[] Keys = ["k", "key", "x", "wrong"];
    private static readonly string[] Masks = ["*!*@*", "bob", "ann!*@*", "*!~u@*", "a*", "guest-*", "x!y@z", "*?*?*?*", "*"];
    private static readonly string[] Passwords = ["secret", "secret", "letmein", "wrong"];
    private static readonly string[] Numbers = ["1", "2", "3", "5", "20", "100", "1000", "0", "2147483647", "9007199254740991", "-1"];
    private static readonly string[] Letters = ["o", "v", "b", "e", "I", "k", "l", "m", "n", "t", "i", "s", "C", "x"];

    // Switches by themselves: what is switched on and off again comes to nothing.
    private static readonly string[] Switches = ["i", "m", "n", "t", "s", "C"];
    private static readonly string[] Capabilities = System.Text.Encoding.ASCII.GetString(IrcCapNames.All).Split(' ');
    private static readonly long[] Epochs = DrawEpochs();

    public static ReadOnlySpan<byte> ServerPassword => "letmein"u8;

    public static void PutNick(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Nicks));

    public static void PutRoom(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Rooms));

    public static void PutKey(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Keys));

    public static void PutMask(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Masks));

    public static void PutPassword(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Passwords));

    public static void PutNumber(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Numbers));

    /// <summary>A number as a small file has them.</summary>
    public static void PutSmallNumber(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            PutNumber(random, input);
        }
        else
        {
            input.Put($"{random.Next(SmallNumbers)}");
        }
    }

    /// <summary>The id of one of the first files; seldom anything else.</summary>
    public static void PutFileId(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(10))
        {
            PutText(random, input);
        }
        else
        {
            input.Put($"{random.Next(1, KnownFiles):x32}");
        }
    }

    /// <summary>No hash, that of the first data, or a wrong one.</summary>
    public static void PutHash(FuzzRandom random, InputBuffer input) => input.Put(random.Next(6) switch
    {
        < 2 => "",
        < 5 => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Convert.FromBase64String(Data[0]))),
        _ => new string('0', 64),
    });

    /// <summary>Bytes of a file.</summary>
    public static void PutData(FuzzRandom random, InputBuffer input) => input.Put(random.Pick(Data));

    /// <summary>A text, one in fifty of them long, and one with bytes in it that no text may have.</summary>
    public static void PutText(FuzzRandom random, InputBuffer input)
    {
        input.Put(random.Pick(Texts));
        if (random.OneIn(50))
        {
            input.Put(random.Pick(Nasty.Utf8));
        }
        else if (random.OneIn(50))
        {
            input.Put(new string('y', random.Next(300, 4_200)));
        }
    }

    /// <summary>Several, by commas: mostly few.</summary>
    public static void PutList(FuzzRandom random, InputBuffer input, Action<FuzzRandom, InputBuffer> one)
    {
        for (var left = random.OneIn(10) ? random.Next(60) : random.Next(3); left > 0; left--)
        {
            one(random, input);
            input.Put((byte)',');
        }

        one(random, input);
    }

    /// <summary>A moment of the past: a time, or the id of an event that there may be.</summary>
    public static void PutReference(FuzzRandom random, InputBuffer input) => input.Put(random.Next(4) switch
    {
        0 => $"timestamp={CrowdClock.Beginning.AddMilliseconds(random.Next(2_000)):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}",
        1 => random.Pick(References),
        _ => $"msgid={random.Pick(Epochs)}-{random.Next(1, 60)}",
    });

    /// <summary>
    /// The id of an event, mostly of the lobby's, or of a message that is none, that there may be. The first epoch that is drawn is the
    /// lobby's, and the second is the series of other messages.
    /// </summary>
    public static void PutMessageId(FuzzRandom random, InputBuffer input) =>
        input.Put(random.OneIn(2) ? $"m{Epochs[1]}-{random.Next(1, 8)}"
            : $"{(random.OneIn(3) ? random.Pick(Epochs) : Epochs[0])}-{random.Next(2, 25)}");

    public static void PutEpoch(FuzzRandom random, InputBuffer input) =>
        input.Put($"{(random.OneIn(5) ? random.Next(100) : random.Pick(Epochs))}");

    /// <summary>Capabilities, by spaces; one in six is given back.</summary>
    public static void PutCapabilities(FuzzRandom random, InputBuffer input)
    {
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            input.Put(random.OneIn(6) ? " -" : " ");
            input.Put(random.Pick(Capabilities));
        }

        input.Put(random.OneIn(2) ? " batch labeled-response" : "");
        input.Put(random.OneIn(4) ? " draft/chathistory draft/event-playback" : "");
    }

    /// <summary>
    /// Changes of modes: a few letters with what they take, one of them again and again, or switches there and back, up to a whole line.
    /// </summary>
    public static void PutModes(FuzzRandom random, InputBuffer input)
    {
        switch (random.Next(4))
        {
            case 0:
                var (there, back) = (random.Pick(Switches), random.Pick(Switches));
                for (var left = random.OneIn(4) ? random.Next(2_000) : random.Next(1, 20); left > 0; left--)
                {
                    input.Put("+"u8);
                    input.Put(there);
                    input.Put("-"u8);
                    input.Put(random.OneIn(2) ? there : back);
                }

                break;
            case 1:
                input.Put(random.OneIn(2) ? "+" : "-");
                input.Put(new string(random.Pick(Letters)[0], random.OneIn(4) ? random.Next(4_000) : random.Next(1, 20)));
                break;
            default:
                for (var left = random.Next(1, 5); left > 0; left--)
                {
                    input.Put(random.OneIn(3) ? "-" : "+");
                    input.Put(random.Pick(Letters));
                }

                break;
        }

        for (var left = random.Next(5); left > 0; left--)
        {
            input.Put((byte)' ');
            random.Pick((Action<FuzzRandom, InputBuffer>[])[PutNick, PutMask, PutKey, PutNumber])(random, input);
        }
    }

    private static long[] DrawEpochs()
    {
        var epochs = new Epochs(EpochSeed);
        return [.. Enumerable.Range(0, KnownEpochs).Select(_ => epochs.Next())];
    }
}
