namespace MuxChat.Storage.Files;

/// <summary>A queue between two threads: one puts items in, the other takes them out, and neither waits or takes a lock.</summary>
/// <remarks>
/// <para>A thread that takes an item sees everything that the other thread did to it before.</para>
/// <para>The queue has no capacity. Its owner limits the items: see <see cref="FileStore"/>.</para>
/// </remarks>
internal sealed class HandoverQueue<T>
    where T : class
{
    // The last node that was put in belongs to one side, the last that was taken out to the other.
    private Node _last;
    private Node _taken;
    private long _put;
    private long _takenCount;

    public HandoverQueue() => _last = _taken = new Node(null);

    /// <summary>The number of items to take out. The side that puts items in may see a number that is too large.</summary>
    public long Count => Volatile.Read(ref _put) - Volatile.Read(ref _takenCount);

    /// <summary>Adds an item.</summary>
    public void Put(T item)
    {
        var node = new Node(item);
        Volatile.Write(ref _last.Next, node);
        _last = node;
        Volatile.Write(ref _put, _put + 1);
    }

    /// <summary>Takes the oldest item. Returns false when the queue is empty.</summary>
    public bool TryTake(out T item)
    {
        var next = Volatile.Read(ref _taken.Next);
        if (next is null)
        {
            item = null!;
            return false;
        }

        item = next.Item!;
        next.Item = null;
        _taken = next;
        Volatile.Write(ref _takenCount, _takenCount + 1);
        return true;
    }

    private sealed class Node(T? item)
    {
        public T? Item = item;
        public Node? Next;
    }
}
