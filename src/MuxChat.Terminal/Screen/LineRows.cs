using System.Globalization;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Screen;

/// <summary>Makes rows of a line: its time, then its text, wrapped below the text.</summary>
/// <param name="style">Colours.</param>
/// <param name="zone">The zone of the times.</param>
internal sealed class LineRows(TextStyle style, TimeZoneInfo zone)
{
    private const string NoTime = "      ";
    private const int Narrowest = 4;

    /// <summary>Returns the rows of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columns">The width of the screen.</param>
    public IReadOnlyList<string> Of(ChatLine line, int columns)
    {
        var head = SafeText.Clean(HeadOf(line));
        var (mark, text) = line.Kind switch
        {
            LineKind.Said or LineKind.Acted => (head, SafeText.Clean(line.Text)),
            LineKind.Error => ("", "!! " + SafeText.Clean(line.Text)),
            LineKind.Gap => ("", $"--- {SafeText.Clean(line.Text)} ---"),
            _ => ("", "-- " + SafeText.Clean(line.Text)),
        };
        var time = TimeZoneInfo.ConvertTime(line.Time, zone).ToString("HH:mm ", CultureInfo.InvariantCulture);
        var width = columns - time.Length < Narrowest ? Math.Max(2, columns) : columns - time.Length;
        var isNarrow = width == columns;
        var rows = Wrapping.Rows(mark + text, width);
        return [.. rows.Select((row, index) => (isNarrow ? "" : index == 0 ? style.Quiet(time) : NoTime)
            + Coloured(line, row, index == 0 && row.StartsWith(head, StringComparison.Ordinal) ? head : ""))];
    }

    /// <summary>Returns the row between two days.</summary>
    public string? DayBefore(ChatLine line, ChatLine? before, int columns)
    {
        var day = DayOf(line);
        var isOther = before is not null && DayOf(before) != day;
        return isOther ? style.Quiet(Wrapping.Fit(day.ToString("--- dddd, d MMMM yyyy ---", CultureInfo.InvariantCulture), columns)) : null;
    }

    /// <summary>Returns the rows of a line that the server has not acknowledged.</summary>
    public IReadOnlyList<string> Of(OwnLine own, string nick, int columns)
    {
        var state = own.State switch
        {
            OwnState.Waiting => "waiting",
            OwnState.Sent => "sent",
            _ => "perhaps said: the room's past will show it",
        };
        var text = SafeText.Clean(own.IsAction ? $"* {nick} {own.Text}" : $"<{nick}> {own.Text}");
        return [.. Wrapping.Rows($"{text}  ({state})", Math.Max(2, columns - NoTime.Length)).Select(row => NoTime + style.Quiet(row))];
    }

    private static string HeadOf(ChatLine line) => line.Kind switch
    {
        LineKind.Said => $"<{line.Nick}> ",
        LineKind.Acted => $"* {line.Nick} ",
        _ => "",
    };

    private DateTime DayOf(ChatLine line) => TimeZoneInfo.ConvertTime(line.Time, zone).Date;

    private string Coloured(ChatLine line, string row, string head) => line.Kind switch
    {
        LineKind.Error => style.Error(row),
        LineKind.Gap => TextStyle.Loud(row),
        LineKind.Said or LineKind.Acted when line.IsPast => style.Quiet(row),
        LineKind.Said or LineKind.Acted when line.IsMention => TextStyle.Loud(row),
        LineKind.Said or LineKind.Acted when head.Length > 0 =>
            (line.IsOwn ? TextStyle.Own(head) : style.Nick(head, line.Nick)) + row[head.Length..],
        LineKind.Said or LineKind.Acted => row,
        _ => style.Quiet(row),
    };
}
