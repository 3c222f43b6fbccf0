namespace MuxChat.Core.Loop;

/// <summary>
/// Deadlines in order of time: a binary heap. Each entry knows its index, so that moving or
/// cancelling needs no search and leaves no dead entry.
/// </summary>
/// <remarks>
/// Invariant: no entry is due before its parent, and each entry is in the queue at most once. The queue allocates only to grow.
/// </remarks>
public sealed class TimerQueue
{
    private Entry[] _heap = new Entry[64];

    /// <summary>The number of entries scheduled.</summary>
    public int Count { get; private set; }

    /// <summary>When the first entry is due, in the clock's milliseconds; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDueMs => Count == 0 ? long.MaxValue : _heap[0].DueMs;

    /// <summary>Schedules an entry, or moves it if it is already scheduled.</summary>
    public void Schedule(Entry entry, long dueMs)
    {
        var wasDueMs = entry.DueMs;
        entry.DueMs = dueMs;
        if (!entry.IsScheduled)
        {
            if (Count == _heap.Length)
            {
                Array.Resize(ref _heap, Count * 2);
            }

            Put(entry, Count++);
            Up(entry.HeapIndex);
        }
        else if (dueMs < wasDueMs)
        {
            Up(entry.HeapIndex);
        }
        else
        {
            Down(entry.HeapIndex);
        }
    }

    /// <summary>Removes an entry. Does nothing when it is not scheduled.</summary>
    public void Cancel(Entry entry)
    {
        var hole = entry.HeapIndex;
        if (hole < 0)
        {
            return;
        }

        entry.HeapIndex = -1;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (!ReferenceEquals(last, entry))
        {
            Put(last, hole);
            Up(hole);
            Down(last.HeapIndex);
        }
    }

    /// <summary>Removes the first entry if it is due. The caller may schedule it again.</summary>
    public bool TryTakeDue(long nowMs, out Entry entry)
    {
        if (NextDueMs > nowMs)
        {
            entry = null!;
            return false;
        }

        entry = _heap[0];
        Cancel(entry);
        return true;
    }

    private void Up(int index)
    {
        var entry = _heap[index];
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (_heap[parent].DueMs <= entry.DueMs)
            {
                break;
            }

            Put(_heap[parent], index);
            index = parent;
        }

        Put(entry, index);
    }

    private void Down(int index)
    {
        var entry = _heap[index];
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && _heap[child + 1].DueMs < _heap[child].DueMs)
            {
                child++;
            }

            if (_heap[child].DueMs >= entry.DueMs)
            {
                break;
            }

            Put(_heap[child], index);
            index = child;
        }

        Put(entry, index);
    }

    private void Put(Entry entry, int index)
    {
        _heap[index] = entry;
        entry.HeapIndex = index;
    }

    /// <summary>
    /// One deadline: a connection is its own entry, and the loop has one for itself. An entry is in at
    /// most one <see cref="TimerQueue"/>, and at most once.
    /// </summary>
    public class Entry
    {
        /// <summary>When it is due, in the clock's milliseconds.</summary>
        public long DueMs { get; internal set; }

        /// <summary>Whether the entry is in a queue.</summary>
        public bool IsScheduled => HeapIndex >= 0;

        internal int HeapIndex { get; set; } = -1;
    }
}
