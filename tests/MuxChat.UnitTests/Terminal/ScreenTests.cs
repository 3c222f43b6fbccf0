using System.Text.RegularExpressions;
using CsCheck;
using MuxChat.Terminal.Editing;
using MuxChat.Terminal.Screen;
using MuxChat.Terminal.Session;

namespace MuxChat.UnitTests.Terminal;

/// <summary>Widths, wrapping, safe text, and pictures of the client's state.</summary>
public sealed partial class ScreenTests
{
    private static readonly string[] Pieces =
    [
        "a", " ", "word ", "世界", "👨‍👩‍👧", "e\u0301", "🇨🇭", "❤️", "\u001b[2J", "\u202E", "\uD800", "한글", "\u0007", "\u009B1m", "\t",
    ];

    private static readonly Gen<string> Texts =
        Gen.Int[0, Pieces.Length - 1].Select(static at => Pieces[at]).List[0, 60].Select(string.Concat);

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("世界", 4)]
    [InlineData("👋", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("👨‍👩‍👧", 2)]
    [InlineData("👍🏽", 2)]
    [InlineData("🇨🇭", 2)]
    [InlineData("❤️", 2)]
    [InlineData("한글", 4)]
    [InlineData("ｗｉｄｅ", 8)]
    [InlineData("", 0)]
    public void Text_has_the_width_that_a_terminal_gives_it(string text, int columns) => Assert.Equal(columns, CellWidth.Of(text));

    [Theory]
    [InlineData("a\u001b[2Jb", "a\uFFFD[2Jb")]
    [InlineData("a\u009B2Jb", "a\uFFFD2Jb")]
    [InlineData("abc\u202Ecba\u2066x\u200F", "abc\uFFFDcba\uFFFDx\uFFFD")]
    [InlineData("a\tb\u2028c", "a b c")]
    [InlineData("soft\u00ADhyphen\u200Bzero\uFEFFwidth", "softhyphenzerowidth")]
    [InlineData("👨‍👩‍👧 世界 e\u0301 ❤️", "👨‍👩‍👧 世界 e\u0301 ❤️")]
    public void Text_of_others_is_made_safe(string text, string clean) => Assert.Equal(clean, SafeText.Clean(text));

    // An attribute cannot hold half of a pair.
    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() => Assert.Equal("half \uFFFD pair", SafeText.Clean("half \uD800 pair"));

    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("世界世界", 5, "世界|世界")]
    [InlineData(" leading", 4, " lea|ding")]
    [InlineData("a 世界", 3, "a|世|界")]
    public void Text_is_wrapped_at_blanks_where_it_can_be(string text, int columns, string rows) =>
        Assert.Equal(rows.Split('|'), Wrapping.Rows(text, columns));

    [Fact]
    public void Wrapped_rows_have_all_characters_and_none_is_too_wide() => Property.Holds(
        Gen.Select(Texts.Select(SafeText.Clean), Gen.Int[2, 30]),
        (text, columns) =>
        {
            var rows = Wrapping.Rows(text, columns);
            Assert.All(rows, row => Assert.InRange(CellWidth.Of(row), 0, columns));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(rows).Replace(" ", "", StringComparison.Ordinal));
        },
        samples: 500);

    [Fact]
    public void Picture_fits_its_screen_and_has_no_control_of_others() => Property.Holds(
        Gen.Select(Texts.List[0, 30], Texts, Gen.Int[1, 60], Gen.Int[1, 20], Gen.Int[0, 40], Gen.Bool),
        sample =>
        {
            var (lines, typed, columns, rows, scroll, hasColours) = sample;
            var session = Session(lines);
            var editor = new LineEditor(static _ => Completion.None);
            editor.Take(new Key(KeyKind.Paste, typed));
            var picture = Draw(session, editor, columns, rows, hasColours, ref scroll);
            Assert.Equal(Math.Max(4, rows), picture.Rows.Count);
            Assert.All(picture.Rows, row =>
            {
                var plain = Marks().Replace(row, "");
                Assert.DoesNotContain(plain, static letter => char.IsControl(letter) || letter is '\u202E');
                Assert.InRange(CellWidth.Of(plain), 0, Math.Max(2, columns));
            });
            Assert.InRange(picture.CaretColumn, 0, Math.Max(2, columns) - 1);
        },
        samples: 300);

    [Fact]
    public void Lines_are_at_the_bottom_and_scrolling_stops_at_the_first()
    {
        var session = Session([.. Enumerable.Range(1, 9).Select(static number => $"line {number}")]);
        var editor = new LineEditor(static _ => Completion.None);
        var scroll = 0;
        Assert.Equal(["10:00 <bob> line 8", "10:00 <bob> line 9"], Body(Draw(session, editor, 40, 5, false, ref scroll)));
        scroll = 100;
        Assert.Equal(["10:00 <bob> line 1", "10:00 <bob> line 2"], Body(Draw(session, editor, 40, 5, false, ref scroll)));
        Assert.Equal(7, scroll);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("世")]
    public void Line_that_is_longer_than_its_row_moves_by_half_a_row(string typed)
    {
        const int Keys = 60;
        var (session, editor, scroll) = (Session([]), new LineEditor(static _ => Completion.None), 0);
        var carets = new List<int>();
        for (var i = 0; i < Keys; i++)
        {
            editor.Take(new Key(KeyKind.Text, typed));
            carets.Add(Draw(session, editor, 40, 6, false, ref scroll).CaretColumn);
        }

        // The prompt takes 9 columns, and the caret one.
        var moves = carets.Zip(carets.Skip(1)).Where(static two => two.Second <= two.First).Select(static two => two.First - two.Second);
        var width = CellWidth.Of(typed);
        Assert.Equal(((Keys * width) - 30 + 14) / 15, moves.Count());
        Assert.All(moves, move => Assert.InRange(move, 15 - (2 * width), 15));
    }

    [Fact]
    public void Line_that_is_not_acknowledged_is_shown_as_such()
    {
        var session = Session(["said"]);
        session.Lines.Say(session.Current, "mine", isAction: false);
        var scroll = 0;
        var picture = Draw(session, new LineEditor(static _ => Completion.None), 60, 6, false, ref scroll);
        Assert.Contains(picture.Rows, static row => row.Contains("mine  (waiting)", StringComparison.Ordinal));
        Assert.Contains("[1 not acknowledged]", picture.Rows[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Status_names_views_with_unread_lines_and_marks_mentions()
    {
        var session = Session([]);
        session.Show(session.Add("#tea"), new ChatLine(LineKind.Said, session.Now, "bob", "hi") { IsMention = true });
        var scroll = 0;
        var picture = Draw(session, new LineEditor(static _ => Completion.None), 80, 6, false, ref scroll);
        Assert.Contains("[3:#tea 1!]", picture.Rows[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void No_colour_leaves_bold_and_reverse_only()
    {
        var scroll = 0;
        var session = Session(["hi"]);
        session.Mistake("wrong");
        var marks = Draw(session, new LineEditor(static _ => Completion.None), 40, 8, false, ref scroll).Rows
            .SelectMany(static row => Marks().Matches(row)).Select(static mark => mark.Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["\e[0m", "\e[1m", "\e[7m"], marks);
        Assert.True(TextStyle.HasColours("", "xterm"));
        Assert.False(TextStyle.HasColours("1", "xterm"));
        Assert.False(TextStyle.HasColours(null, "dumb"));
    }

    [Fact]
    public void Picture_writes_the_rows_that_changed_and_all_after_a_resize()
    {
        var before = new Picture(["one", "two"], 1, 0, 10);
        var after = new Picture(["one", "three"], 1, 2, 10);
        Assert.Equal("\e[?25l\e[2;1H\e[2Kthree\e[2;3H\e[?25h", after.Since(before));
        Assert.Contains("\e[2J", after.Since(before with { Columns = 9 }), StringComparison.Ordinal);
        Assert.Contains("one", after.Since(null), StringComparison.Ordinal);
    }

    private static ChatSession Session(IEnumerable<string> lines)
    {
        var session = new ChatSession(new SessionOptions { Rooms = ["#lobby"] }, static (_, _) => { }, Clocks.Create());
        foreach (var line in lines)
        {
            session.Show(session.Current, new ChatLine(LineKind.Said, session.Now, "bob", line));
        }

        return session;
    }

    private static Picture Draw(ChatSession session, LineEditor editor, int columns, int rows, bool hasColours, ref int scroll) =>
        new ScreenRenderer(new TextStyle(hasColours), TimeZoneInfo.Utc)
            .Draw(session, editor, new ScreenState(columns, rows, "127.0.0.1:7070", "connecting"), ref scroll);

    private static IEnumerable<string> Body(Picture picture) =>
        picture.Rows.Skip(1).SkipLast(2).Select(static row => Marks().Replace(row, ""));

    [GeneratedRegex(@"\e\[\d+m")]
    private static partial Regex Marks();
}
