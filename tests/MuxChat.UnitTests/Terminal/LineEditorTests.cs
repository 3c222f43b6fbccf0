using CsCheck;
using MuxChat.Terminal.Editing;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The line editor, fed with keys.</summary>
public sealed class LineEditorTests
{
    private static readonly string[] Pieces = ["a", "b ", "世", "👨‍👩‍👧", "e\u0301", "\u0301", "🇨🇭", "🇨", "\u200D", "क्ष", "\tx"];

    private static readonly Gen<List<Key>> Keys = Gen.OneOf(
        Gen.Int[0, 10].Select(static at => new Key(KeyKind.Text, Pieces[at])),
        Gen.Int[(int)KeyKind.Enter, (int)KeyKind.EndOfInput].Select(static kind => new Key((KeyKind)kind)),
        Gen.Bool.Select(static isTab => new Key(isTab ? KeyKind.Tab : KeyKind.Interrupt)),
        Gen.Const(new Key(KeyKind.Paste, "one\r\ntwo\nthree\u0007"))).List[0, 60];

    private readonly LineEditor _editor = new(static before =>
        Completion.For(before, ["join", "part"], ["#tea", "#team"], ["alice", "alan", "bob"]));

    [Theory]
    [InlineData("abc", nameof(KeyKind.Backspace), "ab|")]
    [InlineData("abc|Home", nameof(KeyKind.Delete), "|bc")]
    [InlineData("abc|Home", nameof(KeyKind.EndOfInput), "|bc")]
    [InlineData("one two", nameof(KeyKind.WordLeft), "one |two")]
    [InlineData("one two|Home", nameof(KeyKind.WordRight), "one| two")]
    [InlineData("one two", nameof(KeyKind.DeleteWordLeft), "one |")]
    [InlineData("one two|Home", nameof(KeyKind.DeleteWordRight), "| two")]
    [InlineData("one two|WordLeft", nameof(KeyKind.KillToEnd), "one |")]
    [InlineData("one two|WordLeft", nameof(KeyKind.KillToStart), "|two")]
    [InlineData("one two|KillToStart", nameof(KeyKind.Yank), "one two|")]
    [InlineData("世界👨‍👩‍👧", nameof(KeyKind.Left), "世界|👨‍👩‍👧")]
    [InlineData("世界👨‍👩‍👧", nameof(KeyKind.Backspace), "世界|")]
    [InlineData("ae\u0301", nameof(KeyKind.Backspace), "a|")]
    [InlineData("abc|Home", nameof(KeyKind.Left), "|abc")]
    [InlineData("abc", nameof(KeyKind.Right), "abc|")]
    public void Key_edits_what_it_should(string before, string key, string after)
    {
        var parts = before.Split('|');
        Type(parts[0]);
        foreach (var name in parts.Skip(1))
        {
            Press(Enum.Parse<KeyKind>(name));
        }

        Press(Enum.Parse<KeyKind>(key));
        Assert.Equal(after, _editor.Text.Insert(_editor.Caret, "|"));
    }

    [Fact]
    public void Up_and_down_go_through_the_lines_and_back_to_the_draft()
    {
        Enter("one");
        Enter("two");
        Enter("two");
        Type("draft");
        Assert.Equal(["two", "one", "one", "two", "draft", "draft"], new[] { KeyKind.Up, KeyKind.Up, KeyKind.Up, KeyKind.Down, KeyKind.Down,
            KeyKind.Down }.Select(key =>
            {
                Press(key);
                return _editor.Text;
            }));
    }

    [Fact]
    public void History_forgets_the_oldest_line()
    {
        for (var i = 0; i < TypedHistory.MaxLines + 10; i++)
        {
            Enter($"line {i}");
        }

        for (var i = 0; i < TypedHistory.MaxLines + 10; i++)
        {
            Press(KeyKind.Up);
        }

        Assert.Equal("line 10", _editor.Text);
    }

    [Theory]
    [InlineData("al", "alice: |alan: |al|alice: ")]
    [InlineData("so al", "so alice |so alan |so al|so alice ")]
    [InlineData("/J", "/join |/J|/join ")]
    [InlineData("#TE", "#tea |#team |#TE")]
    [InlineData("//j", "//j")]
    [InlineData("zz", "zz|zz")]
    [InlineData("", "")]
    public void Tab_goes_through_the_words_and_back_to_what_was_typed(string typed, string texts)
    {
        Type(typed);
        foreach (var text in texts.Split('|'))
        {
            Press(KeyKind.Tab);
            Assert.Equal((text, text.Length), (_editor.Text, _editor.Caret));
        }
    }

    [Fact]
    public void Back_tab_goes_the_other_way_and_another_key_keeps_the_word()
    {
        Type("al");
        Press(KeyKind.BackTab);
        Assert.Equal("alan: ", _editor.Text);
        Type("hi");
        Assert.Equal("alan: hi", _editor.Text);
        Assert.Empty(_editor.Offered.Words);
    }

    [Fact]
    public void Tab_after_a_cleared_line_begins_anew()
    {
        Type("al");
        Press(KeyKind.Tab);
        _editor.Clear();
        Assert.Empty(_editor.Offered.Words);
        Press(KeyKind.Tab);
        Assert.Equal(("", 0), (_editor.Text, _editor.Caret));
    }

    [Fact]
    public void Pasted_lines_wait_for_enter_and_are_then_lines_of_their_own()
    {
        Assert.Empty(_editor.Take(new Key(KeyKind.Paste, "one\r\n\r\ntwo\u001b[2J\nthree")));
        Assert.Equal(3, _editor.LineCount);
        Assert.Equal(["one", "two[2J", "three"], _editor.Take(new Key(KeyKind.Enter)));
        Assert.Equal("", _editor.Text);
    }

    [Fact]
    public void Text_has_a_limit()
    {
        _editor.Take(new Key(KeyKind.Text, new string('x', LineEditor.MaxLength)));
        Type("y");
        Assert.Equal(LineEditor.MaxLength, _editor.Text.Length);
    }

    [Fact]
    public void Paste_that_does_not_fit_is_cut_between_characters()
    {
        var pasted = new string('x', LineEditor.MaxLength - 3);
        _editor.Take(new Key(KeyKind.Paste, pasted + "👨‍👩‍👧 and more"));
        Assert.Equal(pasted, _editor.Text);
        Type("yz👋");
        Assert.Equal(pasted + "yz", _editor.Text);
    }

    [Fact]
    public void Caret_is_at_a_border_between_characters_whatever_was_typed() => Property.Holds(
        Keys,
        keys =>
        {
            var editor = new LineEditor(static before => new Completion(before.LastIndexOf(' ') + 1, ["alice: ", "bob "]));
            foreach (var key in keys)
            {
                // The screen takes the interrupt itself, and clears the line.
                if (key.Kind == KeyKind.Interrupt)
                {
                    editor.Clear();
                }
                else
                {
                    editor.Take(key);
                }

                Assert.Equal(Graphemes.Floor(editor.Text, editor.Caret), editor.Caret);
                Assert.DoesNotContain('\u0007', editor.Text);
            }
        },
        samples: 500);

    private void Type(string text) => _editor.Take(new Key(KeyKind.Text, text));

    private void Press(KeyKind key) => _editor.Take(new Key(key));

    private void Enter(string text)
    {
        Type(text);
        Assert.Equal([text], _editor.Take(new Key(KeyKind.Enter)));
    }
}
