using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>The output of one client: its outbox and its wire format.</summary>
/// <remarks>Owner: the client's connection. The broadcaster fills the outbox, and the connection empties it.</remarks>
public sealed class Recipient : IClientOutput
{
    private readonly Broadcaster _broadcaster;

    /// <summary>Creates a recipient. It drops every event before <see cref="SetProtocol"/>.</summary>
    /// <param name="broadcaster">The broadcaster that fills the outbox.</param>
    /// <param name="owner">The connection; null if no caller takes dirty recipients from the broadcaster.</param>
    public Recipient(Broadcaster broadcaster, IOutputOwner? owner)
    {
        _broadcaster = broadcaster;
        Owner = owner;
    }

    /// <summary>The connection that owns this recipient, if any.</summary>
    public IOutputOwner? Owner { get; }

    /// <inheritdoc/>
    public string ProtocolName => Protocol!.Name;

    /// <summary>The bytes still to be sent.</summary>
    public Outbox Outbox { get; } = new();

    /// <summary>Whether queueing has stopped, because the client can no longer be reached.</summary>
    public bool IsClosed => Closing.IsOutputClosed;

    /// <inheritdoc/>
    public long QueuedBytes => Outbox.QueuedBytes;

    /// <inheritdoc/>
    public long SentBytes => Outbox.SentBytes;

    /// <inheritdoc/>
    public bool IsEnding => IsClosed || Closing.IsEnded;

    /// <summary>Bytes that <see cref="Close"/> dropped from the outbox.</summary>
    public long UnsentBytes { get; private set; }

    /// <summary>Bytes queued for this client alone so far: answers and private messages, but not room events.</summary>
    public long DirectBytes { get; internal set; }

    /// <summary>Answers that wait for the journal. The connection tries to deliver them before it closes.</summary>
    public int PendingAnswers { get; set; }

    /// <inheritdoc/>
    public string RemoteName => Owner?.RemoteName ?? "";

    /// <inheritdoc/>
    public string? LocalUserName => Owner?.User?.Name;

    /// <inheritdoc/>
    public bool IsSecure => Owner?.Secure is not null;

    /// <inheritdoc/>
    public bool IsLoopback => Owner is { Internet.IsLoopback: true };

    /// <inheritdoc/>
    public bool IsDirect => Owner?.IsDirect ?? true;

    /// <inheritdoc/>
    public string SecureServerName => Owner?.Secure?.ServerName ?? "";

    /// <inheritdoc/>
    public string CertificateFingerprint => Owner?.Secure?.CertificateFingerprint ?? "";

    /// <inheritdoc/>
    public bool IsLocalOperator => Owner is { User.IsOperator: true };

    /// <inheritdoc/>
    public int WrongPasswords { get; set; }

    /// <summary>Whether the connection is closing, why, and how far it has got.</summary>
    public ClosingState Closing { get; } = new();

    internal IProtocol? Protocol { get; private set; }

    internal IWireFormats? Formats { get; private set; }

    internal IWireFormat? Format { get; private set; }

    /// <summary>The subscriptions, one per room. The array is replaced whenever the client enters or leaves a room.</summary>
    internal Subscription[] Subscriptions { get; private set; } = [];

    /// <summary>
    /// The recipient of events that the client causes itself, for now; null for the outbox (see <see cref="IClientOutput.Redirect"/>).
    /// </summary>
    internal IRecipient? Redirection { get; private set; }

    /// <summary>Whether the client is in several rooms, so that the order across rooms matters to it.</summary>
    internal bool IsShared { get; private set; }

    internal bool IsDirty { get; set; }

    /// <summary>The last announcement this recipient has received (see <see cref="Broadcaster.BeginAnnouncement"/>).</summary>
    internal long Announcement { get; set; }

    /// <summary>
    /// Sets the protocol. Called before the first event, and again when the client changes its protocol, while it is in no room.
    /// </summary>
    public void SetProtocol(IProtocol protocol)
    {
        Format = protocol.FormatFor(Subscriptions.Length);
        Formats = protocol;
        Protocol = protocol;
    }

    /// <inheritdoc/>
    public void Receive(in ChatEvent chatEvent) => _broadcaster.Send(this, chatEvent);

    /// <inheritdoc/>
    /// <remarks>A client that can be reached no more is woken too: the commands that it sent before still run.</remarks>
    public void Wake() => _broadcaster.MarkDirty(this);

    /// <inheritdoc/>
    public void SendMessage(ReadOnlySpan<byte> content) => _broadcaster.SendMessage(this, content);

    /// <inheritdoc/>
    public void SendAsIs(ReadOnlySpan<byte> bytes) => _broadcaster.SendAsIs(this, bytes);

    /// <inheritdoc/>
    public void SendShared(in Slice slice) => _broadcaster.SendShared(this, slice);

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

    /// <summary>Drops the queued bytes and everything queued later.</summary>
    public void Close()
    {
        Closing.CloseOutput();
        UnsentBytes += Outbox.QueuedBytes;
        Outbox.Clear();
    }

    /// <summary>Subscribes to a room. The recipient gets what the room publishes from now on.</summary>
    internal void Subscribe(RoomSubscribers room)
    {
        _broadcaster.Pending.CatchUp(this);
        var subscription = new Subscription(this, room);
        Subscriptions = [.. Subscriptions, subscription];
        Regroup(pending: subscription);
    }

    /// <summary>Unsubscribes from a room, after delivering what the room has published so far.</summary>
    internal void Unsubscribe(RoomSubscribers room)
    {
        var subscription = Find(room) ?? throw new InvalidOperationException("The recipient is not in this room.");
        _broadcaster.Pending.CatchUp(this);
        subscription.Group.Remove(subscription, IsShared);
        Subscriptions = [.. Subscriptions.Where(other => other != subscription)];
        Regroup(pending: null);
    }

    /// <summary>Returns the subscription to a room, or null. A client has few, so the search is linear.</summary>
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

    // The number of rooms decides the wire format (lines name the room if there are several) and whether the order across rooms matters.
    // Entering or leaving one room may therefore move the subscriptions in all rooms.
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

    // If the choice throws, the client keeps its old format. It must have a group in every room that it is in.
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
            // An open batch dates from when no member of the group was in another room.
            _broadcaster.Pending.Distribute(group);
        }

        group.Add(subscription, isShared);
    }

    /// <summary>The membership of one recipient in one room.</summary>
    internal sealed class Subscription(Recipient recipient, RoomSubscribers room)
    {
        public Recipient Recipient { get; } = recipient;

        public RoomSubscribers Room { get; } = room;

        /// <summary>The room's group for the recipient's wire format.</summary>
        public RoomSubscribers.Group Group { get; set; } = null!;

        /// <summary>The index in the group's list.</summary>
        public int Index { get; set; }

        /// <summary>The position in the group's stream, in bytes, up to which this recipient has been served or left out.</summary>
        public long Heard { get; set; }
    }
}

/// <summary>
/// The connection that owns a recipient. It empties the outbox, and an exception while it is served ends this connection only.
/// </summary>
public interface IOutputOwner : IPeer
{
    /// <summary>
    /// Writes the queued bytes, because the recipient was dirty. Ends the connection if the chat has expelled the client.
    /// </summary>
    void Flush();

    /// <summary>Ends the connection in good order after an exception: the rooms and the client are notified.</summary>
    /// <param name="number">The number of the internal error, which the client gets.</param>
    void Fail(long number);

    /// <summary>Closes the connection at once, because <see cref="Fail"/> threw as well.</summary>
    void Abandon();

    /// <summary>
    /// Counts the connection for the client behind a proxy or gateway from now on: limits, the host that others see, and logs follow. Only
    /// the event loop knows proxies and gateways.
    /// </summary>
    /// <returns>Ok, or the error to send to the client before it is closed, because its address is over its limits.</returns>
    CommandResult Readdress(ForwardedPeer client) => throw new NotSupportedException("No peer of this I/O model speaks for others.");
}
