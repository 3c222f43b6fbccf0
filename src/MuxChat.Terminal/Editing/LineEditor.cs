using System.Text;

namespace MuxChat.Terminal.Editing;

/// <summary>Edits the line that the user types. A pure state machine that is fed with keys.</summary>
/// <remarks>The caret is always at a border between characters, as <see cref="Graphemes"/> finds them.</remarks>
/// <param name="complete">Finds completions for the text before the caret.</param>
internal sealed class LineEditor(Func<string, Completion> complete)
{
    /// <summary>The longest text: 256 Ki UTF-16 units. Of a key that would make it longer, the characters that fit are taken.</summary>
    public const int MaxLength = 256 * 1024;

    private readonly TypedHistory _history = new();
    private Completion _completion = Completion.None;
    private string _typedWord = "";
    private int _choice = -1;
    private string _killed = "";

    /// <summary>The text. It has line ends only after a paste of several lines.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The index before which the next character goes.</summary>
    public int Caret { get; private set; }

    /// <summary>The words that Tab goes through now; empty if the last key was not Tab.</summary>
    public Completion Offered => _choice >= 0 ? _completion : Completion.None;

    /// <summary>How many lines Enter says.</summary>
    public int LineCount => Text.Split('\n').Count(static line => line.Length > 0);

    /// <summary>Takes a key. Returns the lines to carry out, which are none unless the key is Enter.</summary>
    public IReadOnlyList<string> Take(Key key)
    {
        if (key.Kind is KeyKind.Tab or KeyKind.BackTab)
        {
            Complete(key.Kind == KeyKind.Tab ? 1 : -1);
            return [];
        }

        _choice = -1;
        if (key.Kind == KeyKind.Enter)
        {
            return Enter();
        }

        Edit(key);
        return [];
    }

    /// <summary>Removes the text.</summary>
    public void Clear()
    {
        _choice = -1;
        Set("", 0);
    }

    private void Edit(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Text:
                Insert(key.Text);
                break;
            case KeyKind.Paste:
                Insert(Pasted(key.Text));
                break;
            case KeyKind.Backspace:
                Remove(Graphemes.Previous(Text, Caret), Caret);
                break;
            case KeyKind.Delete or KeyKind.EndOfInput:
                Remove(Caret, Graphemes.Next(Text, Caret));
                break;
            case KeyKind.DeleteWordLeft:
                Kill(Graphemes.WordLeft(Text, Caret), Caret);
                break;
            case KeyKind.DeleteWordRight:
                Kill(Caret, Graphemes.WordRight(Text, Caret));
                break;
            case KeyKind.KillToEnd:
                Kill(Caret, Text.Length);
                break;
            case KeyKind.KillToStart:
                Kill(0, Caret);
                break;
            case KeyKind.Yank:
                Insert(_killed);
                break;
            case KeyKind.Up when _history.Up(Text) is { } before:
                Set(before, before.Length);
                break;
            case KeyKind.Down when _history.Down() is { } after:
                Set(after, after.Length);
                break;
            default:
                Caret = Moved(key.Kind);
                break;
        }
    }

    private int Moved(KeyKind kind) => kind switch
    {
        KeyKind.Left => Graphemes.Previous(Text, Caret),
        KeyKind.Right => Graphemes.Next(Text, Caret),
        KeyKind.WordLeft => Graphemes.WordLeft(Text, Caret),
        KeyKind.WordRight => Graphemes.WordRight(Text, Caret),
        KeyKind.Home => 0,
        KeyKind.End => Text.Length,
        _ => Caret,
    };

    private string[] Enter()
    {
        var text = Text;
        Clear();
        if (text.Trim().Length == 0)
        {
            return [];
        }

        _history.Add(text);
        return [.. text.Split('\n').Where(static line => line.Trim().Length > 0)];
    }

    // Line ends of every kind become one. Other control characters but tab are left out: the server refuses them.
    private static string Pasted(string text)
    {
        var pasted = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            if (letter is '\n' or '\t' || !char.IsControl(letter))
            {
                pasted.Append(letter);
            }
        }

        return pasted.ToString();
    }

    private void Insert(string text)
    {
        var fitting = text[..Graphemes.Floor(text, MaxLength - Text.Length)];
        SetAfter(Text.Insert(Caret, fitting), Caret + fitting.Length);
    }

    private void Kill(int start, int end)
    {
        _killed = end > start ? Text[start..end] : _killed;
        Remove(start, end);
    }

    private void Remove(int start, int end)
    {
        var left = Text.Remove(start, end - start);
        Set(left, Graphemes.Floor(left, start));
    }

    private void Complete(int step)
    {
        if (_choice < 0)
        {
            _completion = complete(Text[..Caret]);
            _typedWord = Text[_completion.Start..Caret];
            _choice = _completion.Words.Count == 0 ? -1 : step > 0 ? 0 : _completion.Words.Count - 1;
            if (_choice >= 0)
            {
                Replace(_typedWord, _completion.Words[_choice]);

                // The only path may be that of a directory: the next Tab looks into it.
                _choice = _completion.Words is [var only] && !only.EndsWith(' ') ? -1 : _choice;
            }

            return;
        }

        // After the last word comes what was typed.
        var count = _completion.Words.Count + 1;
        var shown = Word(_choice);
        _choice = (_choice + step + count) % count;
        Replace(shown, Word(_choice));
    }

    private string Word(int choice) => choice == _completion.Words.Count ? _typedWord : _completion.Words[choice];

    private void Replace(string shown, string word)
    {
        var start = _completion.Start;
        SetAfter(Text.Remove(start, shown.Length).Insert(start, word), start + word.Length);
    }

    // The text after the caret may join a character before it.
    private void SetAfter(string text, int caret)
    {
        var floor = Graphemes.Floor(text, caret);
        Set(text, floor == caret ? caret : Graphemes.Next(text, floor));
    }

    private void Set(string text, int caret) => (Text, Caret) = (text, caret);
}
