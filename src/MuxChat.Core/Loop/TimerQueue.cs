namespace MuxChat.Core.Loop;

/// <summary>
/// Deadlines in order of time: a binary heap whose entries know their place, so that moving and cancelling cost no
/// search and leave nothing behind.
/// </summary>
/// <remarks>Invariant: no entry is due before its parent; each entry stands here at most once. No allocation but for growing.</remarks>
public sealed class TimerQueue
{
    private Entry[] _heap = new Entry[64];

    /// <summary>Entries scheduled.</summary>
    public int Count { get; private set; }

    /// <summary>When the first entry is due; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDueMs => Count == 0 ? long.MaxValue : _heap[0].DueMs;

    /// <summary>Schedules an entry, or moves it when it is scheduled already.</summary>
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

    /// <summary>Takes an entry out. Does nothing when it is not scheduled.</summary>
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

    /// <summary>Takes the first entry out if it is due. The caller may schedule it again.</summary>
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
    /// One deadline: of a connection, which is its own entry, or of the loop itself. It stands in a
    /// <see cref="TimerQueue"/> once or not at all.
    /// </summary>
    public class Entry
    {
        /// <summary>When it is due, in the clock's milliseconds.</summary>
        public long DueMs { get; internal set; }

        /// <summary>Whether it stands in a queue.</summary>
        public bool IsScheduled => HeapIndex >= 0;

        internal int HeapIndex { get; set; } = -1;
    }
}
