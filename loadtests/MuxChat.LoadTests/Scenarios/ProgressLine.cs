using MuxChat.LoadTests.Measures;
using Spectre.Console;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>Tells how a run goes: a bar and the live rate on a terminal, a line now and then where the output is none.</summary>
internal sealed class ProgressLine(IAnsiConsole console)
{
    private const int BarCells = 30;

    private string _last = "";

    /// <summary>A step begins.</summary>
    public void Say(string what)
    {
        if (_last != what)
        {
            _last = what;
            Clear();
            console.MarkupLineInterpolated($"[grey]{what}[/]");
        }
    }

    /// <summary>A run of several begins.</summary>
    public void Begin(int number, int of, string what) => Say($"{number} of {of}: {what}");

    /// <summary>A step goes on: its share from 0 to 1, and the rate of this moment.</summary>
    public void Report(string name, double share, Sample sample, long p99Us)
    {
        var deliveredPerSecond = sample.DeliveredPerSecond;
        if (!console.Profile.Capabilities.Ansi)
        {
            if (share >= 1)
            {
                console.WriteLine($"{name}: {deliveredPerSecond:N0} deliveries/s at the end");
            }

            return;
        }

        var cells = (int)Math.Round(Math.Clamp(share, 0, 1) * BarCells);
        console.Write($"\r{name} ");
        console.Markup($"[green]{new string('━', cells)}[/][grey]{new string('━', BarCells - cells)}[/]");
        console.Write($" {share,4:P0}  {deliveredPerSecond:N0} deliveries/s   ");
        if (share >= 1)
        {
            Clear();
        }
    }

    private void Clear()
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.Write("\r" + new string(' ', Math.Min(console.Profile.Width - 1, 100)) + "\r");
        }
    }
}
