using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Brings events to outboxes. A room's event is encoded once per wire format and kept in the group's batch; <see cref="Distribute"/> puts
/// the batches into the outboxes, once a tick. What goes to one client alone is put behind all that its rooms have published before.
/// </summary>
/// <remarks>
/// Order: a client hears each room in the room's order, its own answers behind what happened before them, and, when it is in several rooms,
/// those too in the order things happened: at most one room with such members has an open batch at a time. Owned by one thread, or used
/// under one lock. No allocation per event in steady state.
/// </remarks>
public sealed class Broadcaster : IDelivery
{
    private readonly SegmentWriter _roomWriter;
    private readonly SegmentWriter _directWriter;
    private long _announcement;

    /// <summary>Creates a broadcaster that takes its memory from <paramref name="pool"/>.</summary>
    public Broadcaster(SegmentPool pool)
    {
        Pool = pool;
        _roomWriter = new SegmentWriter(pool);
        _directWriter = new SegmentWriter(pool);
    }

    /// <summary>Where the segments come from.</summary>
    public SegmentPool Pool { get; }

    /// <summary>Mistakes of the program that one client or one wire format pays for.</summary>
    public InternalErrors Errors { get; } = new();

    /// <summary>The batches that are open, and the recipients that have got something.</summary>
    internal PendingBatches Pending { get; } = new();

    /// <summary>Bytes encoded since the dirty recipients were last taken: when they grow large, it is time to write.</summary>
    public long UnflushedBytes { get; private set; }

    /// <summary>Bytes encoded so far.</summary>
    public long EncodedBytes { get; private set; }

    /// <summary>Whether there is anything to distribute or to write.</summary>
    public bool HasWork => !Pending.IsEmpty;

    /// <inheritdoc/>
    public IRoomSubscribers CreateSubscribers() => new RoomSubscribers(this);

    /// <inheritdoc/>
    public void BeginAnnouncement() => _announcement++;

    /// <summary>How the hosts of clients are shown to others.</summary>
    public HostNames Hosts { get; set; } = new([]);

    /// <summary>Puts every open batch into its members' outboxes.</summary>
    public void Distribute() => Pending.DistributeAll();

    /// <summary>Takes one recipient that has got something since it was last taken. False when there is none left.</summary>
    public bool TryTakeDirty(out Recipient recipient)
    {
        if (Pending.TryTakeDirty(out recipient))
        {
            return true;
        }

        UnflushedBytes = 0;
        return false;
    }

    internal void Send(Recipient to, in ChatEvent chatEvent)
    {
        if (to.IsClosed || to.Format is not { } format || !IsShown(to, format, chatEvent.Kind))
        {
            return;
        }

        SendShown(to, format, chatEvent);
    }

    private void SendShown(Recipient to, IWireFormat format, in ChatEvent chatEvent)
    {
        if (to.Redirection is { } way && chatEvent.Kind is not (EventKind.Message or EventKind.Tagged))
        {
            SendRedirected(way, chatEvent);
            return;
        }

        Pending.CatchUp(to);
        AppendDirect(to, Encode(format, chatEvent, _directWriter));
    }

    internal void MarkDirty(Recipient recipient) => Pending.MarkDirty(recipient);

    internal void SendMessage(Recipient to, ReadOnlySpan<byte> content)
    {
        if (to.IsClosed)
        {
            return;
        }

        Pending.CatchUp(to);
        var framing = to.Protocol!.Framing;
        _directWriter.Begin();
        framing.Begin(_directWriter);
        _directWriter.Put(content);
        framing.End(_directWriter);
        AppendDirect(to, Commit(_directWriter));
    }

    internal void SendAsIs(Recipient to, ReadOnlySpan<byte> bytes)
    {
        if (to.IsClosed)
        {
            return;
        }

        Pending.CatchUp(to);
        _directWriter.Begin();
        _directWriter.Put(bytes);
        AppendDirect(to, Commit(_directWriter));
    }

    internal int Publish(RoomSubscribers subscribers, in ChatEvent chatEvent, Recipient? actor)
    {
        var reached = 0;
        foreach (var group in subscribers.Groups)
        {
            if (group.Count > 0)
            {
                reached += PublishTo(group, chatEvent, actor);
            }
        }

        return reached;
    }

    // A wire format that cannot even say who is shown the event costs its readers this event. They are told, once for an announcement.
    private int PublishTo(RoomSubscribers.Group group, in ChatEvent chatEvent, Recipient? actor)
    {
        bool isOncePerPerson, isShown;
        try
        {
            isOncePerPerson = group.Format.IsOncePerPerson(chatEvent.Kind);
            isShown = group.Format.ShowsToActor(chatEvent.Kind);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            foreach (var subscription in group.Subscriptions)
            {
                subscription.Recipient.Announcement = _announcement;
            }

            var number = Errors.Note(error, $"choosing the recipients of {chatEvent.Kind}");
            return PublishToAll(group, InternalErrors.NoticeOf(number), actor, isShown: true);
        }

        return isOncePerPerson ? Announce(group, chatEvent, actor, isShown) : PublishToAll(group, chatEvent, actor, isShown);
    }

    private int PublishToAll(RoomSubscribers.Group group, in ChatEvent chatEvent, Recipient? actor, bool isShown)
    {
        Pending.Prepare(group);
        var way = actor?.Redirection;
        var leftOut = actor is not null && (!isShown || way is not null) ? actor.Find(group.Room) : null;
        leftOut = leftOut is not null && ReferenceEquals(leftOut.Group, group) ? leftOut : null;
        if (leftOut is not null)
        {
            Pending.CatchUp(leftOut);
        }

        var slice = Encode(group.Format, chatEvent, _roomWriter);
        Pending.Append(group, slice);
        if (leftOut is null)
        {
            return group.Count;
        }

        leftOut.Heard = group.End;
        if (!isShown)
        {
            return group.Count - 1;
        }

        SendRedirected(way!, chatEvent);
        return group.Count;
    }

    // To each member at once, once for all the rooms of the announcement. Encoded only where somebody has not heard it yet: what nobody is
    // sent would lie between two announcements and keep them from being merged in the outboxes.
    private int Announce(RoomSubscribers.Group group, in ChatEvent chatEvent, Recipient? actor, bool isShown)
    {
        Slice? encoded = null;
        var reached = 0;
        foreach (var subscription in group.Subscriptions)
        {
            var recipient = subscription.Recipient;
            if (recipient.Announcement == _announcement || (ReferenceEquals(recipient, actor) && !isShown)
                || !IsShown(recipient, group.Format, chatEvent.Kind))
            {
                continue;
            }

            recipient.Announcement = _announcement;
            reached++;
            if (ReferenceEquals(recipient, actor) && actor.Redirection is { } way)
            {
                SendRedirected(way, chatEvent);
                continue;
            }

            Pending.CatchUp(recipient);
            Append(recipient, encoded ??= Encode(group.Format, chatEvent, _roomWriter));
        }

        return reached;
    }

    // What a wire format cannot encode costs those who read it this event, and they are told; who reads another has it.
    private Slice Encode(IWireFormat format, in ChatEvent chatEvent, SegmentWriter writer)
    {
        writer.Begin();
        try
        {
            format.Encode(chatEvent, writer);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            writer.Discard();
            EncodeInstead(format, Errors.Note(error, $"encoding {chatEvent.Kind}"), writer);
        }

        return Commit(writer);
    }

    private void EncodeInstead(IWireFormat format, long number, SegmentWriter writer)
    {
        try
        {
            format.Encode(InternalErrors.NoticeOf(number), writer);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            writer.Discard();
            Errors.Note(error, "encoding the notice that an event cannot be shown");
        }
    }

    // Whether a client wishes to hear of such things. A mistake there costs it what it would have heard, once, and it is told.
    private bool IsShown(Recipient recipient, IWireFormat format, EventKind kind)
    {
        try
        {
            return recipient.Formats!.Shows(kind);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            recipient.Announcement = _announcement;
            var notice = InternalErrors.NoticeOf(Errors.Note(error, $"checking whether {kind} is shown to {recipient.RemoteName}"));
            SendShown(recipient, format, notice);
            return false;
        }
    }

    // The rest of the room must hear of it whatever becomes of one member's redirection.
    private void SendRedirected(IRecipient way, in ChatEvent chatEvent)
    {
        try
        {
            way.Receive(chatEvent);
        }
        catch (Exception error) when (Errors.Catches(error))
        {
            var number = Errors.Note(error, $"answering with {chatEvent.Kind}");
            Errors.Try(static told => told.Way.Receive(InternalErrors.NoticeOf(told.Number)), (Way: way, Number: number),
                "answering with the notice that an event cannot be shown");
        }
    }

    private Slice Commit(SegmentWriter writer)
    {
        var slice = writer.Commit();
        UnflushedBytes += slice.Length;
        EncodedBytes += slice.Length;
        return slice;
    }

    private void AppendDirect(Recipient to, in Slice slice)
    {
        to.DirectBytes += slice.Length;
        Append(to, slice);
    }

    private void Append(Recipient recipient, in Slice slice)
    {
        if (slice.Length > 0 && !recipient.IsClosed)
        {
            recipient.Outbox.Append(slice);
            Pending.MarkDirty(recipient);
        }
    }
}
