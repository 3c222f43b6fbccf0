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
    /// <param name="owner">The connection, for whoever takes dirty recipients from the broadcaster.</param>
    public Recipient(Broadcaster broadcaster, object owner)
    {
        _broadcaster = broadcaster;
        Owner = owner;
    }

    /// <summary>The connection.</summary>
    public object Owner { get; }

    /// <inheritdoc/>
    public bool WantsReplay => Protocol!.ReplaysOnEntry;

    /// <inheritdoc/>
    public string ProtocolName => Protocol!.Name;

    /// <summary>What is still to be sent.</summary>
    public Outbox Outbox { get; } = new();

    /// <summary>Whether nothing is queued any more because the connection is doomed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Bytes that were dropped when it was closed.</summary>
    public long UnsentBytes { get; private set; }

    /// <summary>Bytes that it was sent directly so far: answers, and private messages. Not what its rooms were told.</summary>
    public long DirectBytes { get; internal set; }

    /// <summary>Answers that wait for the journal: the connection does not end, if it can help it, before they are given.</summary>
    public int PendingAnswers { get; set; }

    /// <inheritdoc/>
    public string RemoteName => Owner is IAddressed addressed ? addressed.RemoteName : "";

    /// <inheritdoc/>
    public Expulsion Expulsion { get; private set; }

    /// <summary>Whether its connection is to be closed, in this tick or the next.</summary>
    public bool IsExpelled => Expulsion != Expulsion.None;

    internal IProtocol? Protocol { get; private set; }

    internal IWireFormats? Formats { get; private set; }

    internal IWireFormat? Format { get; set; }

    /// <summary>Its seats, one for each room; as long as there are rooms, and replaced when that changes.</summary>
    internal Subscription[] Subscriptions { get; private set; } = [];

    internal bool IsShared { get; set; }

    internal bool IsDirty { get; set; }

    /// <summary>The last announcement this recipient has heard (see <see cref="Broadcaster.BeginAnnouncement"/>).</summary>
    internal long Announcement { get; set; }

    /// <summary>Settles the protocol. Called before anything is received, and again where it was wrong, in no room.</summary>
    public void SetProtocol(IProtocol protocol)
    {
        Format = protocol.FormatFor(Subscriptions.Length);
        Formats = protocol;
        Protocol = protocol;
    }

    /// <inheritdoc/>
    public void Receive(in ChatEvent chatEvent) => _broadcaster.Send(this, chatEvent);

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes) => _broadcaster.SendAsIs(this, bytes);

    /// <inheritdoc/>
    public void Redirect(IRecipient? way) => _broadcaster.Redirect(this, way);

    /// <inheritdoc/>
    public void Use(IWireFormats formats)
    {
        Formats = formats;
        _broadcaster.Resubscribe(this);
    }

    /// <inheritdoc/>
    public byte[] DescribeHost() => _broadcaster.Hosts.Describe(Owner is IAddressed addressed ? addressed.Address : default);

    /// <inheritdoc/>
    public void Expel(Expulsion why)
    {
        if (Expulsion == Expulsion.None)
        {
            Expulsion = why;
            _broadcaster.MarkDirty(this);
        }
    }

    /// <summary>Drops what is queued, and everything that comes after.</summary>
    public void Close()
    {
        IsClosed = true;
        UnsentBytes += Outbox.QueuedBytes;
        Outbox.Clear();
    }

    internal void Subscribe(Subscription subscription) => Subscriptions = [.. Subscriptions, subscription];

    internal void Rise(Subscription subscription) => Subscriptions = [.. Subscriptions.Where(other => other != subscription)];
}
