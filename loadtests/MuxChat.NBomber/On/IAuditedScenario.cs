using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Hosting;

namespace MuxChat.NBomber;

/// <summary>A scenario for NBomber, and what its receivers found.</summary>
internal interface IAuditedScenario
{
    string Name { get; }

    string Description { get; }

    LoadSettings Defaults { get; }

    /// <summary>What the receivers found; null until the scenario has been cleaned up.</summary>
    AuditCounts? Audit { get; }

    /// <summary>Makes the scenario. It is run once.</summary>
    ScenarioProps Create(Target target, LoadSettings settings);
}
