using System.Globalization;
using MuxChat.Terminal.Editing;
using MuxChat.Terminal.Session;

namespace MuxChat.Terminal.Screen;

/// <summary>Draws the state of the client: topic, lines, status, and the line that is typed.</summary>
/// <param name="style">Colours.</param>
/// <param name="zone">The zone of the times.</param>
internal sealed class ScreenRenderer(TextStyle style, TimeZoneInfo zone)
{
    /// <summary>Rows that are no lines of the view: the topic, the status and the input.</summary>
    public const int Frame = 3;

    private const int PromptShare = 3;
    private const char LineEnd = '\u21B5';

    private readonly LineRows _lines = new(style, zone);

    /// <summary>Returns how many rows a line of a view takes.</summary>
    public int RowsOf(ChatLine line, int columns) => _lines.Of(line, columns).Count;

    /// <summary>Draws a picture.</summary>
    /// <param name="session">The rooms.</param>
    /// <param name="editor">The line that is typed.</param>
    /// <param name="state">The rest.</param>
    /// <param name="scroll">How many rows the lines are moved down. It is limited to those there are.</param>
    public Picture Draw(ChatSession session, LineEditor editor, ScreenState state, ref int scroll)
    {
        var (columns, rows) = (Math.Max(2, state.Columns), Math.Max(Frame + 1, state.Rows));
        var body = Body(session, columns, rows - Frame, ref scroll);
        var view = session.Current;
        var topic = view.IsServer ? state.Address : view.Topic.Length > 0 ? $"{view.Name}: {view.Topic}" : view.Name;
        var input = Input(view, editor, columns, out var caret);
        var status = Status(session, editor, state, scroll);
        return new Picture([Bar(topic, columns), .. body, Bar(status, columns), input], rows - 1, caret, columns);
    }

    private string[] Body(ChatSession session, int columns, int height, ref int scroll)
    {
        var view = session.Current;
        var below = new List<IReadOnlyList<string>>();
        var count = 0;
        void Put(IReadOnlyList<string> rows)
        {
            below.Add(rows);
            count += rows.Count;
        }

        foreach (var own in view.Own.All.Reverse().Take(height + scroll))
        {
            Put(_lines.Of(own, session.Nick, columns));
        }

        for (var at = view.Lines.Count - 1; at >= 0 && count < height + scroll; at--)
        {
            Put(_lines.Of(view.Lines[at], columns));
            if (_lines.DayBefore(view.Lines[at], at > 0 ? view.Lines[at - 1] : null, columns) is { } day)
            {
                Put([day]);
            }
        }

        scroll = Math.Clamp(scroll, 0, Math.Max(0, count - height));
        string[] all = [.. Enumerable.Reverse(below).SelectMany(static rows => rows)];
        string[] shown = [.. all.SkipLast(scroll).TakeLast(height)];
        return [.. shown, .. Enumerable.Repeat("", height - shown.Length)];
    }

    private string Status(ChatSession session, LineEditor editor, ScreenState state, int scroll)
    {
        var offered = editor.Offered.Words;
        if (offered.Count > 1)
        {
            return " " + string.Join("  ", offered.Select(static word => word.TrimEnd(' ', ':')));
        }

        var time = TimeZoneInfo.ConvertTime(session.Now, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        var at = session.Views.ToList().IndexOf(session.Current) + 1;
        var members = session.Current is { IsRoom: true, IsJoined: true } room ? $" {room.MemberCount} here" : "";
        var parts = new List<string> { time, session.Nick, $"{at}:{NameOf(session.Current)}{members}" };
        parts.AddRange(session.Views.Select(static (view, index) => view.Unread == 0
            ? "" : $"{index + 1}:{NameOf(view)} {view.Unread}{(view.Mentions > 0 ? "!" : "")}"));
        if (session.Lines.Pending > 0)
        {
            parts.Insert(2, $"{session.Lines.Pending} not acknowledged");
        }

        if (session.Phase != SessionPhase.Ready)
        {
            parts.Insert(2, state.Offline);
        }

        if (scroll > 0)
        {
            parts.Add($"{scroll} rows below: PageDown");
        }

        if (editor.LineCount > 1)
        {
            parts.Add($"Enter says {editor.LineCount} lines, Ctrl-U removes them");
        }

        return string.Concat(parts.Where(static part => part.Length > 0).Select(static part => $" [{part}]"));
    }

    private static string NameOf(ChatView view) => view.IsServer ? "server" : view.Name;

    private static string Bar(string text, int columns)
    {
        var fitting = Wrapping.Fit(SafeText.Clean(text), columns);
        return TextStyle.Bar(fitting + new string(' ', columns - CellWidth.Of(fitting)));
    }

    private static string Input(ChatView view, LineEditor editor, int columns, out int caret)
    {
        var prompt = Wrapping.Fit($"[{SafeText.Clean(NameOf(view))}] ", columns / PromptShare);
        var room = columns - CellWidth.Of(prompt) - 1;
        var before = SafeText.Clean(editor.Text[..editor.Caret].Replace('\n', LineEnd));
        var after = SafeText.Clean(editor.Text[editor.Caret..].Replace('\n', LineEnd));

        // It moves by half of the row, so that it does not move with every key.
        var step = Math.Max(1, room / 2);
        var over = Math.Max(0, CellWidth.Of(before) - room);
        var start = Wrapping.Fit(before, (over + step - 1) / step * step).Length;
        while (CellWidth.Of(before[start..]) > room)
        {
            start = Graphemes.Next(before, start);
        }

        var visible = before[start..];
        caret = CellWidth.Of(prompt) + CellWidth.Of(visible);
        return prompt + visible + Wrapping.Fit(after, columns - caret);
    }
}

/// <summary>The rest of a picture, next to the rooms and the typed line.</summary>
/// <param name="Columns">The width of the screen.</param>
/// <param name="Rows">Its height.</param>
/// <param name="Address">The server's address.</param>
/// <param name="Offline">Why there is no connection, in a few words.</param>
internal sealed record ScreenState(int Columns, int Rows, string Address, string Offline);
