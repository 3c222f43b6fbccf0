using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>What RFC 9112 makes of the beginning of a connection: requests and the first fault, by regular expressions.</summary>
internal static partial class ReferenceHttp
{
    private const int RequestLineBytes = 2112;
    private const int TargetBytes = 2048;
    private const int HeadBytes = 8192;
    private const int MostFields = 64;

    private static readonly string[] Known = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <summary>Writes down what is said of each request, up to the last one that the connection has.</summary>
    public static void Write(ReadOnlySpan<byte> input, TargetTranscript said)
    {
        var text = Encoding.Latin1.GetString(input);
        while (true)
        {
            text = text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text;
            if (FindHead(text) is not { } length)
            {
                return;
            }

            var one = Read(text[..length]);
            said.Add((byte)(one.Status / 4), Encoding.Latin1.GetBytes(one.ToString()));
            if (one.Status != 0 || !one.KeepsAlive || one.HasBody)
            {
                return;
            }

            text = text[length..];
        }
    }

    // The length of the first head, or of the part that is known to be too long; null if more must come.
    private static int? FindHead(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        if (line < 0 || line >= RequestLineBytes)
        {
            return text.Length < RequestLineBytes ? null : RequestLineBytes;
        }

        var end = EmptyLine().Match(text);
        return end.Success && end.Index + end.Length <= HeadBytes ? end.Index + end.Length : text.Length < HeadBytes ? null : HeadBytes;
    }

    private static Said Read(string head)
    {
        var lines = head.Split('\n');
        if (lines.Length == 1)
        {
            var first = LongLine().Match(head);
            return new Said(!first.Success ? 400 : first.Groups["rest"].Success ? 414 : 501);
        }

        var line = RequestLine().Match(lines[0]);
        if (!line.Success)
        {
            return new Said(400);
        }

        var (method, target) = (line.Groups["method"].Value, line.Groups["target"].Value);
        if (line.Groups["major"].Value != "1")
        {
            return new Said(505);
        }

        if (!Known.Contains(method))
        {
            return new Said(501);
        }

        if (target.Length > TargetBytes)
        {
            return new Said(414);
        }

        var form = FormOf(method).Match(target);
        return !form.Success ? new Said(400)
            : !EmptyLine().IsMatch(head) ? new Said(431)
            : ReadFields(lines[1..], form, line.Groups["minor"].Value != "0");
    }

    private static Regex FormOf(string method) => method switch { "CONNECT" => Authority(), "OPTIONS" => AnyTarget(), _ => Target() };

    private static Said ReadFields(string[] lines, Match form, bool is11)
    {
        var fields = new List<(string Name, string Value)>();
        foreach (var line in lines)
        {
            if (line == "\r")
            {
                break;
            }

            if (!line.EndsWith('\r'))
            {
                return new Said(400);
            }

            if (fields.Count == MostFields)
            {
                return new Said(431);
            }

            var field = Field().Match(line);
            var (name, value) = (field.Groups["name"].Value.ToLowerInvariant(), field.Groups["value"].Value.Trim(' ', '\t'));
            fields.Add((name, value));
            if (!field.Success || (name == "host" && !Authority().IsMatch(value))
                || (name == "content-length"
                    && (!Number().IsMatch(value) || Of("content-length").Select(long.Parse).Distinct().Count() > 1)))
            {
                return new Said(400);
            }
        }

        var hosts = Of("host");
        var length = Of("content-length").Select(static value => long.Parse(value, CultureInfo.InvariantCulture)).FirstOrDefault();
        var codings = Of("transfer-encoding");
        if (hosts.Length > 1 || (is11 && hosts.Length == 0) || (codings.Length > 0 && Of("content-length").Length > 0))
        {
            return new Said(400);
        }

        var words = Of("connection").SelectMany(static value => Element().Matches(value).Select(static one => one.Value.Trim(' ', '\t')))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return codings is [var only] && only.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? new Said(411)
            : codings.Length > 0 ? new Said(501)
            : is11 && !Of("expect").All(static value => value.Equals("100-continue", StringComparison.OrdinalIgnoreCase)) ? new Said(417)
            : new Said(0)
            {
                Path = form.Groups["path"] is { Length: > 0 } path ? path.Value : "/",
                Host = form.Groups["host"] is { Success: true } host ? host.Value : hosts.FirstOrDefault() ?? "",
                HasBody = length > 0,
                KeepsAlive = !words.Contains("close") && (is11 || words.Contains("keep-alive")),
            };

        string[] Of(string name) => [.. fields.Where(field => field.Name == name).Select(static field => field.Value)];
    }

    [GeneratedRegex(@"^\r?\n|\n\r?\n")]
    private static partial Regex EmptyLine();

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?<rest> .*)?\z", RegexOptions.Singleline)]
    private static partial Regex LongLine();

    [GeneratedRegex(@"^(?<method>[!#$%&'*+.^_`|~0-9A-Za-z-]+) (?<target>[!""$-~]+) HTTP/(?<major>[0-9])\.(?<minor>[0-9])\r\z")]
    private static partial Regex RequestLine();

    // RFC 3986, section 3.2: a name or an address in brackets, and perhaps a port.
    [GeneratedRegex(@"^(?<path>(\[[0-9A-Fa-f:.]+\]|[-._~!$&'()*+,;=%0-9A-Za-z]+)(:[0-9]{0,5})?)\z")]
    private static partial Regex Authority();

    [GeneratedRegex(@"^((?i:https?://)(?<host>(\[[0-9A-Fa-f:.]+\]|[-._~!$&'()*+,;=%0-9A-Za-z]+)(:[0-9]{0,5})?)(?=[/?]|\z))?"
        + @"(?<path>(?<=^)/[^?]*|(?<!^)(/[^?]*)?)(\?.*)?\z")]
    private static partial Regex Target();

    [GeneratedRegex(@"^(?<path>\*)\z|^((?i:https?://)(?<host>(\[[0-9A-Fa-f:.]+\]|[-._~!$&'()*+,;=%0-9A-Za-z]+)(:[0-9]{0,5})?)(?=[/?]|\z))?"
        + @"(?<path>(?<=^)/[^?]*|(?<!^)(/[^?]*)?)(\?.*)?\z")]
    private static partial Regex AnyTarget();

    [GeneratedRegex(@"^(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+):(?<value>[\t -~\x80-\xff]*)\r\z")]
    private static partial Regex Field();

    [GeneratedRegex(@"^[0-9]{1,18}\z")]
    private static partial Regex Number();

    // A comma in quotes does not end an element.
    [GeneratedRegex(@"(?:[^,""]|""[^""]*(?:""|\z))+")]
    private static partial Regex Element();

    /// <summary>What is said of one head.</summary>
    /// <param name="Status">The status of its first fault; 0 for none.</param>
    public readonly record struct Said(int Status)
    {
        public string? Path { get; init; }

        public string? Host { get; init; }

        public bool HasBody { get; init; }

        public bool KeepsAlive { get; init; }

        public override string ToString() => Status != 0 ? $"{Status}" : $"{Path} {Host} {HasBody} {KeepsAlive}";
    }
}
