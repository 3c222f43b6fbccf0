using System.Runtime.InteropServices;
using MuxChat.Core.Buffers;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Counts what is queued for several clients, bytes that they share once: a room's event lies in one segment, however many have not read
/// it. Tells whom to close so that it becomes less.
/// </summary>
/// <typeparam name="TOwner">Whose queue it is.</typeparam>
/// <remarks>
/// Used by the loop, or under its server's lock. For each segment it counts from the first to the last byte that is queued for anybody, and
/// no more than all hold of it together; so it may count some more than is queued, and never less.
/// </remarks>
public sealed class QueuedBytes<TOwner>
{
    private readonly Dictionary<Segment, Held> _held = [];
    private readonly List<Queue> _queues = [];
    private readonly List<Slice> _slices = [];

    /// <summary>Bytes counted.</summary>
    public long Total { get; private set; }

    /// <summary>Forgets all it has counted.</summary>
    public void Clear()
    {
        _held.Clear();
        _queues.Clear();
        _slices.Clear();
        Total = 0;
    }

    /// <summary>Counts what is queued for one client.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="copy">Copies its slices to the end of the list.</param>
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
    /// Who is to be closed so that no more than so many bytes are left: first who holds the most that others do not hold too.
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
