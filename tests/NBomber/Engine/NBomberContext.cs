using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>A run as it was described.</summary>
public sealed record NBomberContext
{
    public IReadOnlyList<ScenarioProps> Scenarios { get; init; } = [];

    public IReadOnlyList<IWorkerPlugin> Plugins { get; init; } = [];

    public IReadOnlyList<ReportFormat> ReportFormats { get; init; } = Enum.GetValues<ReportFormat>();

    public string ReportFolder { get; init; } = "reports";

    public string TestSuite { get; init; } = "nbomber_default_test_suite_name";

    public string TestName { get; init; } = "nbomber_default_test_name";

    public string License { get; init; } = "";
}
