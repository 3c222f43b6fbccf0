using System.Globalization;
using System.Text;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>
/// Lines over an axis, as inline SVG with its heading and legend. All charts have one width in units of about one pixel, and the page gives
/// them columns of about that width; so their texts keep their size.
/// </summary>
internal sealed record LineChart
{
    public const int Width = 380;
    public const int Height = 250;

    private const int Left = 50;
    private const int Right = Width - 14;
    private const int Top = 26;
    private const int Bottom = Height - 40;

    public required string Title { get; init; }

    /// <summary>What is good, such as "lower is better".</summary>
    public required string Hint { get; init; }

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>A value of the axis at the left that is not to be passed, with its name; null for none.</summary>
    public (double Value, string Name)? Limit { get; init; }

    public HtmlText Write()
    {
        var svg = new HtmlText();
        WriteAxes(svg);
        if (Limit is { } limit)
        {
            var y = AtY(limit.Value);
            svg.Add($"<path class=\"limit\" d=\"M{Left} {y:0.#}H{Right}\"/>");
            var textY = y < Top + 16 ? y + 14 : y - 5;
            svg.Add($"<text class=\"limit\" x=\"{Right - 4}\" y=\"{textY:0.#}\" text-anchor=\"end\">{limit.Name}</text>\n");
        }

        svg.AddEach(Lines, WriteLine);
        var said = string.Join("; ", Lines.Select(static line => line.Note.Length > 0 ? $"{line.Name} {line.Note}" : line.Name));
        return HtmlText.Of($"<figure class=\"chart\"><figcaption>{Title}<span class=\"hint\">{Hint}</span></figcaption>\n")
            .Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\"")
            .Add($" aria-label=\"{Title}, {Hint}. {Y.Title}, over {X.Title}. {said}\">\n")
            .Add(svg).Add($"</svg>\n<ul class=\"legend\">")
            .AddEach(Lines, static line => HtmlText.Of($"<li>{SeriesStyles.Swatch(line.Style, !line.IsOnlyMarkers)}{line.Name}")
                .Add(line.Note.Length > 0 ? HtmlText.Of($" <b>{line.Note}</b></li>") : HtmlText.Of($"</li>")))
            .Add($"</ul></figure>\n");
    }

    private void WriteAxes(HtmlText svg)
    {
        svg.Add($"<text class=\"axis\" x=\"2\" y=\"13\">{Y.Title}</text>");
        svg.Add($"<text class=\"axis\" x=\"{Right}\" y=\"{Height - 5}\" text-anchor=\"end\">{X.Title}</text>\n");
        foreach (var tick in Y.Ticks)
        {
            var y = AtY(tick.Value);
            svg.Add($"<path class=\"grid\" d=\"M{Left} {y:0.#}H{Right}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{tick.Label}</text>\n");
        }

        foreach (var tick in X.Ticks)
        {
            const double NearEnd = 0.93;
            var x = AtX(tick.Value);
            svg.Add($"<path class=\"grid\" d=\"M{x:0.#} {Top}V{Bottom}\"/><text class=\"tick\" x=\"{x:0.#}\" y=\"{Bottom + 16}\"")
                .Add($" text-anchor=\"{(X.Share(tick.Value) > NearEnd ? "end" : "middle")}\">{tick.Label}</text>\n");
        }

        svg.Add($"<path class=\"base\" d=\"M{Left} {Top}V{Bottom}H{Right}\"/>\n");
    }

    private HtmlText WriteLine(Line line)
    {
        var path = new StringBuilder();
        foreach (var point in line.Points)
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{AtX(point.X):0.#} {AtY(point.Y):0.#}");
        }

        var svg = line.IsOnlyMarkers ? HtmlText.Empty : HtmlText.Of($"<path class=\"l s{line.Style}\" d=\"{path}\"/>\n");
        foreach (var point in line.Points)
        {
            if (point.Span is { } span)
            {
                svg.Add($"<path class=\"span s{line.Style}\" d=\"M{AtX(point.X):0.#} {AtY(span.Least):0.#}V{AtY(span.Most):0.#}\"/>");
            }

            if (point.Text.Length > 0)
            {
                svg.Add(SeriesStyles.Marker(line.Style, AtX(point.X), AtY(point.Y), $"{line.Name}, {point.Text}"));
            }
        }

        return svg.Add($"\n");
    }

    private double AtX(double value) => Left + (X.Share(value) * (Right - Left));

    private double AtY(double value) => Bottom - (Y.Share(value) * (Bottom - Top));
}
