namespace MuxChat.Server.Hosting;

/// <summary>A bounded queue between two threads: one puts items in, the other takes them out, and neither waits.</summary>
/// <remarks>
/// A thread that takes an item sees everything done to it before. Several serving threads count as one, because they share one lock.
/// </remarks>
/// <param name="capacity">The most items, which must be a power of two.</param>
internal sealed class SpscQueue<T>(int capacity)
{
    private readonly T[] _slots = new T[capacity];

    // The numbers of items ever put in and taken out. Only one side writes each.
    private long _put;
    private long _taken;

    /// <summary>Adds an item. Returns false when the queue is full.</summary>
    public bool TryPut(T item)
    {
        var put = _put;
        if (put - Volatile.Read(ref _taken) == _slots.Length)
        {
            return false;
        }

        _slots[put & (_slots.Length - 1)] = item;
        Volatile.Write(ref _put, put + 1);
        return true;
    }

    /// <summary>Takes the oldest item. Returns false when the queue is empty.</summary>
    public bool TryTake(out T item)
    {
        var taken = _taken;
        if (taken == Volatile.Read(ref _put))
        {
            item = default!;
            return false;
        }

        ref var slot = ref _slots[taken & (_slots.Length - 1)];
        item = slot;
        slot = default!;
        Volatile.Write(ref _taken, taken + 1);
        return true;
    }
}
