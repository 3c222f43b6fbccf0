namespace MuxChat.Core.Chat;

/// <summary>Makes the subscribers of rooms. The seam between who hears what (chat) and how it gets there (delivery).</summary>
public interface IDelivery
{
    /// <summary>Makes the subscribers of a new room: none.</summary>
    IRoomSubscribers CreateSubscribers();

    /// <summary>
    /// Begins an announcement of one thing (a new nick, a quit) that goes to several rooms in turn: a client that shares several of them
    /// hears it once where its wire format does not show the room, and once for each room where it does.
    /// </summary>
    void BeginAnnouncement();
}

/// <summary>The way to all members of one room.</summary>
public interface IRoomSubscribers
{
    /// <summary>From now on the recipient hears what is published here.</summary>
    void Add(IRecipient recipient);

    /// <summary>From now on it does not; what was published before still reaches it.</summary>
    void Remove(IRecipient recipient);

    /// <summary>Queues an event for every member, except <paramref name="actor"/> where its wire format tells it otherwise.</summary>
    /// <returns>How many members it was queued for.</returns>
    int Publish(in ChatEvent chatEvent, IRecipient? actor);
}

/// <summary>
/// The way to one client, or over a link to a person on another server. Chat only hands events over; when and how they are written is not
/// its business.
/// </summary>
public interface IRecipient
{
    /// <summary>Whether it is shown what was said last when it enters a room, unasked.</summary>
    bool WantsReplay { get; }

    /// <summary>What it speaks, as it stands in a listen URI.</summary>
    string ProtocolName { get; }

    /// <summary>Where it comes from, as others may see it: ASCII without space or colon, and not its address.</summary>
    byte[] DescribeHost();

    /// <summary>Its address and port: for logs, for itself, and for server operators.</summary>
    string RemoteName { get; }

    /// <summary>
    /// Marks it: whatever serves it closes it, in this tick or the next, whether it reads or not. Only the first reason counts.
    /// </summary>
    void Expel(CloseReason why);

    /// <summary>Queues an event for this client, behind everything that its rooms have been told before.</summary>
    void Receive(in ChatEvent chatEvent);
}

/// <summary>
/// An answer that may be long. It is given part by part, as the client reads it and others have their turn, and looks at the chat anew for
/// each part.
/// </summary>
internal interface ILongAnswer
{
    /// <summary>Writes the next part, of a few kilobytes at the most. False after the last one.</summary>
    bool WritePart();
}
