using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Simulation.Fuzz.Crowd;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>Everything that is fuzzed, by name. Each call makes a new one: a target belongs to one thread.</summary>
internal static class AllTargets
{
    public static readonly IReadOnlyDictionary<string, Func<IFuzzTarget>> ByName = new Dictionary<string, Func<IFuzzTarget>>
    {
        ["line"] = static () => new DecoderTarget("line", Lines, NewLines, ReferenceLines.Write),
        ["telnet"] = static () => new DecoderTarget("telnet", Telnet, NewLines, ReferenceLines.Write),
        ["frame"] = static () => new DecoderTarget("frame", Frames, NewFrames, ReferenceFrames.Write),
        ["frame-le"] = static () => new DecoderTarget(
            "frame-le", FrameGrammar.PutLittleEndian, NewLittleEndianFrames, ReferenceFrames.WriteLittleEndian),
        ["utf"] = static () => new DecoderTarget("utf", UtfGrammar.PutMessages, NewUtf, ReferenceUtf.WriteTexts),
        ["utfecho"] = static () => new DecoderTarget(
            "utfecho", UtfGrammar.PutAnyMessages, NewUtfEcho, ReferenceUtf.WriteMessages, UtfFraming.MaxMessageBytes),
        ["modifiedutf8"] = static () => new ModifiedUtf8Target(),
        ["json"] = static () => new CommandTarget("json", new JsonProtocol(), Grammar.PutJson, ReferenceJson.Read),
        ["linecommand"] = static () => new CommandTarget("linecommand", new LineProtocol(), Grammar.PutLine, ReferenceLineCommands.Read),
        ["detector"] = static () => new DetectorTarget(),
        ["record"] = static () => new RecordTarget(),
        ["conversation"] = static () => new ProtocolConnectionTarget(),
        ["notify"] = static () => new NotifyTarget(),
        ["exec"] = static () => new RunTarget(),
        ["http"] = static () => new HttpTarget(),
        ["websocket"] = static () => new WebSocketTarget(),
        ["crowd"] = static () => new CrowdTarget(),
    };

    public static IFrameDecoder NewLines(int limit, IDecoderAnswers answers) =>
        new LineDecoder(new FrameLimits { LineBytes = limit }, answers: answers);

    public static IFrameDecoder NewFrames(int limit, IDecoderAnswers answers) =>
        new LengthPrefixFraming(new FrameLimits { FrameBytes = limit }).CreateDecoder(answers);

    private static IFrameDecoder NewLittleEndianFrames(int limit, IDecoderAnswers answers) =>
        new LengthPrefixFraming(new FrameLimits { FrameBytes = limit }, LengthHeader.LittleEndian32).CreateDecoder(answers);

    private static IFrameDecoder NewUtf(int limit, IDecoderAnswers answers) =>
        new UtfFraming(new FrameLimits { LineBytes = limit }, isText: true).CreateDecoder(answers);

    // Its limit is of its own, whatever that of lines is.
    private static IFrameDecoder NewUtfEcho(int limit, IDecoderAnswers answers) =>
        new UtfFraming(new FrameLimits { LineBytes = 1, FrameBytes = 1 }, isText: false).CreateDecoder(answers);

    public static void Lines(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            Grammar.PutNoise(random, input);
        }
        else
        {
            Grammar.PutLines(random, input);
        }
    }

    public static void Frames(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(8))
        {
            Grammar.PutNoise(random, input);
        }
        else
        {
            Grammar.PutFrames(random, input);
        }
    }

    private static void Telnet(FuzzRandom random, InputBuffer input)
    {
        for (var lines = random.Next(1, 4); lines > 0; lines--)
        {
            Grammar.PutTelnet(random, input);
            input.Put(random.Next(6) switch { 0 => "\r\0"u8, 1 => "\r"u8, 2 => "\r\n"u8, _ => "\n"u8 });
        }
    }
}
