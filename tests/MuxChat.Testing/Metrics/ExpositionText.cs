using System.Globalization;
using System.Text.RegularExpressions;

namespace MuxChat.Testing.Metrics;

/// <summary>Reads the text exposition format, version 0.0.4, as a scraper does, and fails on what one would refuse.</summary>
/// <remarks>Invariant: each figure has its help, its type and its samples, in this order and in one place.</remarks>
public sealed partial class ExpositionText
{
    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, string> _helps = [];
    private readonly Dictionary<string, double> _samples = [];

    private ExpositionText()
    {
    }

    /// <summary>The type of each figure, by name.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>The help of each figure, by name.</summary>
    public IReadOnlyDictionary<string, string> Helps => _helps;

    /// <summary>The samples, by name with labels, such as <c>a_total{reason="x"}</c>.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>The value of one sample, which must be there.</summary>
    public double this[string name]
    {
        get
        {
            Assert.True(_samples.ContainsKey(name), $"there is no sample {name}");
            return _samples[name];
        }
    }

    /// <summary>Reads a whole text.</summary>
    public static ExpositionText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var parsed = new ExpositionText();
        var name = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            name = parsed.Read(line, name);
        }

        foreach (var (histogram, _) in parsed._types.Where(static type => type.Value == "histogram"))
        {
            parsed.CheckHistogram(histogram);
        }

        return parsed;
    }

    private string Read(string line, string name)
    {
        if (HelpLine().Match(line) is { Success: true } help)
        {
            var begun = help.Groups["name"].Value;
            Assert.True(_helps.TryAdd(begun, Unescape(help.Groups["text"].Value)), $"{begun} has two helps");
            return begun;
        }

        if (TypeLine().Match(line) is { Success: true } type)
        {
            Assert.Equal(name, type.Groups["name"].Value);
            Assert.True(_types.TryAdd(name, type.Groups["type"].Value), $"{name} has two types");
            return name;
        }

        var sample = SampleLine().Match(line);
        Assert.True(sample.Success, $"this is no line of the format: {line}");
        string[] possible = _types[name] == "histogram" ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
        Assert.Contains(sample.Groups["name"].Value, possible);
        var key = sample.Groups["name"].Value + sample.Groups["labels"].Value;
        Assert.True(_samples.TryAdd(key, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)), $"{key} comes twice");
        return name;
    }

    // The buckets count all values up to their bounds, which rise; the last has all.
    private void CheckHistogram(string name)
    {
        var buckets = _samples.Where(sample => sample.Key.StartsWith($"{name}_bucket{{", StringComparison.Ordinal)).ToList();
        var bounds = buckets.ConvertAll(static bucket => BoundOf(bucket.Key));
        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal(buckets.Select(static bucket => bucket.Value).Order(), buckets.Select(static bucket => bucket.Value));
        Assert.Equal(double.PositiveInfinity, bounds[^1]);
        Assert.Equal(this[$"{name}_count"], buckets[^1].Value);
        Assert.True(this[$"{name}_sum"] >= 0);
    }

    private static double BoundOf(string bucket)
    {
        var bound = BoundLabel().Match(bucket).Groups["bound"].Value;
        return bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
    }

    private static string Unescape(string text) => EscapedCharacter().Replace(text, static match => match.Value switch
    {
        @"\n" => "\n",
        @"\\" => @"\",
        _ => throw new FormatException($"unknown escape {match.Value}"),
    });

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.*)$")]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>(\{[a-zA-Z_]\w*=""(?:[^""\\]|\\[n""\\])*""\})?) (?<value>-?[0-9]+(\.[0-9]+)?)$")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"le=""(?<bound>[^""]+)""")]
    private static partial Regex BoundLabel();

    [GeneratedRegex(@"\\.")]
    private static partial Regex EscapedCharacter();
}
