using System.Text;
using System.Text.Unicode;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>One line that a client was sent, cut by a parser of the simulation's own (modern.ircdocs.horse, "Message Format").</summary>
internal sealed class IrcSeen
{
    /// <summary>The longest line without its tags and its end.</summary>
    private const int MaxBytes = 510;

    private IrcSeen()
    {
    }

    /// <summary>The line as it was.</summary>
    public required string Line { get; init; }

    /// <summary>Bytes without tags.</summary>
    public required int Bytes { get; init; }

    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What stands before the <c>!</c> of the source, or all of it.</summary>
    public string Nick { get; private set; } = "";

    public string User { get; private set; } = "";

    public string Host { get; private set; } = "";

    public string Command { get; private set; } = "";

    public List<string> Parameters { get; } = [];

    /// <summary>A parameter; empty where there is none.</summary>
    public string this[int index] => index < Parameters.Count ? Parameters[index] : "";

    /// <summary>Whether not even one more character, of four bytes at the most, would have fit.</summary>
    public bool IsFull => Bytes > MaxBytes - 4;

    /// <summary>The label of the answer that it belongs to; null for none. <see cref="IrcLabels"/> finds it.</summary>
    public string? Label { get; set; }

    /// <summary>Whether it is in a batch of the past.</summary>
    public bool IsPast { get; set; }

    /// <summary>Whether it is in the batch of what was said before the client entered a room.</summary>
    public bool IsReplay { get; set; }

    public string Last => Parameters.Count > 0 ? Parameters[^1] : "";

    /// <summary>Cuts a line without its end. Null when it breaks a rule that every line keeps; why is told.</summary>
    public static IrcSeen? Parse(ReadOnlySpan<byte> line, out string wrong)
    {
        wrong = !Utf8.IsValid(line) ? "it is not UTF-8"
            : line.IndexOfAnyInRange((byte)2, (byte)8) >= 0 || line.IndexOfAnyInRange((byte)10, (byte)31) >= 0 || line.Contains((byte)0)
            ? "it holds a control character"
            : "";
        var tags = line.StartsWith("@"u8) ? line.IndexOf((byte)' ') + 1 : 0;
        wrong = wrong.Length > 0 ? wrong : line.Length - tags > MaxBytes ? $"it has {line.Length - tags} bytes" : "";
        if (wrong.Length > 0)
        {
            return null;
        }

        var seen = new IrcSeen { Line = Encoding.UTF8.GetString(line), Bytes = line.Length - tags };
        seen.Cut();
        wrong = seen.Command.Length == 0 ? "it has no command" : "";
        return wrong.Length == 0 ? seen : null;
    }

    private void Cut()
    {
        var rest = Line;
        if (rest.StartsWith('@'))
        {
            foreach (var tag in TakeWord(ref rest)[1..].Split(';'))
            {
                var name = tag.Split('=')[0];
                Tags[name] = tag.Length > name.Length ? tag[(name.Length + 1)..] : "";
            }
        }

        if (rest.StartsWith(':'))
        {
            var source = TakeWord(ref rest)[1..];
            var (bang, at) = (source.IndexOf('!', StringComparison.Ordinal), source.IndexOf('@', StringComparison.Ordinal));
            Nick = bang < 0 ? source : source[..bang];
            User = bang >= 0 && at > bang ? source[(bang + 1)..at] : "";
            Host = at >= 0 ? source[(at + 1)..] : "";
        }

        Command = TakeWord(ref rest);
        while (rest.Length > 0)
        {
            if (rest.StartsWith(':'))
            {
                Parameters.Add(rest[1..]);
                return;
            }

            Parameters.Add(TakeWord(ref rest));
        }
    }

    private static string TakeWord(ref string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? "" : rest[space..].TrimStart(' ');
        return word;
    }
}
