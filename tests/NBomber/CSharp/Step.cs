using NBomber.Contracts;
using NBomber.Engine;

namespace NBomber.CSharp;

public static class Step
{
    /// <summary>Runs and measures a step. A failed one ends the iteration, unless the scenario said otherwise.</summary>
    public static async Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run)
    {
        var running = (RunningContext)context;
        var response = await running.Measure(name, run, Response.Fail<T>);
        return response.IsError && running.Scenario.RestartIterationOnFail ? throw new IterationRestartedException() : response;
    }
}
