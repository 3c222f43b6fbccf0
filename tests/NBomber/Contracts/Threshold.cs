using System.Linq.Expressions;
using NBomber.Contracts.Metrics;
using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

public sealed class Threshold
{
    private Threshold(string stepName, Expression<Func<StepStats, bool>>? step, Expression<Func<ScenarioStats, bool>>? scenario,
        Expression<Func<MetricStats, bool>>? metric)
    {
        (StepName, CheckStep, CheckScenario, CheckMetric) = (stepName, step, scenario, metric);
    }

    public string StepName { get; }

    public Expression<Func<StepStats, bool>>? CheckStep { get; }

    public Expression<Func<ScenarioStats, bool>>? CheckScenario { get; }

    public Expression<Func<MetricStats, bool>>? CheckMetric { get; }

    public static Threshold Create(Expression<Func<ScenarioStats, bool>> checkScenario, int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null) => new("", null, checkScenario, null);

    public static Threshold Create(string stepName, Expression<Func<StepStats, bool>> checkStep, int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null) => new(stepName, checkStep, null, null);

    public static Threshold Create(Expression<Func<MetricStats, bool>> checkMetric, int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null) => new("", null, null, checkMetric);
}
