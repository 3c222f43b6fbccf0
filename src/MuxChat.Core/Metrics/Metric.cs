using System.Globalization;
using System.Text;

namespace MuxChat.Core.Metrics;

/// <summary>
/// One figure of the server: its names, unit, meaning and present value. A <see cref="Counter"/>, a <see cref="Gauge"/>, a
/// <see cref="MetricFamily"/>, a <see cref="Histogram"/> or a <see cref="TextMetric"/>; rows of <see cref="MetricSet"/>.
/// </summary>
/// <remarks>
/// The value is a plain field without a lock: only the serving thread writes and reads it. With <c>--io threads</c> and <c>async</c>
/// several threads serve, one at a time under the chat's lock.
/// </remarks>
public abstract class Metric
{
    private const string Milliseconds = "ms";
    private const string Microseconds = "us";
    private const int MsPerSecond = 1000;

    private protected Metric(in MetricNames names, MetricKind kind, string help)
    {
        Unit = names.Unit;
        Name = names.Shown.Length == 0 || Unit.Length == 0 ? names.Shown : $"{names.Shown}_{Unit}";
        Label = names.Label ?? names.Shown.Replace('_', ' ');
        ExposedName = names.Exposed;
        Kind = kind;
        Help = help;
        NameBytes = Encoding.ASCII.GetBytes(Name);
    }

    /// <summary>
    /// The name in <c>/stats</c>, for programs: lower-case letters and underscores, ending in the unit if there is one. Empty if
    /// <c>/stats</c> does not show the figure.
    /// </summary>
    public string Name { get; }

    /// <summary>The name on <c>/metrics</c>, in the base unit; empty if the figure is not there.</summary>
    public string ExposedName { get; }

    /// <summary>The type on <c>/metrics</c>.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether <c>/stats</c> shows the figure.</summary>
    public bool IsShown => Name.Length > 0;

    /// <summary>Whether <c>/metrics</c> has the figure.</summary>
    public bool IsExposed => ExposedName.Length > 0;

    /// <summary>The unit of the value: <c>bytes</c>, <c>ms</c>, <c>us</c>; empty for a plain count.</summary>
    public string Unit { get; }

    /// <summary>The meaning, in one sentence.</summary>
    public string Help { get; }

    /// <summary>The name for people; empty if <c>/stats</c> does not show the figure.</summary>
    public string Label { get; }

    /// <summary>The name of the label that its samples have on <c>/metrics</c>; empty for none.</summary>
    public virtual string LabelName => "";

    /// <summary>The value in <see cref="Unit"/>; 1 for a <see cref="TextMetric"/>.</summary>
    public abstract long Value { get; }

    /// <summary>
    /// Returns the value as people read it: <c>1,234</c>, <c>1,234 bytes</c>, and a time as <see cref="DescribeSeconds"/> writes it.
    /// </summary>
    public virtual string Describe() => Unit switch
    {
        Milliseconds => DescribeSeconds(Value / MsPerSecond),
        "" => Value.ToString("N0", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Value:N0} {Unit}"),
    };

    /// <summary>Returns a time by its two largest units: <c>42 s</c>, <c>3 min 2 s</c>, <c>5 h 0 min</c>, <c>12 d 7 h</c>.</summary>
    /// <param name="seconds">The time in seconds, not negative.</param>
    public static string DescribeSeconds(long seconds)
    {
        const int Minute = 60;
        const int Hour = 60 * Minute;
        const int Day = 24 * Hour;
        FormattableString text = seconds switch
        {
            < Minute => $"{seconds} s",
            < Hour => $"{seconds / Minute} min {seconds % Minute} s",
            < Day => $"{seconds / Hour} h {seconds % Hour / Minute} min",
            _ => $"{seconds / Day} d {seconds % Day / Hour} h",
        };
        return FormattableString.Invariant(text);
    }

    /// <summary><see cref="Name"/> as ASCII bytes, for the wire.</summary>
    internal byte[] NameBytes { get; }

    /// <summary>Digits after the decimal point of a value in the base unit, which is the second for times.</summary>
    internal int Decimals => Unit switch
    {
        Milliseconds => 3,
        Microseconds => 6,
        _ => 0,
    };

    /// <summary>Whether the figure has a value now. Without one, <c>/metrics</c> does not have the figure.</summary>
    internal virtual bool HasSamples => true;

    /// <summary>Writes all samples of the figure, in the base unit.</summary>
    internal virtual void WriteSamples(ExpositionWriter writer) => writer.Sample(this, Value);

    /// <summary>Returns the name and the value, as <c>name=value</c>.</summary>
    public override string ToString() => $"{(IsShown ? Name : ExposedName)}={Value.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>The names of one figure, for the two places that show it.</summary>
/// <param name="Exposed">The name on <c>/metrics</c>, in the base unit; empty if the figure is not there.</param>
/// <param name="Unit">The unit of the value: <c>bytes</c>, <c>ms</c>, <c>us</c>; empty for a plain count.</param>
/// <param name="Shown">The name in <c>/stats</c> without the unit; empty if the figure is not there.</param>
/// <param name="Label">The name for people in <c>/stats</c>; null for <paramref name="Shown"/> with spaces.</param>
internal readonly record struct MetricNames(string Exposed, string Unit = "", string Shown = "", string? Label = null);

/// <summary>The types of the text exposition format.</summary>
public enum MetricKind
{
    /// <summary>A figure that only grows.</summary>
    Counter,

    /// <summary>A figure that rises and falls.</summary>
    Gauge,

    /// <summary>How often a quantity fell into each of fixed ranges.</summary>
    Histogram,
}
