using Microsoft.Extensions.Time.Testing;
using MuxChat.LoadTests.Measures;
using MuxChat.LoadTests.Scenarios;
using Spectre.Console;

namespace MuxChat.UnitTests.LoadTests.Scenarios;

public sealed class ProgressLineTests : IDisposable
{
    private static readonly Sample Moment = new(0.25, 1_234_567, 800, 2_340, 56, 40_000);

    private readonly StringWriter _output = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Output_that_is_no_terminal_gets_a_line_every_five_seconds()
    {
        var progress = Create(isTerminal: false);
        progress.Begin(3, 9, "broadcast, 10 clients, round 1, epoll");
        progress.Say("broadcast: 10 clients log in");
        progress.Say("broadcast: warming up");
        for (var second = 1; second <= 11; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Report("broadcast", second / 11.0, Moment, p99Us: 3_210);
        }

        progress.End();
        string[] lines = _output.ToString().TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("3 of 9: broadcast, 10 clients, round 1, epoll: broadcast: 10 clients log in", lines[0]);
        Assert.StartsWith("3 of 9: broadcast, 10 clients, round 1, epoll: broadcast 45%, 1,230,000 deliveries/s, p99 3.21 ms, lag 0.0560 ms ",
            lines[1], StringComparison.Ordinal);
        Assert.Contains(" 91%, ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Terminal_gets_one_line_that_changes_and_is_gone_in_the_end()
    {
        var progress = Create(isTerminal: true);
        progress.Report("broadcast", 0.5, Moment, p99Us: 3_210);
        progress.Report("broadcast", 0.6, Moment with { DeliveredPerSecond = 2_000_000 }, p99Us: 3_210);
        progress.End();
        var text = _output.ToString();
        Assert.DoesNotContain("\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split('\r').Length - 1);
        Assert.Contains("2,000,000 deliveries/s", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_never_passes_the_width_of_the_terminal()
    {
        var progress = Create(isTerminal: true, width: 30);
        progress.Begin(3, 9, new string('x', 100));
        progress.Report("broadcast", 0.5, Moment, p99Us: 3_210);
        Assert.All(_output.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.InRange(line.Replace("\u001b[K", "", StringComparison.Ordinal).Length, 1, 29));
    }

    [Theory]
    [InlineData(new double[0], "")]
    [InlineData(new[] { 0.0, 0 }, "▁▁")]
    [InlineData(new[] { 0.0, 5, 10 }, "▁▅█")]
    public void Sparkline_shows_each_value_by_its_share_of_the_largest(double[] values, string shown) =>
        Assert.Equal(shown, Sparkline.Of(values, isUnicode: true));

    [Fact]
    public void Sparkline_without_unicode_has_plain_letters() =>
        Assert.All(Sparkline.Of([0, 1, 2, 3], isUnicode: false), letter => Assert.True(char.IsAscii(letter)));

    private ProgressLine Create(bool isTerminal, int width = 200)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = width;
        return new ProgressLine(console, _time);
    }
}
