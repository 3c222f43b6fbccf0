namespace MuxChat.LoadTests.Scenarios;

/// <summary>A chart of one line of text: a block for each value, as high as its share of the largest.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Letters = "_.-=+*%#";

    public static string Of(IReadOnlyCollection<double> values, bool isUnicode)
    {
        var steps = isUnicode ? Blocks : Letters;
        var most = values.DefaultIfEmpty().Max();
        return string.Concat(values.Select(
            value => steps[most <= 0 ? 0 : (int)Math.Clamp(value / most * steps.Length, 0, steps.Length - 1)]));
    }
}
