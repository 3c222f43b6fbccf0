namespace MuxChat.Core.Loop;

/// <summary>
/// The connections whose last write fell short, and how many bytes are queued for them together. It is told when that changes, so that
/// nobody who keeps up is ever looked at. Invariant: <see cref="Bytes"/> is the sum of the entries' bytes.
/// </summary>
internal sealed class Backlog
{
    private readonly List<Entry> _entries = [];

    /// <summary>
    /// Bytes queued for all of them. What several outboxes share counts once for each: <see cref="OutputCap"/> counts it once.
    /// </summary>
    public long Bytes { get; private set; }

    /// <summary>How many they are.</summary>
    public int Count => _entries.Count;

    /// <summary>A connection has so many bytes queued. Called after each attempt to write that leaves some.</summary>
    public void Set(Entry entry, long bytes)
    {
        if (entry.Place < 0)
        {
            entry.Place = _entries.Count;
            _entries.Add(entry);
        }

        Bytes += bytes - entry.Bytes;
        entry.Bytes = bytes;
    }

    /// <summary>A connection has nothing queued any more. Does nothing when it does not stand here.</summary>
    public void Remove(Entry entry)
    {
        if (entry.Place < 0)
        {
            return;
        }

        Bytes -= entry.Bytes;
        entry.Bytes = 0;
        var last = _entries[^1];
        _entries[entry.Place] = last;
        last.Place = entry.Place;
        entry.Place = -1;
        _entries.RemoveAt(_entries.Count - 1);
    }

    /// <summary>Those who stand here.</summary>
    public IEnumerable<Connection> Connections => _entries.Select(static entry => entry.Owner);

    /// <summary>One connection's part of the <see cref="Backlog"/>.</summary>
    internal sealed class Entry(Connection owner)
    {
        public Connection Owner { get; } = owner;

        /// <summary>Bytes counted; 0 while it does not stand in the backlog.</summary>
        public long Bytes { get; set; }

        /// <summary>Where it stands; -1 for nowhere.</summary>
        public int Place { get; set; } = -1;
    }
}
