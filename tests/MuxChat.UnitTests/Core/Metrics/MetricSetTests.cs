using System.Text.RegularExpressions;
using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Metrics;

/// <summary>The rows of the registry follow the field's rules, and their labels follow the lists that they count.</summary>
public sealed partial class MetricSetTests
{
    private readonly MetricSet _metrics = new();

    [Fact]
    public void Names_onMetrics_followTheRulesOfTheField()
    {
        var exposed = _metrics.All.Where(row => row.IsExposed).ToList();
        Assert.Distinct(exposed.Select(row => row.ExposedName));
        Assert.All(exposed, row =>
        {
            Assert.Matches("^(muxchat|process)(_[a-z]+)+$", row.ExposedName);
            Assert.Equal(row.Kind == MetricKind.Counter, row.ExposedName.EndsWith("_total", StringComparison.Ordinal));
            var unit = row.Unit switch
            {
                "bytes" => "bytes",
                "ms" or "us" => "seconds",
                _ => "",
            };
            Assert.True(unit.Length == 0 || row.ExposedName.Contains($"_{unit}", StringComparison.Ordinal),
                $"{row.ExposedName} lacks its unit, {unit}");
            Assert.EndsWith(".", row.Help, StringComparison.Ordinal);
            Assert.DoesNotContain('|', row.Help);
        });
    }

    [Fact]
    public void Row_ofTheRegistry_isOnMetricsOrInStats() =>
        Assert.All(_metrics.All, row => Assert.True(row.IsExposed || row.IsShown, $"{row.Help} is shown nowhere"));

    [Fact]
    public void Disconnects_byReason_haveALabelForEachReason() => Assert.Equal(
        [.. Enum.GetNames<CloseReason>().Skip(1).Select(InSnakeCase), MetricFamily.Other],
        _metrics.Connections.Disconnects.Labels);

    [Fact]
    public void Clients_byProtocol_haveALabelForEachProtocol() => Assert.All(
        new ProtocolSet(new FrameLimits()).All, protocol => Assert.Contains(protocol.Name, _metrics.Connections.Clients.Labels));

    [Fact]
    public void Family_withAnUnknownValue_countsItAsOther()
    {
        var family = _metrics.Connections.Disconnects;
        family.Increment(-1);
        family.Increment(1000);
        family.Increment("nonsense");
        Assert.Equal((3, 3), (family[MetricFamily.Other], family.Value));
        family.Clear();
        Assert.Equal(0, family.Value);
    }

    private static string InSnakeCase(string name) => Capital().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
