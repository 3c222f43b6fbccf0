using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>Two who sit where the hostile client is, one on lines and one on frames, and all that they heard.</summary>
public sealed class Bystanders(LineClient line, FrameClient frame, PingTimes times)
{
    private readonly List<string> _lines = [];
    private readonly List<JsonObject> _frames = [];

    public string LineNick => line.Nick;

    public string FrameNick => frame.Nick;

    /// <summary>What the one on lines heard, and was not dropped.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Both ask for a pong and wait for it; what came before it is kept.</summary>
    public void Ping()
    {
        times.Measure(() => _lines.AddRange(line.Ping()));
        times.Measure(() => _frames.AddRange(frame.Ping()));
    }

    /// <summary>Drops what was heard so far.</summary>
    public void Forget()
    {
        Ping();
        _lines.Clear();
        _frames.Clear();
    }

    /// <summary>
    /// Requires that they heard this and nothing else: nothing at all, or, where many others talk at the same time, nothing
    /// that holds one of these words.
    /// </summary>
    public void ExpectHeard(IEnumerable<(string? Line, string? Frame)> expected, IReadOnlyList<string>? onlyWith = null)
    {
        var lines = _lines.Where(heard => Concerns(heard, onlyWith)).ToList();
        var frames = _frames.Where(heard => Concerns(heard.ToJsonString(), onlyWith)).ToList();
        var expectedLines = expected.Select(one => one.Line).OfType<string>().ToList();
        var expectedFrames = expected.Select(one => one.Frame).OfType<string>().ToList();
        Assert.True(
            lines.Count == expectedLines.Count && lines.Zip(expectedLines).All(pair => LinePattern.Matches(pair.Second, pair.First)),
            $"The bystander on lines was to hear:\n{string.Join('\n', expectedLines)}\nand heard:\n{string.Join('\n', lines)}");
        Assert.True(
            frames.Count == expectedFrames.Count
                && frames.Zip(expectedFrames).All(pair => JsonPattern.Matches(JsonNode.Parse(pair.Second), pair.First)),
            $"The bystander on frames was to hear:\n{string.Join('\n', expectedFrames)}\nand heard:\n"
                + $"{string.Join('\n', frames.Select(one => one.ToJsonString()))}");
    }

    private static bool Concerns(string heard, IReadOnlyList<string>? words) =>
        words is null || words.Any(word => Regex.IsMatch(heard, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])"));
}
