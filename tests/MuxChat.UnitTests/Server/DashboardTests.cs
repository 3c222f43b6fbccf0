using System.Text.Json;
using System.Text.RegularExpressions;
using MuxChat.Core.Metrics;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Server;

/// <summary>docs/grafana-dashboard.json shows figures that the registry has, each as its type allows.</summary>
public sealed partial class DashboardTests
{
    private static readonly Dictionary<string, Metric> Registry =
        new MetricSet().All.Where(row => row.IsExposed).ToDictionary(row => row.ExposedName);

    private static readonly List<string> Expressions = [.. Panels().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
        .Select(target => target.GetProperty("expr").GetString()!)];

    [Fact]
    public void Name_inTheDashboard_isInTheRegistry()
    {
        var names = Name().Matches(Repository.Read("docs/grafana-dashboard.json")).Select(match => match.Value).Distinct().ToList();
        Assert.True(names.Count > 20);
        Assert.All(names, name => Assert.Contains(name, Registry.Keys));
    }

    [Fact]
    public void Counter_inAnExpression_isShownAsARate() => Assert.All(Expressions, expression =>
    {
        foreach (Match match in Name().Matches(expression))
        {
            var isOverTime = Regex.IsMatch(expression, $@"(rate|increase)\({match.Value}(_bucket|_sum|_count)?\b");
            Assert.True(Registry[match.Value].Kind == MetricKind.Gauge || isOverTime, expression);
        }
    });

    [Fact]
    public void Labels_ofAnExpression_areThoseOfItsFigure() => Assert.All(Expressions, expression =>
    {
        foreach (Match match in By().Matches(expression).Where(match => match.Groups[1].Value is not ("le" or "instance")))
        {
            Assert.Equal(match.Groups[1].Value, Registry[Name().Match(expression).Value].LabelName);
        }
    });

    [Fact]
    public void Panels_ofTheDashboard_doNotOverlap()
    {
        var cells = Panels().SelectMany(static panel =>
        {
            var (x, y, width, height) = PlaceOf(panel.GetProperty("gridPos"));
            Assert.InRange(x + width, 1, 24);
            return Enumerable.Range(0, width * height).Select(i => (x + (i % width), y + (i / width)));
        }).ToList();
        Assert.Distinct(cells);
        Assert.Distinct(Panels().Select(static panel => panel.GetProperty("id").GetInt32()));
    }

    private static List<JsonElement> Panels() =>
        [.. JsonDocument.Parse(Repository.Read("docs/grafana-dashboard.json")).RootElement.GetProperty("panels").EnumerateArray()];

    private static (int X, int Y, int Width, int Height) PlaceOf(JsonElement grid) =>
        (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32(), grid.GetProperty("w").GetInt32(),
            grid.GetProperty("h").GetInt32());

    // A histogram's samples have endings of their own.
    [GeneratedRegex(@"\b(muxchat|process)_[a-z_]+?(?=(_bucket|_sum|_count)?\b)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bby \(([a-z]+)\)")]
    private static partial Regex By();
}
