namespace MuxChat.Server.Hosting;

/// <summary>
/// A queue of bounded length between two threads, of which one puts in and the other takes out; neither waits. Whoever takes something sees
/// all that was done to it before. (Where many threads serve, one lock makes them one.)
/// </summary>
/// <param name="capacity">How many fit: a power of two.</param>
internal sealed class SpscQueue<T>(int capacity)
{
    private readonly T[] _slots = new T[capacity];

    // How many were ever put in, and taken out: each is written by one side only.
    private long _put;
    private long _taken;

    /// <summary>Puts something in. False when it is full.</summary>
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

    /// <summary>Takes the oldest out. False when it is empty.</summary>
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
