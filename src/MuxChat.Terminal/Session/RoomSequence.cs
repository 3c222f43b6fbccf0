namespace MuxChat.Terminal.Session;

/// <summary>Gives a room's events once and in the order of their numbers.</summary>
/// <remarks>
/// The number of an own text comes with the server's acknowledgement, perhaps after later events: those wait until every number before
/// theirs is known.
/// </remarks>
internal sealed class RoomSequence
{
    /// <summary>Events that wait for a number before theirs: 1,000. One more, and the client no longer waits and marks a gap.</summary>
    public const int MaxWaiting = 1000;

    /// <summary>Events that are remembered by epoch and number, so that none is shown twice: 4,000. The oldest is forgotten.</summary>
    public const int MaxKnown = 4000;

    private readonly SortedDictionary<long, RoomEvent> _waiting = [];
    private readonly HashSet<(long Epoch, long Seq)> _known = [];
    private readonly Queue<(long Epoch, long Seq)> _oldest = [];

    /// <summary>The epoch of <see cref="Last"/>; 0 before the room was entered once.</summary>
    public long Epoch { get; private set; }

    /// <summary>The event by which the client entered first; 0 and 0 before that.</summary>
    public (long Epoch, long Seq) First { get; private set; }

    /// <summary>Every event up to this number was given, or cannot be had.</summary>
    public long Last { get; private set; }

    /// <summary>Continues after a number of an epoch. Events that waited are dropped: they come again with what was missed.</summary>
    public void Begin(long epoch, long last)
    {
        First = Epoch == 0 ? (epoch, last + 1) : First;
        (Epoch, Last) = (epoch, last);
        _waiting.Clear();
    }

    /// <summary>Whether this event was given.</summary>
    public bool Knows(RoomEvent happened) => _known.Contains((happened.Epoch, happened.Seq));

    /// <summary>Takes an event of the past, which comes in order. False if it was given before.</summary>
    public bool TakePast(RoomEvent past)
    {
        if (!Remember(past))
        {
            return false;
        }

        Begin(past.Epoch, past.Seq);
        return true;
    }

    /// <summary>Takes an event that happened now; returns the events that may be shown, in order.</summary>
    public IReadOnlyList<RoomEvent> Take(RoomEvent happened)
    {
        if (happened.Seq <= Last || !_waiting.TryAdd(happened.Seq, happened))
        {
            return [];
        }

        var ready = new List<RoomEvent>();
        if (_waiting.Count > MaxWaiting)
        {
            ready.Add(happened with { Type = RoomEvent.Gap, Text = "the server left numbers out" });
            Last = _waiting.Keys.First() - 1;
        }

        while (_waiting.Remove(Last + 1, out var next))
        {
            Last++;
            if (Remember(next))
            {
                ready.Add(next);
            }
        }

        return ready;
    }

    private bool Remember(RoomEvent given)
    {
        var key = (given.Epoch, given.Seq);
        if (!_known.Add(key))
        {
            return false;
        }

        _oldest.Enqueue(key);
        if (_oldest.Count > MaxKnown)
        {
            _known.Remove(_oldest.Dequeue());
        }

        return true;
    }
}
