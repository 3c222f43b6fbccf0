namespace MuxChat.Core.Loop;

/// <summary>The connections whose last write fell short, and the bytes queued for them.</summary>
/// <remarks>
/// A connection reports each change, so the loop never looks at a client that keeps up. Invariant:
/// <see cref="Bytes"/> is the sum of the entries' bytes.
/// </remarks>
internal sealed class Backlog
{
    private readonly List<Entry> _entries = [];

    /// <summary>
    /// Bytes queued for all of them. Bytes that several outboxes share count once per outbox
    /// here; <see cref="Flusher"/> counts them once.
    /// </summary>
    public long Bytes { get; private set; }

    /// <summary>The number of connections in the backlog.</summary>
    public int Count => _entries.Count;

    /// <summary>Records the bytes queued for a connection. Called after each write that leaves some.</summary>
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

    /// <summary>Removes a connection that has nothing queued. Does nothing when the connection is not in the backlog.</summary>
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

    /// <summary>The connections in the backlog, in no particular order.</summary>
    public IEnumerable<Connection> Connections => _entries.Select(static entry => entry.Owner);

    /// <summary>One connection's part of the <see cref="Backlog"/>.</summary>
    internal sealed class Entry(Connection owner)
    {
        public Connection Owner { get; } = owner;

        /// <summary>Bytes counted; 0 while the connection is not in the backlog.</summary>
        public long Bytes { get; set; }

        /// <summary>Index in the backlog; -1 while the connection is not in it.</summary>
        public int Place { get; set; } = -1;
    }
}
