using System.Text;
using System.Text.RegularExpressions;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Operators;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>Which program a line runs, with which arguments, written down once more; null if the line is refused.</summary>
internal sealed record ReferenceRuns(string Name, IReadOnlyList<byte[]> Arguments)
{
    public static ReferenceRuns? Read(ReadOnlySpan<byte> line)
    {
        var parsed = ReferenceLineCommands.Read([.. "/run "u8, .. line]);
        if (parsed.Code != ErrorCode.None || parsed.Nick.Length == 0)
        {
            return null;
        }

        string[] given = parsed.Arguments.Length == 0 ? [] : parsed.Arguments[1..].Split('\0');
        var isShort = given.Length <= 32 && given.Sum(Encoding.UTF8.GetByteCount) <= 4096;
        var isText = !given.Any(static one => one.Any(static letter => letter is < ' ' or (>= '\u007f' and <= '\u009f')));
        string[]? all = !isShort || !isText ? null : parsed.Nick switch
        {
            "count" when given.Length == 1 && Regex.IsMatch(given[0], @"\A[0-9]{1,3}\z") => ["-n", given[0]],
            "both" when given.Length > 0 && Regex.IsMatch(given[0], @"\A[a-z]+\z") => given,
            "fail" when given.Length == 0 => given,
            "big" when given.Length == 0 || (given.Length == 1 && given[0] is "" or "x") => given,
            _ => null,
        };
        return all is null ? null : new ReferenceRuns(parsed.Nick, [.. all.Select(Encoding.UTF8.GetBytes)]);
    }

    public bool IsSameAs(ProgramRequest request) => request.Program.Name == Name && request.IsCollected
        && request.Arguments.Count == Arguments.Count
        && request.Arguments.Zip(Arguments).All(static pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public override string ToString() => $"{Name} {string.Join(' ', Arguments.Select(Convert.ToHexString))}";
}
