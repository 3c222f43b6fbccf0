using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>
/// Tells how a run goes: the rate, the p99 so far, the lag of the load, and a small chart of the rate. On a terminal it is one line that
/// changes; where the output is none, it is a line every five seconds.
/// </summary>
internal sealed class ProgressLine(IAnsiConsole console, TimeProvider time)
{
    private const int BarCells = 20;
    private const int ChartCells = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly List<double> _rates = [];
    private string _run = "";
    private string _step = "";
    private long _told = long.MinValue;

    /// <summary>A run of several begins.</summary>
    public void Begin(int number, int of, string what)
    {
        _run = $"{number} of {of}: {what}: ";
        _step = "";
    }

    /// <summary>A step begins.</summary>
    public void Say(string what)
    {
        if (_step != what)
        {
            _step = what;
            _rates.Clear();
            Show(what);
        }
    }

    /// <summary>A step goes on.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="share">How much of it is done, from 0 to 1.</param>
    /// <param name="sample">The last sample.</param>
    /// <param name="p99Us">p99 of the latency so far, in microseconds.</param>
    public void Report(string name, double share, Sample sample, long p99Us)
    {
        if (_rates.Count == ChartCells)
        {
            _rates.RemoveAt(0);
        }

        _rates.Add(sample.DeliveredPerSecond);
        Show($"{name} {Bar(share)}{Numbers.Percent(share)}, {Numbers.Show(sample.DeliveredPerSecond)} deliveries/s, "
            + $"p99 {Numbers.Milliseconds(p99Us)} ms, lag {Numbers.Milliseconds(sample.LagUs)} ms {Sparkline.Of(_rates, IsUnicode)}");
    }

    /// <summary>The last line goes, so that the results begin on an empty one.</summary>
    public void End()
    {
        if (IsTerminal)
        {
            Rewrite("");
        }
    }

    private bool IsTerminal => console.Profile.Capabilities.Ansi;

    private bool IsUnicode => console.Profile.Capabilities.Unicode;

    private void Show(string what)
    {
        if (IsTerminal)
        {
            Rewrite(_run + what);
        }
        else if (_told == long.MinValue || time.GetElapsedTime(_told) >= Pause)
        {
            _told = time.GetTimestamp();
            console.Profile.Out.Writer.WriteLine(_run + what);
        }
    }

    private string Bar(double share)
    {
        if (!IsTerminal)
        {
            return "";
        }

        var (full, empty) = IsUnicode ? ('━', '─') : ('#', '.');
        var cells = (int)Math.Round(Math.Clamp(share, 0, 1) * BarCells);
        return new string(full, cells) + new string(empty, BarCells - cells) + " ";
    }

    // What does not fit would go on in the next line, and stay there.
    private void Rewrite(string text)
    {
        const string ToTheEnd = "\u001b[K";
        var width = Math.Max(1, console.Profile.Width - 1);
        console.Profile.Out.Writer.Write($"\r{(text.Length > width ? text[..width] : text)}{ToTheEnd}");
        console.Profile.Out.Writer.Flush();
    }
}
