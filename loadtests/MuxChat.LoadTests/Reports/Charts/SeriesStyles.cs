using MuxChat.LoadTests.Comparing;

namespace MuxChat.LoadTests.Reports.Charts;

/// <summary>
/// How each series looks in all charts of a page: a colour, a marker and a dash pattern, which go together. So the charts can be read
/// without colours.
/// </summary>
internal sealed class SeriesStyles
{
    private const string Auto = "auto";

    /// <summary>How many there are. Further series begin again.</summary>
    public const int Count = 8;

    private readonly List<string> _names;

    /// <param name="names">The names of all series. The I/O models keep their places on every page.</param>
    public SeriesStyles(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        _names = all.Exists(Models.Contains) ? [.. Models, .. all.Except(Models)] : all;
    }

    /// <summary>The server's I/O models. Other servers come after them.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. IoModels.All.Where(static io => io != Auto), Auto];

    /// <summary>The style of a series, from 0.</summary>
    public int this[string name] => Math.Max(0, _names.IndexOf(name)) % Count;

    /// <summary>A marker around a point of a chart, with a text that a browser shows when the pointer is on it.</summary>
    public static HtmlText Marker(int style, double x, double y, string text) =>
        HtmlText.Of($"<path class=\"m s{style}\" d=\"M{x:0.#} {y:0.#}{Shape(style)}\"><title>{text}</title></path>");

    /// <summary>A small picture of a style, for a legend.</summary>
    public static HtmlText Swatch(int style, bool hasLine = true) => HtmlText
        .Of($"<svg class=\"swatch\" viewBox=\"0 0 30 12\" aria-hidden=\"true\">")
        .Add(hasLine ? HtmlText.Of($"<path class=\"l s{style}\" d=\"M1 6H29\"/>") : HtmlText.Empty)
        .Add($"<path class=\"m s{style}\" d=\"M15 6{Shape(style)}\"/></svg>");

    // From the middle on. Circle, square, triangles, diamond, cross, plus, hexagon.
    private static string Shape(int style) => style switch
    {
        0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        1 => "m-3.5 -3.5h7v7h-7z",
        2 => "m0 -4.5l4.5 8h-9z",
        3 => "m0 -5l5 5l-5 5l-5 -5z",
        4 => "m0 4.5l4.5 -8h-9z",
        5 => "m-4.5 -2.5l2 -2l2.5 2.5l2.5 -2.5l2 2l-2.5 2.5l2.5 2.5l-2 2l-2.5 -2.5l-2.5 2.5l-2 -2l2.5 -2.5z",
        6 => "m-1.5 -5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z",
        _ => "m-2.5 -4.5h5l2.5 4.5l-2.5 4.5h-5l-2.5 -4.5z",
    };
}
