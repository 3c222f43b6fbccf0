using System.Runtime.CompilerServices;

namespace MuxChat.Testing.Processes;

/// <summary>Lines as they come from another thread, and waiting for one.</summary>
/// <param name="name">What the lines are, for messages.</param>
public sealed class LineLog(string name)
{
    private readonly List<string> _lines = [];
    private readonly object _changed = new();
    private bool _ended;

    /// <summary>A line came; told on the thread that it came on.</summary>
    public event Action<string>? Added;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_changed)
            {
                return [.. _lines];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_changed)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Adds a line; null is the end.</summary>
    public void Add(string? line)
    {
        lock (_changed)
        {
            if (line is null)
            {
                _ended = true;
            }
            else
            {
                _lines.Add(line);
            }

            Monitor.PulseAll(_changed);
        }

        if (line is not null)
        {
            Added?.Invoke(line);
        }
    }

    /// <summary>The first line, of those there are and those to come, that fits; null when the lines end without it.</summary>
    public string? WaitFor(Func<string, bool> fits, [CallerArgumentExpression(nameof(fits))] string awaited = "") =>
        WaitFor(0, fits, awaited);

    /// <summary>The same, without the first lines.</summary>
    public string? WaitFor(int first, Func<string, bool> fits, [CallerArgumentExpression(nameof(fits))] string awaited = "")
    {
        var deadline = Environment.TickCount64 + Guard.Ms;
        lock (_changed)
        {
            for (var looked = first; ;)
            {
                for (; looked < _lines.Count; looked++)
                {
                    if (fits(_lines[looked]))
                    {
                        return _lines[looked];
                    }
                }

                var left = deadline - Environment.TickCount64;
                if (_ended)
                {
                    return null;
                }

                if (left <= 0 || !Monitor.Wait(_changed, (int)left))
                {
                    throw new TimeoutException(
                        $"Within {Guard.Ms} ms {name} had no line that fits: {awaited}\nIt has:\n{string.Join('\n', _lines)}");
                }
            }
        }
    }
}
