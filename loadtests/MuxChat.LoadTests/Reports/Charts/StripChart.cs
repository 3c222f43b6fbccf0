using MuxChat.LoadTests.Comparing;
using MuxChat.LoadTests.Measures;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>
/// One row for each model: a marker for each round, a box from the least to the most, a line at the median, and the median as a number. All
/// of three or five rounds can be shown, so there are no quartiles.
/// </summary>
internal sealed record StripChart
{
    private const int Width = LineChart.Width;
    private const int RowHeight = 19;
    private const int HeadHeight = 22;
    private const int FootHeight = 40;
    private const int ValueWidth = 66;
    private const int Right = Width - ValueWidth;
    private const int LetterWidth = 7;
    private const int MostLetters = 16;

    public required string Title { get; init; }

    /// <summary>What is good, such as "higher is better".</summary>
    public required string Hint { get; init; }

    public required Axis Axis { get; init; }

    public required IReadOnlyList<Strip> Rows { get; init; }

    private int Left => 8 + (LetterWidth * Math.Min(MostLetters, Rows.Max(static row => row.Name.Length)));

    public HtmlText Write()
    {
        var svg = new HtmlText();
        var groups = Rows.GroupBy(static row => row.Group).ToList();
        var bottom = (groups.Count * HeadHeight) + (Rows.Count * RowHeight) + 4;
        foreach (var tick in Axis.Ticks)
        {
            svg.Add($"<path class=\"grid\" d=\"M{At(tick.Value):0.#} 0V{bottom}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{At(tick.Value):0.#}\" y=\"{bottom + 15}\" text-anchor=\"middle\">{tick.Label}</text>\n");
        }

        svg.Add($"<path class=\"base\" d=\"M{Left} 0V{bottom}H{Right}\"/>\n");
        var y = 0;
        foreach (var group in groups)
        {
            svg.Add($"<text class=\"group\" x=\"2\" y=\"{y + 15}\">{group.Key}</text>\n");
            y += HeadHeight;
            foreach (var row in group)
            {
                svg.Add(WriteRow(row, y + (RowHeight / 2)));
                y += RowHeight;
            }
        }

        var said = string.Join("; ", Rows.Select(static row =>
            $"{row.Group}, {row.Name} {Figure.Show(Spread.Of(row.Values).Median)}{(row.IsWinner ? ", best" : "")}"));
        return HtmlText.Of($"<figure class=\"chart\"><figcaption>{Title}<span class=\"hint\">{Hint}</span></figcaption>\n")
            .Add($"<svg viewBox=\"0 0 {Width} {bottom + FootHeight}\" role=\"img\" aria-label=\"{Title}, {Hint}. {said}\">\n").Add(svg)
            .Add($"<text class=\"axis\" x=\"{Right}\" y=\"{bottom + 33}\" text-anchor=\"end\">{Axis.Title}</text>\n</svg></figure>\n");
    }

    private HtmlText WriteRow(Strip row, int y)
    {
        const int Half = 6;
        var spread = Spread.Of(row.Values);
        var (least, most, median) = (At(spread.Least), At(spread.Most), At(spread.Median));
        var name = row.Name.Length > MostLetters ? $"{row.Name[..(MostLetters - 1)]}…" : row.Name;
        var svg = HtmlText.Of($"<text class=\"name\" x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{name}")
            .Add($"<title>{row.Name}</title></text>");
        svg.Add($"<path class=\"box s{row.Style}\" d=\"M{least:0.#} {y - Half}H{most:0.#}V{y + Half}H{least:0.#}Z\"/>");
        svg.Add($"<path class=\"median\" d=\"M{median:0.#} {y - Half - 2}V{y + Half + 2}\"/>");
        svg.AddEach(row.Values, value => SeriesStyles.Marker(row.Style, At(value), y, $"{row.Name} {Figure.Show(value)}"));
        return svg.Add($"<text class=\"value{(row.IsWinner ? " won" : "")}\" x=\"{Width - 2}\" y=\"{y + 4}\" text-anchor=\"end\">")
            .Add($"{(row.IsWinner ? $"{HtmlTable.Won} " : "")}{ShowShort(spread.Median)}</text>\n");
    }

    // Large numbers would not fit beside the box: 1,740,000 is 1.74M.
    private static string ShowShort(double value) => value >= 1e5 ? Axis.Show(Numbers.Round(value)) : Figure.Show(value);

    private double At(double value) => Left + (Axis.Share(value) * (Right - Left));
}
