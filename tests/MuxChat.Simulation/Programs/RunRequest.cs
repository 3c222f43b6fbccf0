using System.Text;
using System.Text.Json;

namespace MuxChat.Simulation.Programs;

/// <summary>What a client runs, and what it has got of the output.</summary>
internal sealed class RunRequest
{
    private static readonly string[] Texts = ["a", "abc", "x-y", "a b", "\"q\\", "{}"];

    private byte[] _output = [];
    private byte[] _error = [];

    public string Name { get; private init; } = "";

    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>How a person is refused, where the server must not run it; else empty.</summary>
    public string Refusal { get; private init; } = "";

    /// <summary>How the program ends.</summary>
    public int ExitCode { get; private set; }

    /// <summary>The bytes of each stream that have come, or their lines.</summary>
    public List<byte> Output { get; } = [];

    public List<byte> Error { get; } = [];

    /// <summary>Whether a person was told that it runs, or that it may not.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Whether all of both streams has come, as it was written.</summary>
    public bool IsWhole => _output.AsSpan().SequenceEqual(Output.ToArray()) && _error.AsSpan().SequenceEqual(Error.ToArray());

    /// <summary>Whether the same has come as people are shown it.</summary>
    public bool IsShownWhole =>
        Shown(_output).AsSpan().SequenceEqual(Output.ToArray()) && Shown(_error).AsSpan().SequenceEqual(Error.ToArray());

    public static RunRequest Draw(SeededRandom random)
    {
        if (random.Chance(0.15))
        {
            var (name, arguments, refusal) = random.Pick<(string, string[], string)>(
                ("count", [], "an argument is missing: count "), ("count", ["1x"], "argument 1 is not allowed: count "),
                ("fail", ["x"], "fail takes no arguments"), ("big", ["x", "x"], "there are too many arguments: big "),
                ("both", ["A"], "argument 1 is not allowed: both "), ("none", [], "this command is not one that the server runs"),
                ("/p", ["1"], "this command is not one that the server runs"));
            return new RunRequest { Name = name, Arguments = arguments, Refusal = refusal };
        }

        return random.Below(5) switch
        {
            0 => Of("fail"),
            1 or 2 => Of("count", $"{random.Below(random.Pick(3, 30, 200))}"),
            _ => Of("both", [random.Pick("a", "xyz"), .. Enumerable.Range(0, random.Below(4)).Select(_ => random.Pick(Texts))]),
        };
    }

    /// <summary>The line of a person.</summary>
    public string ToLine() => string.Join(' ', ["/run", Name, .. Arguments.Select(Quoted)]);

    /// <summary>The fields of the frame, behind its type.</summary>
    public string ToFields() =>
        $",\"name\":\"{Name}\"" + (Arguments.Count == 0 ? "" : $",\"args\":[{string.Join(',', Arguments.Select(InJson))}]");

    public override string ToString() => ToLine();

    private static RunRequest Of(string name, params string[] arguments)
    {
        List<byte[]> given = [.. arguments.Select(Encoding.ASCII.GetBytes)];
        var (output, error, exitCode) = SimRunner.OutputOf(name, name == "count" ? [[.. "-n"u8], .. given] : given);
        return new RunRequest { Name = name, Arguments = arguments, _output = output, _error = error, ExitCode = exitCode };
    }

    private static string Quoted(string argument) =>
        argument.IndexOfAny([' ', '"', '\\']) < 0 ? argument
            : $"\"{argument.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string InJson(string argument) => $"\"{JsonEncodedText.Encode(argument)}\"";

    // Control characters, and what is not ASCII, by their numbers; the last line has an end.
    private static byte[] Shown(byte[] written)
    {
        var text = new StringBuilder();
        foreach (var one in Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(written).Replace("\r\n", "\n", StringComparison.Ordinal)))
        {
            text.Append(one is (byte)'\n' or (>= (byte)' ' and <= (byte)'~') ? $"{(char)one}" : $"\\x{one:X2}");
        }

        return Encoding.ASCII.GetBytes(text.Length == 0 || text[^1] == '\n' ? $"{text}" : $"{text}\n");
    }
}
