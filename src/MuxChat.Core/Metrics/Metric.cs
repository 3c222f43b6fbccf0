using System.Globalization;
using System.Text;

namespace MuxChat.Core.Metrics;

/// <summary>
/// One figure of the server: its name, unit and meaning, and its value at this moment. A <see cref="Counter"/>, a <see cref="Gauge"/> or a
/// <see cref="TextMetric"/>; rows of <see cref="MetricSet"/>.
/// </summary>
/// <remarks>
/// A number is a plain field without a lock: only the thread that serves writes and reads it. Where several threads serve (<c>--io
/// threads</c> and <c>async</c>), the one lock around the chat makes them one.
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

    /// <summary>The name for programs: small letters with underscores, and the unit at the end if there is one.</summary>
    public string Name { get; }

    /// <summary>The unit of the value: <c>bytes</c>, <c>ms</c>, <c>us</c>; empty where things are counted that the name tells.</summary>
    public string Unit { get; }

    /// <summary>What it tells, in one sentence.</summary>
    public string Help { get; }

    /// <summary>The name for people.</summary>
    public string Label { get; }

    /// <summary>The unit in which people read it: seconds instead of milliseconds, else <see cref="Unit"/>.</summary>
    public string ShownUnit => Unit == Milliseconds ? "s" : Unit;

    /// <summary>The value, where it is a number.</summary>
    public abstract long Value { get; }

    /// <summary>The value in <see cref="ShownUnit"/>, rounded down.</summary>
    public long ShownValue => Unit == Milliseconds ? Value / MsPerSecond : Value;

    /// <summary><see cref="Name"/> in bytes, for the wire.</summary>
    internal byte[] NameBytes { get; }

    /// <summary><see cref="Label"/> in bytes, for the wire.</summary>
    internal byte[] LabelBytes { get; }

    /// <summary><see cref="ShownUnit"/> in bytes, for the wire.</summary>
    internal byte[] ShownUnitBytes { get; }

    /// <summary>The name and the value, as <c>name=value</c>.</summary>
    public override string ToString() => $"{Name}={Value.ToString(CultureInfo.InvariantCulture)}";
}
