using System.Globalization;
using System.Net;
using System.Text;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// Horizontal bars in groups, as inline SVG. Each bar says its value, so that the chart can be read without colours and in print.
/// </summary>
internal static class BarChart
{
    private const int Width = 720;
    private const int LabelWidth = 90;
    private const int ValueWidth = 110;
    private const int BarHeight = 20;
    private const int BarGap = 6;
    private const int GroupHeight = 28;
    private const int Colours = 5;

    public static string Write(string unit, IReadOnlyList<Bar> bars)
    {
        var max = Math.Max(double.Epsilon, bars.Select(bar => Math.Max(bar.Value, bar.Most)).DefaultIfEmpty().Max());
        var names = bars.Select(bar => bar.Name).Distinct().ToList();
        var svg = new StringBuilder();
        var y = 0;
        foreach (var group in bars.GroupBy(bar => bar.Group))
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text class=\"group\" x=\"0\" y=\"{y + 18}\">{WebUtility.HtmlEncode(group.Key)}</text>\n");
            y += GroupHeight;
            foreach (var bar in group)
            {
                WriteBar(svg, bar, y, max, names.IndexOf(bar.Name) % Colours);
                y += BarHeight + BarGap;
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<figure><svg viewBox=\"0 0 {Width} {y}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(unit)}\">\n{svg}</svg></figure>\n");
    }

    private static void WriteBar(StringBuilder svg, Bar bar, int y, double max, int colour)
    {
        const int Room = Width - LabelWidth - ValueWidth;
        var length = Math.Max(1, bar.Value / max * Room);
        var end = LabelWidth + length;
        svg.Append(CultureInfo.InvariantCulture,
            $"<text class=\"name\" x=\"{LabelWidth - 8}\" y=\"{y + 15}\">{WebUtility.HtmlEncode(bar.Name)}</text>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"c{colour}\" x=\"{LabelWidth}\" y=\"{y}\" width=\"{length:0.0}\" height=\"{BarHeight}\" rx=\"2\"/>");
        if (bar.Most > bar.Least)
        {
            var from = LabelWidth + (bar.Least / max * Room);
            var to = LabelWidth + (bar.Most / max * Room);
            var middle = y + (BarHeight / 2);
            svg.Append(CultureInfo.InvariantCulture,
                $"<path class=\"spread\" d=\"M{from:0.0} {middle}H{to:0.0}M{from:0.0} {middle - 4}v8M{to:0.0} {middle - 4}v8\"/>");
            end = Math.Max(end, to);
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{end + 6:0.0}\" y=\"{y + 15}\">{Show(bar.Value)}</text>\n");
    }

    private static string Show(double value) =>
        value.ToString(value >= 1000 ? "N0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
