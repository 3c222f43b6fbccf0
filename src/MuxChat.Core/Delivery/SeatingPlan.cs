using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Who sits where. The number of a recipient's rooms decides its wire format (lines show the room when there are several) and whether the order across
/// rooms counts for it, so entering or leaving one room may move its seats in all.
/// </summary>
internal sealed class SeatingPlan(Batches batches, InternalErrors errors)
{
    /// <summary>Gives a recipient a seat: it hears what is published from now on.</summary>
    public void Admit(Recipient recipient, Audience audience)
    {
        batches.CatchUp(recipient);
        var seat = new Seat(recipient, audience);
        recipient.Sit(seat);
        Regroup(recipient, newcomer: seat);
    }

    /// <summary>Takes a recipient's seat away: it has heard everything up to now.</summary>
    public void Dismiss(Recipient recipient, Audience audience)
    {
        var seat = Find(recipient, audience) ?? throw new InvalidOperationException("The recipient has no seat here.");
        batches.CatchUp(recipient);
        seat.Group.Remove(seat, recipient.IsShared);
        recipient.Rise(seat);
        Regroup(recipient, newcomer: null);
    }

    /// <summary>A recipient reads other formats from now on.</summary>
    public void Reseat(Recipient recipient)
    {
        batches.CatchUp(recipient);
        Regroup(recipient, newcomer: null);
    }

    /// <summary>A recipient's seat in an audience; it has at most a few.</summary>
    public static Seat? Find(Recipient recipient, Audience audience)
    {
        foreach (var seat in recipient.Seats)
        {
            if (ReferenceEquals(seat.Audience, audience))
            {
                return seat;
            }
        }

        return null;
    }

    private void Regroup(Recipient recipient, Seat? newcomer)
    {
        var format = FormatFor(recipient);
        var isShared = recipient.Seats.Length > 1;
        if (ReferenceEquals(format, recipient.Format) && isShared == recipient.IsShared)
        {
            if (newcomer is not null)
            {
                Place(newcomer, format, isShared);
            }

            return;
        }

        foreach (var seat in recipient.Seats)
        {
            if (!ReferenceEquals(seat, newcomer))
            {
                seat.Group.Remove(seat, recipient.IsShared);
            }
        }

        recipient.Format = format;
        recipient.IsShared = isShared;
        foreach (var seat in recipient.Seats)
        {
            Place(seat, format, isShared);
        }
    }

    // A mistake in the choice costs the recipient the form of what it reads, and no more: it must have a place in every room that it is in.
    private IWireFormat FormatFor(Recipient recipient)
    {
        try
        {
            return recipient.Formats!.FormatFor(recipient.Seats.Length);
        }
        catch (Exception error) when (errors.Catches(error))
        {
            errors.Note(error, $"choosing a wire format for {recipient.RemoteName}");
            return recipient.Format!;
        }
    }

    private void Place(Seat seat, IWireFormat format, bool isShared)
    {
        var group = seat.Audience.GroupOf(format);
        if (isShared && group.SharedCount == 0)
        {
            // If its batch is open, that was when nobody in it minded the order across rooms.
            batches.Distribute(group);
        }

        group.Add(seat, isShared);
    }
}
