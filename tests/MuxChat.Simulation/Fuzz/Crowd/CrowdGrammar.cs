using System.Buffers.Binary;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>
/// Scripts: who logs in, then who does what. The commands and what they take are read off the product's table, so that a new one is
/// covered.
/// </summary>
internal static class CrowdGrammar
{
    private const int HeaderBytes = 4;
    // A step may be long, and the whole is to fit an input.
    private const int MaxBytes = InputBuffer.MaxBytes / 2;
    private const int FirstOfFrames = 3;
    private const int FirstOfIrc = 5;

    private static readonly CommandInfo[] Typed = [.. CommandTable.All.Where(static command => command.LineSyntax.Length > 0)];

    public static void PutScript(FuzzRandom random, InputBuffer script)
    {
        script.Put((byte)random.Next(16));
        for (var who = 0; who < CrowdChat.Clients; who++)
        {
            CrowdScript.Begin(script, who);
            PutLogin(random, script, who);
        }

        for (var steps = random.Next(50, 400); steps > 0 && script.Length < MaxBytes; steps--)
        {
            var who = random.OneIn(40) ? CrowdChat.Clients : random.Next(CrowdChat.Clients);
            CrowdScript.Begin(script, who);
            if (who == CrowdChat.Clients)
            {
                script.Put(new string('.', random.OneIn(10) ? random.Next(35_000) : random.Next(700)));
            }
            else if (random.OneIn(20))
            {
                PutLogin(random, script, who);
            }
            else if (random.OneIn(60))
            {
                Grammar.PutNoise(random, script);
            }
            else
            {
                PutCommand(random, script, KindOf(random, who));
            }
        }
    }

    // Who is recognised may speak any.
    private static int KindOf(FuzzRandom random, int who) =>
        who == CrowdChat.Clients - 1 ? random.Pick((int[])[0, FirstOfFrames, FirstOfIrc]) : who;

    private static void PutLogin(FuzzRandom random, InputBuffer script, int who)
    {
        switch (KindOf(random, who))
        {
            case < FirstOfFrames:
                script.Put(random.OneIn(5) ? "" : "/pass letmein\n");
                script.Put("/nick "u8);
                CrowdWords.PutNick(random, script);
                script.Put("\n/join #a\n"u8);
                script.Put(random.OneIn(4) ? "/oper root secret\n" : "");
                break;
            case < FirstOfIrc:
                PutFrame(random, script, static (_, frame) => frame.Put("""{"type":"pass","password":"letmein"}"""));
                PutFrame(random, script, static (_, frame) => frame.Put("""{"type":"join","room":"#b"}"""));
                if (random.OneIn(4))
                {
                    PutFrame(random, script, static (_, frame) => frame.Put("""{"type":"oper","name":"root","password":"secret"}"""));
                }

                break;
            default:
                CrowdIrc.PutLogin(random, script);
                break;
        }
    }

    private static void PutCommand(FuzzRandom random, InputBuffer script, int who)
    {
        switch (who)
        {
            case < FirstOfFrames:
                PutLine(random, script);
                break;
            case < FirstOfIrc when random.OneIn(6):
                PutSharing(random, script);
                break;
            case < FirstOfIrc:
                PutFrame(random, script, PutRequest);
                break;
            default:
                CrowdIrc.PutLine(random, script);
                break;
        }
    }

    // A text, or a command with what its syntax says: words in capitals, or a text to the end; what stands in brackets may be left out.
    private static void PutLine(FuzzRandom random, InputBuffer script)
    {
        if (random.OneIn(6))
        {
            CrowdWords.PutText(random, script);
            script.Put((byte)'\n');
            return;
        }

        var command = Pick(random, Typed);
        var syntax = Encoding.ASCII.GetString(command.LineSyntax).Split(' ');
        script.Put(syntax[0]);
        foreach (var word in syntax.AsSpan(1))
        {
            if (!word.StartsWith('[') || !random.OneIn(3))
            {
                script.Put((byte)' ');
                PutWord(random, script, word.Trim('[', ']').ToLowerInvariant());
            }
        }

        script.Put(random.OneIn(10) ? "\r\n" : "\n");
    }

    private static void PutFrame(FuzzRandom random, InputBuffer script, Action<FuzzRandom, InputBuffer> put)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var start = script.Length;
        script.Put(header);
        put(random, script);
        if (script.Length >= start + HeaderBytes)
        {
            BinaryPrimitives.WriteInt32BigEndian(script.Bytes[start..], script.Length - start - HeaderBytes);
        }
    }

    private static void PutRequest(FuzzRandom random, InputBuffer script)
    {
        var command = Pick(random, CommandTable.All);
        script.Put("{\"type\":\""u8);
        script.Put(command.Name);
        script.Put("\""u8);
        foreach (var field in Encoding.ASCII.GetString(command.FrameFields).Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (random.OneIn(7))
            {
                continue;
            }

            if (field == "args")
            {
                script.Put(random.OneIn(2) ? ",\"args\":[]" : ",\"args\":[\"x\",\"\"]");
                continue;
            }

            var isNumber = field is "after" or "limit" or "epoch" or "number" or "offset" or "length" or "size";
            script.Put($",\"{field}\":{(isNumber ? "" : "\"")}");
            PutWord(random, script, field);
            script.Put(isNumber ? "" : "\"");
        }

        script.Put(random.OneIn(2) ? $",\"id\":{random.Next(100)}}}" : "}");
    }

    // A file from its beginning to its end, if the upload has the id that is guessed; then somebody may get it.
    private static void PutSharing(FuzzRandom random, InputBuffer script)
    {
        PutFrame(random, script, static (random, frame) =>
        {
            frame.Put($$"""{"type":"share","name":"a.txt","size":{{(random.OneIn(4) ? random.Next(12) : 3)}},"room":"{{(random.OneIn(2)
                ? "#lobby" : "#b")}}","sha256":" """.TrimEnd());
            CrowdWords.PutHash(random, frame);
            frame.Put("\"}"u8);
        });
        for (var chunks = random.Next(4); chunks > 0; chunks--)
        {
            PutFrame(random, script, static (random, frame) =>
            {
                frame.Put("""{"type":"chunk","offset":0,"data":"YWJj","file":" """.TrimEnd());
                CrowdWords.PutFileId(random, frame);
                frame.Put("\"}"u8);
            });
        }

        PutFrame(random, script, static (random, frame) => frame.Put($$"""{"type":"get","number":{{random.Next(1, 3)}}}"""));
    }

    // What a word of a line's syntax or a field of a frame is filled with; one that is new, with anything.
    private static void PutWord(FuzzRandom random, InputBuffer script, string word)
    {
        switch (word)
        {
            case "room":
                CrowdWords.PutRoom(random, script);
                break;
            case "nick" or "to":
                CrowdWords.PutNick(random, script);
                break;
            case "name" when random.OneIn(2):
                script.Put(CrowdWorker.Name);
                break;
            case "name" when random.OneIn(2):
                script.Put("fail"u8);
                break;
            case "name":
                CrowdWords.PutNick(random, script);
                break;
            case "key":
                CrowdWords.PutKey(random, script);
                break;
            case "password":
                CrowdWords.PutPassword(random, script);
                break;
            case "modes":
                CrowdWords.PutModes(random, script);
                break;
            case "file":
                CrowdWords.PutFileId(random, script);
                break;
            case "sha256":
                CrowdWords.PutHash(random, script);
                break;
            case "data":
                CrowdWords.PutData(random, script);
                break;
            case "number" or "offset" or "length" or "size":
                CrowdWords.PutSmallNumber(random, script);
                break;
            case "n" or "after" or "limit":
                CrowdWords.PutNumber(random, script);
                break;
            case "epoch":
                CrowdWords.PutEpoch(random, script);
                break;
            case "command":
                script.Put(Pick(random, CommandTable.All).Name);
                break;
            default:
                CrowdWords.PutText(random, script);
                break;
        }
    }

    // Who leaves does nothing more: that is done less often than other things.
    private static CommandInfo Pick(FuzzRandom random, CommandInfo[] commands)
    {
        var command = random.Pick(commands);
        return command.Kind == CommandKind.Quit && !random.OneIn(4) ? random.Pick(commands) : command;
    }
}
