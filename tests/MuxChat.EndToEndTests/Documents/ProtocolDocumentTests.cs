using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Documents;

/// <summary>The documents of the protocols are true (their examples are played) and complete (they have every word of the code).</summary>
public sealed partial class ProtocolDocumentTests(SharedServers servers)
{
    private const string Folder = "docs/protocols";

    private const string Run = "run";
    private const string Deep = "deep";

    private static readonly string[] EventWriters = ["JsonWireFormat", "JsonRoomEvents", "JsonNotices", "JsonAnswers"];

    private static IReadOnlyList<string> Documents { get; } = [.. Directory.GetFiles(Path.Combine(Repository.Root, Folder), "*.md")
        .Select(path => $"{Folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];

    private static string Text { get; } = string.Concat(Documents.Select(Repository.Read));

    private static IReadOnlyList<Example> All { get; } =
        [.. Documents.SelectMany(document => Example.ReadAll(document, Repository.Read(document)))];

    /// <summary>The document of each example, and its line there.</summary>
    public static TheoryData<string, int> Examples
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var example in All)
            {
                data.Add(example.Document, example.Line);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_what_happens(string document, int line) =>
        ExamplePlayer.Play(All.Single(example => example.Document == document && example.Line == line));

    [Theory]
    [InlineData(3, "lines", "expected: * pong y", "alice: connects", "alice> /ping x", "alice< * pong y")]
    [InlineData(3, "lines", "* pong x", "alice: connects", "alice> /ping x", Traits = [Run, Deep])]
    [InlineData(1, "lines", "expected: * Welcome", "alice< * Welcome", Traits = [Run, Deep])]
    [InlineData(3, "lines", "* goodbye: you quit", "alice: connects", "alice> /quit", "alice: is closed", Traits = [Run, Deep])]
    [InlineData(3, "lines", "guest-2 joined", "alice: connects", "bob: connects")]
    [InlineData(1, "lines", "no such thing to do: dances", "alice: dances", Traits = [Run, Deep])]
    [InlineData(1, "lines", "no step: just text", "just text", Traits = [Run, Deep])]
    [InlineData(3, "frames", "expected: {", "alice: connects", """alice> {"type":"ping"}""", """alice< {"type":"pong"}""")]
    public void Player_notices_an_example_that_is_not_what_happens(int line, string protocol, string says, params string[] steps)
    {
        var error = Assert.ThrowsAny<Exception>(() => ExamplePlayer.Play(new Example("docs/a.md", 1, protocol, [], steps)));
        Assert.StartsWith($"docs/a.md:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_are_as_many_as_there_should_be()
    {
        Assert.Equal((17, 13), (All.Count(example => example.Protocol == "lines"), All.Count(example => example.Protocol == "frames")));
    }

    [Fact]
    public void Every_command_stands_in_the_document()
    {
        using var robot = servers.For(IoModels.All[0]).ConnectFrames();
        robot.Send("""{"type":"help"}""");
        var help = robot.ReadUntil(frame => (string?)frame["type"] == "help")[^1];
        using var alice = servers.For(IoModels.All[0]).ConnectLines();
        alice.Send("/help", "/ping end");
        var lines = alice.ReadUntil(line => line == "* pong end").Where(line => line.StartsWith("* /", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(help["commands"]!.AsArray(),
            command => Assert.Contains($"\"type\":\"{(string?)command!["type"]}\"", Text, StringComparison.Ordinal));
        Assert.All(help["commands"]!.AsArray(), command => Assert.All(
            ((string)command!["fields"]!).Split(", ", StringSplitOptions.RemoveEmptyEntries),
            field => Assert.Contains($"`{field}`", Text, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.Contains($"`{line[2..].Split("  ")[0]}`", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_event_and_each_of_its_fields_stands_in_the_document()
    {
        var code = string.Concat(EventWriters.Select(file => Repository.Read($"src/MuxChat.Core/Protocols/Json/{file}.cs")));
        var types = RoomEventType().Matches(code).Concat(AnswerType().Matches(code)).Select(match => match.Groups["type"].Value)
            .Distinct().ToList();
        Assert.True(types.Count >= 28, $"{types.Count} event types: {string.Join(' ', types)}");
        Assert.All(types, type => Assert.Contains($"`{type}`", Text, StringComparison.Ordinal));
        var fields = Literal().Matches(code).Select(match => match.Groups["word"].Value).Distinct().ToList();

        // The figures of stats are in a table that has a test of its own.
        Assert.True(fields.Count >= 60, $"{fields.Count} fields: {string.Join(' ', fields)}");
        Assert.All(fields, field => Assert.Matches($"[`\"]{Regex.Escape(field)}[`\"]", Text));
    }

    [Fact]
    public void Every_error_code_stands_in_the_document()
    {
        var codes = ErrorCode().Matches(Repository.Read("src/MuxChat.Core/Protocols/Json/JsonErrorCodes.cs"))
            .Select(match => match.Groups["code"].Value).ToList();
        Assert.True(codes.Count >= 36, $"{codes.Count} codes: {string.Join(' ', codes)}");
        Assert.All(codes, code => Assert.Contains($"| `{code}` |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_reason_to_close_stands_in_the_document()
    {
        var reasons = Reason().Matches(Repository.Read("src/MuxChat.Core/Protocols/CloseReasons.cs"))
            .Select(match => match.Groups["words"].Value).Distinct().ToList();
        Assert.True(reasons.Count >= 16, $"{reasons.Count} reasons: {string.Join(' ', reasons)}");
        Assert.All(reasons, reason => Assert.Contains(reason, Text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\[EventKind\.\w+\] = new\(""(?<type>\w+)""")]
    private static partial Regex RoomEventType();

    [GeneratedRegex(@"WriteString\(""type""u8, [^;]*?""(?<type>\w+)""u8")]
    private static partial Regex AnswerType();

    [GeneratedRegex(@"""(?<word>[a-z_]+)""(u8|[,)])")]
    private static partial Regex Literal();

    [GeneratedRegex(@"""(?<code>[a-z0-9_]+)""u8")]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"=> ""(?<words>[^""]+)""")]
    private static partial Regex Reason();
}
