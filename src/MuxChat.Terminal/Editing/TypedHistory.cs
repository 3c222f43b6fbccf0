namespace MuxChat.Terminal.Editing;

/// <summary>The lines that were entered, to go back to.</summary>
internal sealed class TypedHistory
{
    /// <summary>Lines that are remembered: 500. The oldest is forgotten.</summary>
    public const int MaxLines = 500;

    private readonly List<string> _lines = [];
    private int _at;
    private string _draft = "";

    /// <summary>A line was entered. One that repeats the last is not kept twice.</summary>
    public void Add(string line)
    {
        if (_lines.Count == 0 || _lines[^1] != line)
        {
            _lines.Add(line);
        }

        if (_lines.Count > MaxLines)
        {
            _lines.RemoveAt(0);
        }

        _at = _lines.Count;
    }

    /// <summary>Returns the line before; null if there is none.</summary>
    /// <param name="current">The text in the editor. It comes back after the newest line.</param>
    public string? Up(string current)
    {
        if (_at == 0)
        {
            return null;
        }

        _draft = _at == _lines.Count ? current : _draft;
        return _lines[--_at];
    }

    /// <summary>Returns the line after, and the draft after the newest one; null if there is none.</summary>
    public string? Down()
    {
        if (_at >= _lines.Count)
        {
            return null;
        }

        return ++_at == _lines.Count ? _draft : _lines[_at];
    }
}
