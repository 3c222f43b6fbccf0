using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.CSharp;

public static class NBomberRunner
{
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) => new() { Scenarios = scenarios };

    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) => context with { TestSuite = testSuite };

    public static NBomberContext WithTestName(this NBomberContext context, string testName) => context with { TestName = testName };

    public static NBomberContext WithLicense(this NBomberContext context, string licenseKey) => context with { License = licenseKey };

    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolder) =>
        context with { ReportFolder = reportFolder };

    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats) =>
        context with { ReportFormats = reportFormats };

    public static NBomberContext WithoutReports(this NBomberContext context) => context with { ReportFormats = [] };

    public static NBomberContext WithWorkerPlugins(this NBomberContext context, params IWorkerPlugin[] plugins) =>
        context with { Plugins = plugins };

    public static NodeStats Run(this NBomberContext context, string[] args)
    {
        using var session = new Session(context, args);
        return session.Run().GetAwaiter().GetResult();
    }
}
