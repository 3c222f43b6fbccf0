using System.Runtime.InteropServices;
using MuxChat.Core.Buffers;

namespace MuxChat.Core.Delivery;

/// <summary>Counts the bytes queued for several clients, shared bytes once, and chooses clients to close when there are too many.</summary>
/// <typeparam name="TOwner">The owner of a queue.</typeparam>
/// <remarks>
/// A room's event lies in one segment, however many clients have it queued. Each segment counts from its first to its last
/// queued byte, but not more than the sum of all slices in it. The total may therefore exceed the true number and is never
/// below it. Owner: the loop, or the callers of the server's lock.
/// </remarks>
public sealed class QueuedBytes<TOwner>
{
    private readonly Dictionary<Segment, Held> _held = [];
    private readonly List<Queue> _queues = [];
    private readonly List<Slice> _slices = [];

    /// <summary>The bytes counted.</summary>
    public long Total { get; private set; }

    /// <summary>Forgets all queues.</summary>
    public void Clear()
    {
        _held.Clear();
        _queues.Clear();
        _slices.Clear();
        Total = 0;
    }

    /// <summary>Adds the queue of one client.</summary>
    /// <param name="owner">The client.</param>
    /// <param name="copy">Appends the client's slices to the list.</param>
    public void Add(TOwner owner, Action<TOwner, List<Slice>> copy)
    {
        var first = _slices.Count;
        copy(owner, _slices);
        _queues.Add(new Queue(owner, first, _slices.Count));
        for (var i = first; i < _slices.Count; i++)
        {
            var slice = _slices[i];
            ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, slice.Segment, out var isKnown);
            Total -= held.Once;
            held.Start = isKnown ? Math.Min(held.Start, slice.Start) : slice.Start;
            held.End = Math.Max(held.End, slice.Start + slice.Length);
            held.Sum += slice.Length;
            Total += held.Once;
        }
    }

    /// <summary>
    /// Chooses the clients to close so that at most <paramref name="limitBytes"/> remain: the largest share first. The bytes of a segment
    /// are shared out in proportion to the length that each client has queued in it.
    /// </summary>
    public List<TOwner> TakeUntil(long limitBytes)
    {
        var chosen = new List<TOwner>();
        if (Total <= limitBytes)
        {
            return chosen;
        }

        foreach (var queue in _queues.Select(queue => (Queue: queue, Part: PartOf(queue))).OrderByDescending(static one => one.Part)
            .Select(static one => one.Queue))
        {
            if (Total <= limitBytes)
            {
                break;
            }

            Remove(queue);
            chosen.Add(queue.Owner);
        }

        return chosen;
    }

    private double PartOf(Queue queue)
    {
        var part = 0.0;
        for (var i = queue.First; i < queue.End; i++)
        {
            var held = _held[_slices[i].Segment];
            part += (double)_slices[i].Length * held.Once / held.Sum;
        }

        return part;
    }

    private void Remove(Queue queue)
    {
        for (var i = queue.First; i < queue.End; i++)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrNullRef(_held, _slices[i].Segment);
            Total -= held.Once;
            held.Sum -= _slices[i].Length;
            Total += held.Once;
        }
    }

    private readonly record struct Queue(TOwner Owner, int First, int End);

    private struct Held
    {
        public int Start;
        public int End;
        public long Sum;

        public readonly long Once => Math.Min(End - Start, Sum);
    }
}
