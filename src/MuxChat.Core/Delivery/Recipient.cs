using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The way to one client: its outbox and the wire format it reads. Owned by its connection; the broadcaster fills the
/// outbox, the connection empties it.
/// </summary>
public sealed class Recipient : IClientOutput
{
    private readonly Broadcaster _broadcaster;

    /// <summary>Creates a recipient that hears nothing before <see cref="SetProtocol"/>.</summary>
    /// <param name="broadcaster">Who fills the outbox.</param>
    /// <param name="owner">The connection; null where no dirty recipients are taken from the broadcaster.</param>
    public Recipient(Broadcaster broadcaster, IOutputOwner? owner)
    {
        _broadcaster = broadcaster;
        Owner = owner;
    }

    /// <summary>The connection.</summary>
    public IOutputOwner? Owner { get; }

    /// <inheritdoc/>
    public bool WantsReplay => Protocol!.ReplaysOnEntry;

    /// <inheritdoc/>
    public string ProtocolName => Protocol!.Name;

    /// <summary>What is still to be sent.</summary>
    public Outbox Outbox { get; } = new();

    /// <summary>Whether nothing is queued any more because it would not reach the client.</summary>
    public bool IsClosed => Closing.IsOutputClosed;

    /// <summary>Bytes that were dropped when it was closed.</summary>
    public long UnsentBytes { get; private set; }

    /// <summary>Bytes that it was sent directly so far: answers, and private messages. Not what its rooms were told.</summary>
    public long DirectBytes { get; internal set; }

    /// <summary>Answers that wait for the journal: the connection does not end, if it can help it, before they are given.</summary>
    public int PendingAnswers { get; set; }

    /// <inheritdoc/>
    public string RemoteName => Owner?.RemoteName ?? "";

    /// <summary>Whether the connection is over, why, and how far its end has come.</summary>
    public ClosingState Closing { get; } = new();

    internal IProtocol? Protocol { get; private set; }

    internal IWireFormats? Formats { get; private set; }

    internal IWireFormat? Format { get; private set; }

    /// <summary>Its subscriptions, one for each room; as long as there are rooms, and replaced when that changes.</summary>
    internal Subscription[] Subscriptions { get; private set; } = [];

    /// <summary>Where the news of its own doing go for now; null for its outbox (see <see cref="IClientOutput.Redirect"/>).</summary>
    internal IRecipient? Redirection { get; private set; }

    /// <summary>Whether it is in several rooms, so that the order across rooms counts for it.</summary>
    internal bool IsShared { get; private set; }

    internal bool IsDirty { get; set; }

    /// <summary>The last announcement this recipient has heard (see <see cref="Broadcaster.BeginAnnouncement"/>).</summary>
    internal long Announcement { get; set; }

    /// <summary>Sets the protocol. Called before anything is received, and again when the client changes to another, in no room.</summary>
    public void SetProtocol(IProtocol protocol)
    {
        Format = protocol.FormatFor(Subscriptions.Length);
        Formats = protocol;
        Protocol = protocol;
    }

    /// <inheritdoc/>
    public void Receive(in ChatEvent chatEvent) => _broadcaster.Send(this, chatEvent);

    /// <inheritdoc/>
    public void SendMessage(ReadOnlySpan<byte> content) => _broadcaster.SendMessage(this, content);

    /// <inheritdoc/>
    public void SendAsIs(ReadOnlySpan<byte> bytes) => _broadcaster.SendAsIs(this, bytes);

    /// <inheritdoc/>
    public void Redirect(IRecipient? way) => Redirection = way;

    /// <inheritdoc/>
    public void Use(IWireFormats formats)
    {
        Formats = formats;
        _broadcaster.Pending.CatchUp(this);
        Regroup(pending: null);
    }

    /// <inheritdoc/>
    public byte[] DescribeHost() => _broadcaster.Hosts.Describe(Owner?.Address ?? default);

    /// <inheritdoc/>
    public void Expel(CloseReason why)
    {
        if (Closing.TryExpel(why))
        {
            _broadcaster.MarkDirty(this);
        }
    }

    /// <summary>Drops what is queued, and everything that comes after.</summary>
    public void Close()
    {
        Closing.CloseOutput();
        UnsentBytes += Outbox.QueuedBytes;
        Outbox.Clear();
    }

    /// <summary>Puts it in a room: it hears what is published there from now on.</summary>
    internal void Subscribe(RoomSubscribers room)
    {
        _broadcaster.Pending.CatchUp(this);
        var subscription = new Subscription(this, room);
        Subscriptions = [.. Subscriptions, subscription];
        Regroup(pending: subscription);
    }

    /// <summary>Takes it out of a room: it has heard everything up to now.</summary>
    internal void Unsubscribe(RoomSubscribers room)
    {
        var subscription = Find(room) ?? throw new InvalidOperationException("The recipient is not in this room.");
        _broadcaster.Pending.CatchUp(this);
        subscription.Group.Remove(subscription, IsShared);
        Subscriptions = [.. Subscriptions.Where(other => other != subscription)];
        Regroup(pending: null);
    }

    /// <summary>Its subscription to a room; null where it has none. It has at most a few.</summary>
    internal Subscription? Find(RoomSubscribers room)
    {
        foreach (var subscription in Subscriptions)
        {
            if (ReferenceEquals(subscription.Room, room))
            {
                return subscription;
            }
        }

        return null;
    }

    // The number of its rooms decides its wire format (lines show the room when there are several) and whether the order across rooms
    // counts for it, so entering or leaving one room may move its subscriptions in all.
    private void Regroup(Subscription? pending)
    {
        var format = ChooseFormat();
        var isShared = Subscriptions.Length > 1;
        if (ReferenceEquals(format, Format) && isShared == IsShared)
        {
            if (pending is not null)
            {
                Place(pending, format, isShared);
            }

            return;
        }

        foreach (var subscription in Subscriptions)
        {
            if (!ReferenceEquals(subscription, pending))
            {
                subscription.Group.Remove(subscription, IsShared);
            }
        }

        Format = format;
        IsShared = isShared;
        foreach (var subscription in Subscriptions)
        {
            Place(subscription, format, isShared);
        }
    }

    // A mistake in the choice costs the client the form of what it reads, and no more: it must have a place in every room that it is in.
    private IWireFormat ChooseFormat()
    {
        var errors = _broadcaster.Errors;
        try
        {
            return Formats!.FormatFor(Subscriptions.Length);
        }
        catch (Exception error) when (errors.Catches(error))
        {
            errors.Note(error, $"choosing a wire format for {RemoteName}");
            return Format!;
        }
    }

    private void Place(Subscription subscription, IWireFormat format, bool isShared)
    {
        var group = subscription.Room.GroupOf(format);
        if (isShared && group.SharedCount == 0)
        {
            // If its batch is open, that was when no member of the group minded the order across rooms.
            _broadcaster.Pending.Distribute(group);
        }

        group.Add(subscription, isShared);
    }

    /// <summary>One recipient's place in one room.</summary>
    internal sealed class Subscription(Recipient recipient, RoomSubscribers room)
    {
        public Recipient Recipient { get; } = recipient;

        public RoomSubscribers Room { get; } = room;

        /// <summary>The group that it is in: that of its recipient's wire format.</summary>
        public RoomSubscribers.Group Group { get; set; } = null!;

        /// <summary>Its place in the group's list.</summary>
        public int Index { get; set; }

        /// <summary>How far, in bytes of the group's stream, this recipient has been served (or left out).</summary>
        public long Heard { get; set; }
    }
}

/// <summary>
/// The connection that owns a recipient: it empties the outbox, and it is the one client that pays for a mistake of the program while it
/// is served.
/// </summary>
public interface IOutputOwner : IPeer
{
    /// <summary>Writes what is queued; the recipient was dirty. Ends the connection if the chat has marked it.</summary>
    void Flush();

    /// <summary>Ends it in good order: its rooms are told, and so is the client.</summary>
    /// <param name="number">The mistake's number, which the client is told.</param>
    void Fail(long number);

    /// <summary>Ends it at once, because <see cref="Fail"/> failed as well.</summary>
    void Abandon();
}
