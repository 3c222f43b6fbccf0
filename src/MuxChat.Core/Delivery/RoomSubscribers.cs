using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>The members of one room, grouped by wire format. Owner: the room.</summary>
internal sealed class RoomSubscribers(Broadcaster broadcaster) : IRoomSubscribers
{
    private readonly List<Group> _groups = new(2);

    public List<Group> Groups => _groups;

    public void Add(IRecipient recipient) => ((Recipient)recipient).Subscribe(this);

    public void Remove(IRecipient recipient) => ((Recipient)recipient).Unsubscribe(this);

    public int Publish(in ChatEvent chatEvent, IRecipient? actor) => broadcaster.Publish(this, chatEvent, (Recipient?)actor);

    /// <summary>Returns the group of a wire format, and adds it if needed. A room has only a few.</summary>
    public Group GroupOf(IWireFormat format)
    {
        foreach (var group in _groups)
        {
            if (ReferenceEquals(group.Format, format))
            {
                return group;
            }
        }

        var made = new Group(format, this);
        _groups.Add(made);
        return made;
    }

    /// <summary>
    /// The members of a room that read the same wire format, and the batch of events published to them since the last distribution.
    /// </summary>
    /// <remarks>
    /// All lines of a tick go to a member's outbox as one slice, so sixty lines cost as much as one. Invariant: the batch holds the bytes
    /// from <see cref="Start"/> to <see cref="End"/> of the group's stream, with one reference for each of its slices. A subscription has
    /// been served up to its <see cref="Recipient.Subscription.Heard"/>, or up to <see cref="Start"/> if that is further.
    /// </remarks>
    internal sealed class Group(IWireFormat format, RoomSubscribers room)
    {
        private readonly List<Slice> _batch = new(4);
        private Recipient.Subscription[] _subscriptions = [];

        public IWireFormat Format { get; } = format;

        public RoomSubscribers Room { get; } = room;

        public int Count { get; private set; }

        /// <summary>Subscriptions whose recipients are in other rooms too, so that the order across rooms matters to them.</summary>
        public int SharedCount { get; private set; }

        public long Start { get; private set; }

        public long End { get; private set; }

        public bool IsOpen => End > Start;

        public ReadOnlySpan<Recipient.Subscription> Subscriptions => _subscriptions.AsSpan(0, Count);

        public void Add(Recipient.Subscription subscription, bool isShared)
        {
            if (Count == _subscriptions.Length)
            {
                Array.Resize(ref _subscriptions, Math.Max(4, Count * 2));
            }

            subscription.Group = this;
            subscription.Index = Count;
            subscription.Heard = End;
            _subscriptions[Count++] = subscription;
            SharedCount += isShared ? 1 : 0;
        }

        public void Remove(Recipient.Subscription subscription, bool wasShared)
        {
            var last = _subscriptions[--Count];
            _subscriptions[subscription.Index] = last;
            last.Index = subscription.Index;
            _subscriptions[Count] = null!;
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

        /// <summary>Copies to a subscription the part of the batch that it lacks. False if it lacked nothing.</summary>
        public bool CatchUp(Recipient.Subscription subscription)
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

        /// <summary>Drops the batch, after every subscription has received it.</summary>
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
}
