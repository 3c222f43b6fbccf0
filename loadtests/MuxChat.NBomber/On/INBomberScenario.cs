using MuxChat.LoadTests;
using NBomber.Contracts;

namespace MuxChat.NBomber;

/// <summary>A scenario for NBomber. It is run once.</summary>
internal interface INBomberScenario
{
    string Name { get; }

    string Description { get; }

    LoadSettings Defaults { get; }

    /// <summary>The options of the load tests that it takes, beside those that every scenario takes.</summary>
    IReadOnlyList<string> Options { get; }

    /// <summary>Makes the scenario. Its clients and its audit are those of the run.</summary>
    /// <exception cref="LoadException">The settings ask for something impossible.</exception>
    ScenarioProps Create(AuditedRun run, NBomberSettings settings);
}
