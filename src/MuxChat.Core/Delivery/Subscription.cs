namespace MuxChat.Core.Delivery;

/// <summary>One recipient's place in one audience.</summary>
internal sealed class Subscription(Recipient recipient, RoomSubscribers subscribers)
{
    public Recipient Recipient { get; } = recipient;

    public RoomSubscribers Audience { get; } = subscribers;

    /// <summary>The group it sits in: that of its recipient's wire format.</summary>
    public FormatGroup Group { get; set; } = null!;

    /// <summary>Its place in the group's list.</summary>
    public int Index { get; set; }

    /// <summary>How far, in bytes of the group's stream, this recipient has been served (or left out).</summary>
    public long Heard { get; set; }
}
