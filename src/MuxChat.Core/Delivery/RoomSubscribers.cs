using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Delivery;

/// <summary>
/// The members of one room, grouped by wire format. Owned by the room; the work is the broadcaster's and the seating plan's.
/// </summary>
internal sealed class RoomSubscribers(Broadcaster broadcaster, Subscriptions seating) : IRoomSubscribers
{
    private readonly List<FormatGroup> _groups = new(2);

    public List<FormatGroup> Groups => _groups;

    public void Add(IRecipient recipient) => seating.Subscribe((Recipient)recipient, this);

    public void Remove(IRecipient recipient) => seating.Unsubscribe((Recipient)recipient, this);

    public int Publish(in ChatEvent chatEvent, IRecipient? actor) => broadcaster.Publish(this, chatEvent, (Recipient?)actor);

    /// <summary>The group of a wire format; there are at most a handful.</summary>
    public FormatGroup GroupOf(IWireFormat format)
    {
        foreach (var group in _groups)
        {
            if (ReferenceEquals(group.Format, format))
            {
                return group;
            }
        }

        var made = new FormatGroup(format, this);
        _groups.Add(made);
        return made;
    }
}
