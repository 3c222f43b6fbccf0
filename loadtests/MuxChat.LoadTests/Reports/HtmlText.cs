using System.Globalization;
using System.Net;
using System.Text;

namespace MuxChat.LoadTests.Reports;

/// <summary>
/// A piece of a page. What a template puts between braces is escaped unless it is such a piece itself, so no text from elsewhere becomes
/// markup. Numbers are written as in English.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    public static HtmlText Empty => new();

    public static HtmlText Of(FormattableString template) => new HtmlText().Add(template);

    /// <summary>All items, one after the other.</summary>
    public static HtmlText Each<T>(IEnumerable<T> items, Func<T, HtmlText> write) => new HtmlText().AddEach(items, write);

    public HtmlText Add(FormattableString template)
    {
        _html.AppendFormat(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Safe)]);
        return this;
    }

    /// <summary>Adds another piece as it is.</summary>
    public HtmlText Add(HtmlText piece)
    {
        _html.Append(piece._html);
        return this;
    }

    public HtmlText AddEach<T>(IEnumerable<T> items, Func<T, HtmlText> write)
    {
        foreach (var item in items)
        {
            Add(write(item));
        }

        return this;
    }

    public override string ToString() => _html.ToString();

    private static object? Safe(object? argument) => argument switch
    {
        HtmlText or int or long or double or DateTimeOffset => argument,
        _ => WebUtility.HtmlEncode(argument?.ToString()),
    };
}
