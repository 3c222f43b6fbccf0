using MuxChat.Core.Buffers;

namespace MuxChat.Core.Delivery;

/// <summary>The open batches, and the recipients with unwritten output: everything between publishing and writing.</summary>
/// <remarks>
/// Invariant: a group is listed exactly while its batch is open. At most one room has open groups with members that are in other rooms too.
/// Such a member therefore receives the events of its rooms in the order in which they were published.
/// </remarks>
internal sealed class PendingBatches
{
    private readonly List<RoomSubscribers.Group> _open = [];
    private readonly Queue<Recipient> _dirty = new();
    private RoomSubscribers? _openShared;

    public bool IsEmpty => _open.Count == 0 && _dirty.Count == 0;

    /// <summary>
    /// Prepares a group for one more event. If it has members in several rooms, distributes
    /// another room's open batches with such members first.
    /// </summary>
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

    /// <summary>Copies every open batch to its members' outboxes.</summary>
    public void DistributeAll()
    {
        foreach (var group in _open)
        {
            DistributeOne(group);
        }

        _open.Clear();
        _openShared = null;
    }

    /// <summary>Copies one batch to its members' outboxes, if it is open.</summary>
    public void Distribute(RoomSubscribers.Group group)
    {
        if (group.IsOpen)
        {
            DistributeOne(group);
            _open.Remove(group);
        }
    }

    /// <summary>Copies to one recipient all that its rooms have published so far.</summary>
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

    /// <summary>Copies to one subscription all that its room has published so far.</summary>
    public void CatchUp(Recipient.Subscription subscription)
    {
        if (subscription.Group.IsOpen && !subscription.Recipient.IsClosed && subscription.Group.CatchUp(subscription))
        {
            MarkDirty(subscription.Recipient);
        }
    }

    /// <summary>Queues a recipient for writing, unless it is queued already.</summary>
    public void MarkDirty(Recipient recipient)
    {
        if (!recipient.IsDirty)
        {
            recipient.IsDirty = true;
            _dirty.Enqueue(recipient);
        }
    }

    /// <summary>Takes one recipient with unwritten output. False when none is left.</summary>
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
