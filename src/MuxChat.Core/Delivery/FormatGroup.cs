using MuxChat.Core.Buffers;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The members of one room that read the same wire format, and what was published to them since it was last distributed. A tick's lines are
/// put into each member's outbox together, as one slice, so that a member costs the same for one line as for sixty.
/// </summary>
/// <remarks>
/// Invariant: the batch holds the bytes from <see cref="Start"/> to <see cref="End"/> of the group's stream, with one reference for each of
/// its slices; a seat has been served up to its <see cref="Subscription.Heard"/>, or up to <see cref="Start"/> if that is further.
/// </remarks>
internal sealed class FormatGroup(IWireFormat format, RoomSubscribers subscribers)
{
    private readonly List<Slice> _batch = new(4);
    private Subscription[] _seats = [];

    public IWireFormat Format { get; } = format;

    public RoomSubscribers Subscribers { get; } = subscribers;

    public int Count { get; private set; }

    /// <summary>Seats whose recipients sit in other rooms as well: for them the order across rooms counts.</summary>
    public int SharedCount { get; private set; }

    public long Start { get; private set; }

    public long End { get; private set; }

    public bool IsOpen => End > Start;

    public ReadOnlySpan<Subscription> Seats => _seats.AsSpan(0, Count);

    public void Add(Subscription subscription, bool isShared)
    {
        if (Count == _seats.Length)
        {
            Array.Resize(ref _seats, Math.Max(4, Count * 2));
        }

        subscription.Group = this;
        subscription.Index = Count;
        subscription.Heard = End;
        _seats[Count++] = subscription;
        SharedCount += isShared ? 1 : 0;
    }

    public void Remove(Subscription subscription, bool wasShared)
    {
        var last = _seats[--Count];
        _seats[subscription.Index] = last;
        last.Index = subscription.Index;
        _seats[Count] = null!;
        SharedCount -= wasShared ? 1 : 0;
    }

    /// <summary>Adds an encoded event to the batch.</summary>
    public void Append(in Slice slice)
    {
        End += slice.Length;
        if (_batch.Count > 0 && _batch[^1].IsContinuedBy(slice))
        {
            var last = _batch[^1];
            _batch[^1] = new Slice(last.Segment, last.Start, last.Length + slice.Length);
            return;
        }

        slice.Segment.Retain();
        _batch.Add(slice);
    }

    /// <summary>Gives a seat what it has not heard yet. Returns whether that was anything.</summary>
    public bool CatchUp(Subscription subscription)
    {
        var from = Math.Max(subscription.Heard, Start);
        subscription.Heard = End;
        if (from == End)
        {
            return false;
        }

        var at = Start;
        foreach (var slice in _batch)
        {
            var skip = (int)Math.Clamp(from - at, 0, slice.Length);
            at += slice.Length;
            if (skip < slice.Length)
            {
                subscription.Recipient.Outbox.Append(new Slice(slice.Segment, slice.Start + skip, slice.Length - skip));
            }
        }

        return true;
    }

    /// <summary>Drops the batch, once every seat has heard it.</summary>
    public void Close()
    {
        foreach (var slice in _batch)
        {
            slice.Segment.Release();
        }

        _batch.Clear();
        Start = End;
    }
}
