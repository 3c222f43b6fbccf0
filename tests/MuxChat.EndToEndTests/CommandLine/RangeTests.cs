using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// A server at the ends of its options, as docs/LIMITS.md has them: it starts, two people talk, it stops. That the document is right, and
/// that no number beyond the ends is taken, is tested in process: UnitTests, Server/TableDocumentTests and Server/OptionTests.
/// </summary>
public sealed partial class RangeTests
{
    private static readonly (string Name, int Least, int Most)[] Ends =
    [
        .. NumberRow().Matches(Repository.Read("docs/LIMITS.md")).Select(row =>
            (row.Groups["name"].Value, LeastOf(row), Number(row.Groups["most"].Value))),
    ];

    // The other models refuse them.
    private static readonly string[] OfTheLoop =
        ["--command-s", "--command-output-kb", "--max-file-mb", "--files-mb", "--max-uploads", "--max-uploads-per-client"];

    public static TheoryData<string, int> Each =>
        [.. Ends.SelectMany(end => new (string, int)[] { (end.Name, end.Least), (end.Name, end.Most) })];

    [Fact]
    public void Document_has_the_ends_of_every_option_that_takes_a_number()
    {
        var named = Muxchat.Run(["--help"]).Output.Select(line => HelpedNumber().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["name"].Value);
        Assert.Equal(named.Order(), Ends.Select(end => end.Name).Order());
    }

    [Theory]
    [EveryIo]
    public void Server_talks_with_all_its_options_at_their_least(string io) => Talk(io, [.. Ends.Select(end => (end.Name, end.Least))]);

    [Theory]
    [EveryIo]
    public void Server_talks_with_all_its_options_at_their_greatest(string io) => Talk(io, [.. Ends.Select(end => (end.Name, end.Most))]);

    [Theory]
    [MemberData(nameof(Each))]
    [Trait("run", "deep")]
    public void Server_talks_with_one_option_at_an_end(string name, int value) => Talk("auto", (name, value));

    private static void Talk(string io, params (string Name, int Value)[] options)
    {
        using var data = new DataFolder();
        var isLoop = io is not ("threads" or "async");
        string[] command = isLoop ? ["--command", "now=/bin/date"] : [];
        using var server = ServerProcess.Start(
            ["--io", io, "--data", data.Path, .. command, .. options.Where(option => isLoop || !OfTheLoop.Contains(option.Name))
                .SelectMany(option => new[] { option.Name, option.Value.ToString(CultureInfo.InvariantCulture) })]);
        using var alice = server.ConnectLines();

        // Each listener accepts for itself under threads: without this the second to connect may be the first who is in.
        alice.Sync();
        using var robot = server.ConnectFrames();
        alice.ReadUntil(line => line == "* guest-2 joined #lobby");
        robot.Sync();
        alice.Send("hello");
        robot.ReadUntil(frame => (string?)frame["type"] == "said" && (string?)frame["text"] == "hello");
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    // Two clients must fit.
    private static int LeastOf(Match row) => row.Groups["name"].Value == "--max-clients" ? 2 : Number(row.Groups["least"].Value);

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<name>--[a-z-]+)` \|[^|]*\|[^|]*\| (?<least>[\d,]+) to (?<most>[\d,]+) \|", RegexOptions.Multiline)]
    private static partial Regex NumberRow();

    [GeneratedRegex("^ +(?<name>--[a-z-]+) <N> ")]
    private static partial Regex HelpedNumber();
}
