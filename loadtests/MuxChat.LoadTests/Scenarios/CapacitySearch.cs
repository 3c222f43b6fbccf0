using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Scenarios;

/// <summary>The search for the highest rate whose p99 passes. Rates are whole lines a second.</summary>
/// <remarks>
/// A machine has hiccups, which make latencies longer, and never shorter. So a rate passes if it passes in one of several tries.
/// </remarks>
/// <param name="measure">Measures a rate.</param>
/// <param name="p99Ms">The highest p99 that passes, in milliseconds.</param>
/// <param name="tries">How often a rate is tried. One at which half of the lines are later than the limit is tried only once.</param>
/// <param name="precision">The search ends when the lowest rate that failed is at most so many times the highest one that passed.</param>
internal sealed class CapacitySearch(Func<double, RunResult> measure, double p99Ms, int tries, double precision)
{
    /// <summary>The step downwards until a rate passes.</summary>
    private const double StepDown = 0.5;

    /// <summary>The step upwards until a rate fails.</summary>
    private const double StepUp = 1.25;

    /// <summary>The step upwards when a search is checked.</summary>
    private const double StepOfCheck = 1.1;

    /// <summary>
    /// No rate is tried after one passed that is so many times the first: the limit for the p99 is too long for so short a run.
    /// </summary>
    private const double Highest = 4;

    private readonly List<RunResult> _steps = [];
    private double _least;
    private double _first;

    /// <summary>Every run on the way.</summary>
    public IReadOnlyList<RunResult> Steps => _steps;

    /// <summary>The run at the highest rate that passed; null when none did.</summary>
    public RunResult? Good { get; private set; }

    /// <summary>A run at the lowest rate that failed; null when none did.</summary>
    public RunResult? Bad { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="least">The lowest rate that is tried.</param>
    /// <param name="first">The rate to begin with. The nearer it is to the goal, the fewer tries it takes.</param>
    public void Run(double least, double first)
    {
        (_least, _first) = (least, first);
        SearchFrom(first);
    }

    /// <summary>
    /// Tries a rate somewhat above what passed. The search goes on if it passes: the machine was slow when the rates below it failed.
    /// </summary>
    /// <returns>Whether a higher rate passed.</returns>
    public bool Check()
    {
        if (Bad is null)
        {
            return false;
        }

        var before = Good?.Rate ?? 0;
        Bad = null;
        SearchFrom(before > 0 ? Math.Ceiling(before * StepOfCheck) : _first);
        return before < (Good?.Rate ?? 0);
    }

    private void SearchFrom(double rate)
    {
        while (Good is null || Bad is null)
        {
            if (Passes(rate) ? rate >= _first * Highest : rate <= _least)
            {
                return;
            }

            rate = Good is null ? Math.Max(_least, Math.Floor(rate * StepDown)) : Math.Ceiling(rate * StepUp);
        }

        while (Bad.Rate > Good.Rate * precision && Bad.Rate - Good.Rate > 1)
        {
            Passes(Math.Floor((Good.Rate + Bad.Rate) / 2));
        }
    }

    private bool Passes(double rate)
    {
        var limitUs = p99Ms * 1000;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            var run = measure(rate);
            _steps.Add(run);
            if (run.Latency.P99 <= limitUs)
            {
                Good = run;
                return true;
            }

            if (run.Latency.P50 > limitUs)
            {
                break;
            }
        }

        Bad = _steps[^1];
        return false;
    }
}
