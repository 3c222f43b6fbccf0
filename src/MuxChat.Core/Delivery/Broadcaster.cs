using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// Delivers events to outboxes. It encodes a room's event once per wire format and adds it to that group's batch. <see cref="Distribute"/>
/// copies the batches to the outboxes, once a tick.
/// </summary>
/// <remarks>
/// Order: a client receives each room's events in the room's order. An answer comes after everything that the client's
/// rooms published before it. A client in several rooms receives their events in the order in which they happened. To keep
/// that order, only one room that shares members with others has an open batch at a time. Owner: one thread, or the callers
/// of one lock. In steady state it allocates nothing per event.
/// </remarks>
public sealed class Broadcaster : IDelivery
{
    private readonly SegmentWriter _roomWriter;
    private readonly SegmentWriter _directWriter;
    private long _announcement;

    /// <summary>Creates a broadcaster that rents its segments from <paramref name="pool"/>.</summary>
    public Broadcaster(SegmentPool pool)
    {
        Pool = pool;
        _roomWriter = new SegmentWriter(pool);
        _directWriter = new SegmentWriter(pool);
    }

    /// <summary>The pool that the segments come from.</summary>
    public SegmentPool Pool { get; }

    /// <summary>Exceptions that were caught while one client was served or one event was encoded.</summary>
    public InternalErrors Errors { get; } = new();

    /// <summary>The open batches and the recipients with unwritten output.</summary>
    internal PendingBatches Pending { get; } = new();

    /// <summary>
    /// Bytes encoded since <see cref="TryTakeDirty"/> last emptied the queue. The caller flushes early when they grow large.
    /// </summary>
    public long UnflushedBytes { get; private set; }

    /// <summary>Bytes encoded since the start.</summary>
    public long EncodedBytes { get; private set; }

    /// <summary>Whether a batch is open or a recipient has unwritten output.</summary>
    public bool HasWork => !Pending.IsEmpty;

    /// <inheritdoc/>
    public IRoomSubscribers CreateSubscribers() => new RoomSubscribers(this);

    /// <inheritdoc/>
    public void BeginAnnouncement() => _announcement++;

    /// <summary>Makes the host names under which clients appear to each other.</summary>
    public HostNames Hosts { get; set; } = new([]);

    /// <summary>Copies every open batch to its members' outboxes.</summary>
    public void Distribute() => Pending.DistributeAll();

    /// <summary>Takes one recipient with unwritten output. False when none is left.</summary>
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

    internal void SendShared(Recipient to, in Slice slice)
    {
        if (!to.IsClosed)
        {
            Pending.CatchUp(to);
            AppendDirect(to, slice);
        }
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

    // If the wire format throws while it chooses the recipients, its readers lose this event.
    // They get an error instead, once per announcement.
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

    // Sends to each member at once, and only once for all rooms of the announcement. The event is encoded only if a member still needs it.
    // Unsent bytes would lie between two announcements in the segment and keep the outboxes from merging their slices.
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

    // If a wire format cannot encode an event, its readers get an error instead. Readers of the other formats get the event.
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

    // Whether the client's protocol shows events of this kind. If the check throws, the client loses this event and gets an error instead.
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

    // The rest of the room must get the event even if one member's redirection throws.
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
