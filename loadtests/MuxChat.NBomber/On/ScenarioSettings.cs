using NBomber.Contracts;
using NBomber.CSharp;

namespace MuxChat.NBomber;

/// <summary>What all scenarios have in common.</summary>
internal static class ScenarioSettings
{
    /// <summary>
    /// The warm-up that was asked for (NBomber's own default is 30 s), the load, and the thresholds. A failed step ends no iteration:
    /// NBomber would leave out what comes after it.
    /// </summary>
    public static ScenarioProps WithSettings(this ScenarioProps scenario, NBomberSettings settings, LoadSimulation[] simulations) =>
        (settings.Load.WarmSeconds > 0
            ? scenario.WithWarmUpDuration(TimeSpan.FromSeconds(settings.Load.WarmSeconds))
            : scenario.WithoutWarmUp())
        .WithLoadSimulations(simulations)
        .WithThresholds(settings.Thresholds())
        .WithRestartIterationOnFail(false);
}
