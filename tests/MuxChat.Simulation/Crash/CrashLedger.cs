namespace MuxChat.Simulation.Crash;

/// <summary>
/// The program's own list of what it was told: which lines were acknowledged, and which line each event was. Kept apart from the server and
/// never read from its files. Clients write to it from their threads.
/// </summary>
internal sealed class CrashLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<EventName, string> _seen = [];
    private readonly Dictionary<string, EventName> _acknowledged = [];
    private readonly List<string> _faults = [];

    public int Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Count;
            }
        }
    }

    public int Seen
    {
        get
        {
            lock (_gate)
            {
                return _seen.Count;
            }
        }
    }

    /// <summary>What was wrong, in words; at most a hundred are kept.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Somebody was shown an event: live, in a history, or in a dump.</summary>
    public void Saw(EventName name, string text)
    {
        lock (_gate)
        {
            if (!_seen.TryAdd(name, text) && _seen[name] != text)
            {
                Add($"renumbered: {name} was \"{_seen[name]}\" and is \"{text}\"");
            }
        }
    }

    /// <summary>A line was acknowledged under this name.</summary>
    public void WasAcknowledged(EventName name, string text)
    {
        lock (_gate)
        {
            if (!_acknowledged.TryAdd(text, name))
            {
                Add($"acknowledged twice: \"{text}\" as {_acknowledged[text]} and as {name}");
            }

            Monitor.PulseAll(_gate);
        }

        Saw(name, text);
    }

    /// <summary>Waits until so many more lines are acknowledged.</summary>
    public void WaitForAcknowledged(int more, TimeSpan patience)
    {
        lock (_gate)
        {
            var enough = _acknowledged.Count + more;
            while (_acknowledged.Count < enough)
            {
                if (!Monitor.Wait(_gate, patience))
                {
                    Add($"nothing was acknowledged for {patience.TotalSeconds} s");
                    return;
                }
            }
        }
    }

    /// <summary>Compares with all that the journal holds: the lines in it, in its order.</summary>
    public void Compare(IEnumerable<(EventName Name, string Text)> held)
    {
        var places = new Dictionary<string, EventName>();
        var names = new HashSet<EventName>();
        foreach (var (name, text) in held)
        {
            Saw(name, text);
            lock (_gate)
            {
                if (!names.Add(name))
                {
                    Add($"one number twice in the journal: {name}");
                }

                if (!places.TryAdd(text, name))
                {
                    Add($"one line twice in the journal: \"{text}\" as {places[text]} and as {name}");
                }
            }
        }

        lock (_gate)
        {
            foreach (var (text, name) in _acknowledged)
            {
                if (!places.TryGetValue(text, out var held2))
                {
                    Add($"lost: \"{text}\" was acknowledged as {name}");
                }
                else if (held2 != name)
                {
                    Add($"renumbered: \"{text}\" was acknowledged as {name} and is held as {held2}");
                }
            }
        }
    }

    public void Fault(string words)
    {
        lock (_gate)
        {
            Add(words);
        }
    }

    private void Add(string words)
    {
        if (_faults.Count < 100)
        {
            _faults.Add(words);
        }
    }
}
