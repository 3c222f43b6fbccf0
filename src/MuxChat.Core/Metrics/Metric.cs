using System.Globalization;
using System.Text;

namespace MuxChat.Core.Metrics;

/// <summary>
/// One figure of the server: its name, unit, meaning and present value. A <see cref="Counter"/>, a <see cref="Gauge"/> or a
/// <see cref="TextMetric"/>; rows of <see cref="MetricSet"/>.
/// </summary>
/// <remarks>
/// The value is a plain field without a lock: only the serving thread writes and reads it. With <c>--io threads</c> and <c>async</c>
/// several threads serve, one at a time under the chat's lock.
/// </remarks>
public abstract class Metric
{
    private const string Milliseconds = "ms";
    private const int MsPerSecond = 1000;

    private protected Metric(string name, string unit, string help, string? label)
    {
        Name = unit.Length == 0 ? name : $"{name}_{unit}";
        Unit = unit;
        Help = help;
        Label = label ?? name.Replace('_', ' ');
        NameBytes = Encoding.ASCII.GetBytes(Name);
        LabelBytes = Encoding.ASCII.GetBytes(Label);
        ShownUnitBytes = Encoding.ASCII.GetBytes(ShownUnit);
    }

    /// <summary>The name for programs: lower-case letters and underscores, ending in the unit if there is one.</summary>
    public string Name { get; }

    /// <summary>The unit of the value: <c>bytes</c>, <c>ms</c>, <c>us</c>; empty for a plain count.</summary>
    public string Unit { get; }

    /// <summary>The meaning, in one sentence.</summary>
    public string Help { get; }

    /// <summary>The name for people.</summary>
    public string Label { get; }

    /// <summary>The unit shown to people: seconds instead of milliseconds, else <see cref="Unit"/>.</summary>
    public string ShownUnit => Unit == Milliseconds ? "s" : Unit;

    /// <summary>The value in <see cref="Unit"/>; 1 for a <see cref="TextMetric"/>.</summary>
    public abstract long Value { get; }

    /// <summary>The value in <see cref="ShownUnit"/>, rounded down.</summary>
    public long ShownValue => Unit == Milliseconds ? Value / MsPerSecond : Value;

    /// <summary><see cref="Name"/> as ASCII bytes, for the wire.</summary>
    internal byte[] NameBytes { get; }

    /// <summary><see cref="Label"/> as ASCII bytes, for the wire.</summary>
    internal byte[] LabelBytes { get; }

    /// <summary><see cref="ShownUnit"/> as ASCII bytes, for the wire.</summary>
    internal byte[] ShownUnitBytes { get; }

    /// <summary>Returns the name and the value, as <c>name=value</c>.</summary>
    public override string ToString() => $"{Name}={Value.ToString(CultureInfo.InvariantCulture)}";
}
