using MuxChat.LoadTests;
using MuxChat.LoadTests.Bridge;

namespace MuxChat.NBomber;

/// <summary>Settings and outcomes in NBomber's words.</summary>
internal static class Simulations
{
    /// <summary>
    /// At a rate NBomber injects so many a second, whether or not the server keeps up; without one, so many copies speak, each as soon as
    /// its last line was heard by all.
    /// </summary>
    public static LoadSimulation Of(LoadSettings settings) => settings.Rate > 0
        ? PerSecond(settings.Rate, settings)
        : Simulation.KeepConstant(copies: settings.Window, during: TimeSpan.FromSeconds(settings.Seconds));

    /// <summary>So many a second; below one a second, one.</summary>
    public static LoadSimulation PerSecond(double rate, LoadSettings settings) => Simulation.Inject(
        rate: Math.Max(1, (int)Math.Round(rate)),
        interval: TimeSpan.FromSeconds(1),
        during: TimeSpan.FromSeconds(settings.Seconds));

    /// <summary>The warm-up that was asked for; NBomber's own default is 30 s.</summary>
    public static ScenarioProps WithWarmUp(this ScenarioProps scenario, LoadSettings settings) => settings.WarmSeconds > 0
        ? scenario.WithWarmUpDuration(TimeSpan.FromSeconds(settings.WarmSeconds))
        : scenario.WithoutWarmUp();

    /// <summary>A line that all have heard is a success whose latency is that of the last to hear it, from the moment it was due.</summary>
    public static Response<int> ToResponse(this Hearing hearing, int payloadBytes) => hearing.IsComplete
        ? Response.Ok(payload: hearing.Heard, sizeBytes: (long)hearing.Heard * payloadBytes, customLatencyMs: hearing.LatencyMs)
        : Response.Fail<int>(statusCode: "unheard", message: $"{hearing.Heard} received the line within the limit");
}
