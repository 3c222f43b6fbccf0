namespace MuxChat.Terminal.Editing;

/// <summary>The keys that mean something to the client.</summary>
internal enum KeyKind
{
    /// <summary>Characters to insert.</summary>
    Text,

    /// <summary>A text that was pasted, perhaps of several lines.</summary>
    Paste,
    Enter,
    Backspace,
    Delete,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Up,
    Down,
    PageUp,
    PageDown,
    Tab,
    BackTab,
    DeleteWordLeft,
    DeleteWordRight,
    KillToEnd,
    KillToStart,
    Yank,

    /// <summary>Turns to the next view.</summary>
    NextView,

    /// <summary>Turns to the view before.</summary>
    PreviousView,

    /// <summary>Turns to the view of a number.</summary>
    View,
    Redraw,
    Suspend,

    /// <summary>Ctrl-C.</summary>
    Interrupt,

    /// <summary>Ctrl-D: the end on an empty line, and otherwise the next character is deleted.</summary>
    EndOfInput,
}

/// <summary>A key that was typed.</summary>
/// <param name="Kind">Which key.</param>
/// <param name="Text">The characters of <see cref="KeyKind.Text"/> and <see cref="KeyKind.Paste"/>.</param>
/// <param name="Number">The number of <see cref="KeyKind.View"/>, from 1.</param>
internal readonly record struct Key(KeyKind Kind, string Text = "", int Number = 0);
