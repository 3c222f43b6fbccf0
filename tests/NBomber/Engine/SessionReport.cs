using System.Globalization;
using System.Text;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>The report: on the console, and as the same text in a file of each format that was asked for. Each fact is one line.</summary>
internal static class SessionReport
{
    public static void Write(NBomberContext context, string sessionId, NodeStats stats)
    {
        var text = new StringBuilder();
        Line(text, $"session {sessionId}, suite {context.TestSuite}, test {context.TestName}, license '{context.License}'");
        foreach (var scenario in stats.ScenarioStats)
        {
            Measured(text, $"scenario {scenario.ScenarioName}", scenario.Ok, scenario.Fail);
            foreach (var step in scenario.StepStats)
            {
                Measured(text, $"step {scenario.ScenarioName}/{step.StepName}", step.Ok, step.Fail);
            }
        }

        Array.ForEach(stats.Metrics.Counters, one => Line(text, $"counter {one.MetricName}: {one.Value} {one.UnitOfMeasure}"));
        Array.ForEach(stats.Thresholds, one =>
            Line(text, $"threshold {one.ScenarioName}/{one.StepName}: {(one.IsFailed ? "failed" : "passed")}: {one.CheckExpression}"));
        foreach (var plugin in stats.PluginsData)
        {
            foreach (var row in plugin.Tables.SelectMany(static table => table.Rows))
            {
                Line(text, $"plugin {plugin.PluginName}: {string.Join(' ', row.Values)}");
            }

            plugin.Hints.ForEach(hint => Line(text, $"hint {plugin.PluginName}: {hint}"));
        }

        Console.Write(text);
        foreach (var format in context.ReportFormats)
        {
            Directory.CreateDirectory(context.ReportFolder);
            var name = $"nbomber_report_{sessionId}.{format.ToString().ToLowerInvariant()}";
            File.WriteAllText(Path.Combine(context.ReportFolder, name), text.ToString());
        }
    }

    private static void Measured(StringBuilder text, string name, MeasurementStats ok, MeasurementStats fail)
    {
        var (okCount, failCount) = (ok.Request.Count, fail.Request.Count);
        Line(text, $"{name}: ok {okCount}, fail {failCount}, bytes {ok.DataTransfer.AllBytes}, p99 {ok.Latency.Percent99:0.0}");
        Array.ForEach(fail.StatusCodes, code => Line(text, $"{name}: status '{code.StatusCode}' {code.Count}: {code.Message}"));
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
