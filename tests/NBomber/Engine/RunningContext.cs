using System.Diagnostics;
using NBomber.Contracts;

namespace NBomber.Engine;

/// <summary>One copy of a scenario that runs: what its iterations see, and where they are counted.</summary>
internal sealed class RunningContext(ScenarioProps scenario, ScenarioInfo info, Measurements? measurements, CancellationTokenSource stop)
    : IScenarioContext
{
    private const string UnhandledException = "-101";

    public ScenarioProps Scenario => scenario;

    public ScenarioInfo ScenarioInfo => info;

    public long InvocationNumber { get; private set; }

    public CancellationToken ScenarioCancellationToken => stop.Token;

    public void StopCurrentTest(string reason)
    {
        Console.WriteLine($"stopping the test early: {reason}");
        stop.Cancel();
    }

    /// <summary>One iteration.</summary>
    public async Task Iterate()
    {
        InvocationNumber++;
        await Measure("", async () => await scenario.Run(this), Failed);
        if (measurements?.FailedIterations >= scenario.MaxFailCount && !stop.IsCancellationRequested)
        {
            StopCurrentTest($"{scenario.ScenarioName} failed {scenario.MaxFailCount} times");
        }
    }

    /// <summary>Runs a step, or the iteration itself when the name is empty, and counts its outcome.</summary>
    public async Task<T> Measure<T>(string step, Func<Task<T>> run, Func<string, string, long, double, T> fail)
        where T : IResponse
    {
        var started = Stopwatch.GetTimestamp();
        T response;
        try
        {
            response = await run();
        }
        catch (IterationRestartedException)
        {
            response = fail("", "", 0, 0);
        }
        catch (Exception error)
        {
            // As the package does: whatever a step throws is a failed response.
            Console.WriteLine($"[ERR] {scenario.ScenarioName} {step}: {error}");
            response = fail(UnhandledException, error.Message, 0, 0);
        }

        measurements?.Add(step, response, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return response;
    }

    private static IResponse Failed(string statusCode, string message, long sizeBytes, double customLatencyMs) =>
        CSharp.Response.Fail<object>(statusCode, message, sizeBytes, customLatencyMs);
}
