using MuxChat.Core.Buffers;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The batches that are open, and the recipients that have got something: what comes between publishing and writing.
/// </summary>
/// <remarks>
/// Invariant: a group is here exactly while it is open; at most one room has open groups with members that are elsewhere too, so
/// that such a member never hears two rooms in another order than they spoke.
/// </remarks>
internal sealed class PendingBatches
{
    private readonly List<RoomSubscribers.Group> _open = [];
    private readonly Queue<Recipient> _dirty = new();
    private RoomSubscribers? _openShared;

    public bool IsEmpty => _open.Count == 0 && _dirty.Count == 0;

    /// <summary>Gets a group ready for one more event: if order across rooms counts in it, the others are served first.</summary>
    public void Prepare(RoomSubscribers.Group group)
    {
        if (group.SharedCount > 0 && !ReferenceEquals(_openShared, group.Room))
        {
            DistributeShared();
            _openShared = group.Room;
        }
    }

    /// <summary>Adds an encoded event to a group's batch.</summary>
    public void Append(RoomSubscribers.Group group, in Slice slice)
    {
        if (slice.Length > 0)
        {
            if (!group.IsOpen)
            {
                _open.Add(group);
            }

            group.Append(slice);
        }
    }

    /// <summary>Puts every open batch into its members' outboxes.</summary>
    public void DistributeAll()
    {
        foreach (var group in _open)
        {
            DistributeOne(group);
        }

        _open.Clear();
        _openShared = null;
    }

    /// <summary>Puts one batch into its members' outboxes, if it is open.</summary>
    public void Distribute(RoomSubscribers.Group group)
    {
        if (group.IsOpen)
        {
            DistributeOne(group);
            _open.Remove(group);
        }
    }

    /// <summary>Serves one recipient up to this moment, in all its rooms.</summary>
    public void CatchUp(Recipient recipient)
    {
        if (_open.Count == 0 || recipient.IsClosed)
        {
            return;
        }

        foreach (var subscription in recipient.Subscriptions)
        {
            CatchUp(subscription);
        }
    }

    /// <summary>Serves one subscription up to this moment.</summary>
    public void CatchUp(Recipient.Subscription subscription)
    {
        if (subscription.Group.IsOpen && !subscription.Recipient.IsClosed && subscription.Group.CatchUp(subscription))
        {
            MarkDirty(subscription.Recipient);
        }
    }

    /// <summary>Says that a recipient has something to be written.</summary>
    public void MarkDirty(Recipient recipient)
    {
        if (!recipient.IsDirty)
        {
            recipient.IsDirty = true;
            _dirty.Enqueue(recipient);
        }
    }

    /// <summary>Takes one recipient that has something to be written.</summary>
    public bool TryTakeDirty(out Recipient recipient)
    {
        if (!_dirty.TryDequeue(out recipient!))
        {
            return false;
        }

        recipient.IsDirty = false;
        return true;
    }

    private void DistributeShared()
    {
        if (_openShared is null)
        {
            return;
        }

        foreach (var group in _openShared.Groups)
        {
            if (group.SharedCount > 0)
            {
                Distribute(group);
            }
        }

        _openShared = null;
    }

    private void DistributeOne(RoomSubscribers.Group group)
    {
        foreach (var subscription in group.Subscriptions)
        {
            CatchUp(subscription);
        }

        group.Close();
    }
}
