using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Who sits where. The number of a recipient's rooms decides its wire format (lines show the room when there are several) and whether the
/// order across rooms counts for it, so entering or leaving one room may move its seats in all.
/// </summary>
internal sealed class Subscriptions(PendingBatches batches, InternalErrors errors)
{
    /// <summary>Gives a recipient a seat: it hears what is published from now on.</summary>
    public void Subscribe(Recipient recipient, RoomSubscribers subscribers)
    {
        batches.CatchUp(recipient);
        var subscription = new Subscription(recipient, subscribers);
        recipient.Subscribe(subscription);
        Regroup(recipient, pending: subscription);
    }

    /// <summary>Takes a recipient's seat away: it has heard everything up to now.</summary>
    public void Unsubscribe(Recipient recipient, RoomSubscribers subscribers)
    {
        var subscription = Find(recipient, subscribers) ?? throw new InvalidOperationException("The recipient has no seat here.");
        batches.CatchUp(recipient);
        subscription.Group.Remove(subscription, recipient.IsShared);
        recipient.Rise(subscription);
        Regroup(recipient, pending: null);
    }

    /// <summary>A recipient reads other formats from now on.</summary>
    public void Resubscribe(Recipient recipient)
    {
        batches.CatchUp(recipient);
        Regroup(recipient, pending: null);
    }

    /// <summary>A recipient's seat in an audience; it has at most a few.</summary>
    public static Subscription? Find(Recipient recipient, RoomSubscribers subscribers)
    {
        foreach (var subscription in recipient.Subscriptions)
        {
            if (ReferenceEquals(subscription.Audience, subscribers))
            {
                return subscription;
            }
        }

        return null;
    }

    private void Regroup(Recipient recipient, Subscription? pending)
    {
        var format = FormatFor(recipient);
        var isShared = recipient.Subscriptions.Length > 1;
        if (ReferenceEquals(format, recipient.Format) && isShared == recipient.IsShared)
        {
            if (pending is not null)
            {
                Place(pending, format, isShared);
            }

            return;
        }

        foreach (var subscription in recipient.Subscriptions)
        {
            if (!ReferenceEquals(subscription, pending))
            {
                subscription.Group.Remove(subscription, recipient.IsShared);
            }
        }

        recipient.Format = format;
        recipient.IsShared = isShared;
        foreach (var subscription in recipient.Subscriptions)
        {
            Place(subscription, format, isShared);
        }
    }

    // A mistake in the choice costs the recipient the form of what it reads, and no more: it must have a place in every room that it is in.
    private IWireFormat FormatFor(Recipient recipient)
    {
        try
        {
            return recipient.Formats!.FormatFor(recipient.Subscriptions.Length);
        }
        catch (Exception error) when (errors.Catches(error))
        {
            errors.Note(error, $"choosing a wire format for {recipient.RemoteName}");
            return recipient.Format!;
        }
    }

    private void Place(Subscription subscription, IWireFormat format, bool isShared)
    {
        var group = subscription.Audience.GroupOf(format);
        if (isShared && group.SharedCount == 0)
        {
            // If its batch is open, that was when nobody in it minded the order across rooms.
            batches.Distribute(group);
        }

        group.Add(subscription, isShared);
    }
}
