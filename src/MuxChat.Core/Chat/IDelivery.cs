namespace MuxChat.Core.Chat;

/// <summary>
/// Creates the subscribers of rooms. This is the seam between the chat, which decides who hears an event, and delivery, which sends it.
/// </summary>
public interface IDelivery
{
    /// <summary>Creates the subscribers of a new room, which has none yet.</summary>
    IRoomSubscribers CreateSubscribers();

    /// <summary>Begins an announcement of one fact (a new nick, a quit) that is published to several rooms in turn.</summary>
    /// <remarks>
    /// A client that shares several of the rooms hears it once if its wire format does not show the room.
    /// Otherwise the client hears it once for each room.
    /// </remarks>
    void BeginAnnouncement();
}

/// <summary>Publishes events to all members of one room.</summary>
public interface IRoomSubscribers
{
    /// <summary>Adds a recipient, which hears all events published from now on.</summary>
    void Add(IRecipient recipient);

    /// <summary>Removes a recipient. Events published before still reach it.</summary>
    void Remove(IRecipient recipient);

    /// <summary>
    /// Queues an event for every member. It leaves out <paramref name="actor"/> if the actor's
    /// wire format answers the actor in another way.
    /// </summary>
    /// <returns>The number of members that it was queued for.</returns>
    int Publish(in ChatEvent chatEvent, IRecipient? actor);
}

/// <summary>Receives events for one client, or over a link for a person on another server.</summary>
/// <remarks>The chat only hands events over. Delivery decides when and how to write them.</remarks>
public interface IRecipient
{
    /// <summary>The name of the client's protocol, as a listen URI spells it.</summary>
    string ProtocolName { get; }

    /// <summary>Returns the client's host as others may see it: ASCII without space or colon, and not its address.</summary>
    byte[] DescribeHost();

    /// <summary>The client's address and port, for logs, for the client itself, and for server operators.</summary>
    string RemoteName { get; }

    /// <summary>The name of the user of this machine behind the client, if the kernel tells it; null if not.</summary>
    string? LocalUserName => null;

    /// <summary>Whether the client's connection is encrypted.</summary>
    bool IsSecure => false;

    /// <summary>Whether the client comes from a loopback address of this machine. One on a Unix socket does not.</summary>
    bool IsLoopback => false;

    /// <summary>Whether the client connects to this server itself, so that it could use another of its ports.</summary>
    bool IsDirect => true;

    /// <summary>The name of the server that a client on an encrypted connection asked for, in lower case; empty for none.</summary>
    string SecureServerName => "";

    /// <summary>The SHA-256 fingerprint of the client's certificate, in hexadecimal and lower case; empty if it showed none.</summary>
    string CertificateFingerprint => "";

    /// <summary>Whether the admin made that user a server operator.</summary>
    bool IsLocalOperator => false;

    /// <summary>
    /// The number of wrong operator passwords that came from this client. A change of its protocol does not clear it.
    /// </summary>
    int WrongPasswords { get; set; }

    /// <summary>
    /// Marks the client for closing. The connection or link that serves it closes it in this tick or the next,
    /// even if it does not read. Only the first reason counts.
    /// </summary>
    void Expel(CloseReason why);

    /// <summary>Queues an event for this client, after all events that its rooms have published before.</summary>
    void Receive(in ChatEvent chatEvent);

    /// <summary>
    /// Looks at the client again in this tick, because an answer that waited can go on (see <see cref="ILongAnswer.IsReady"/>).
    /// </summary>
    void Wake()
    {
    }
}

/// <summary>An answer that may be long, and is therefore written in parts.</summary>
/// <remarks>
/// The next part is written when the client has read and other clients have had their turn. Each part reads the chat's state at that time.
/// </remarks>
internal interface ILongAnswer
{
    /// <summary>
    /// Whether the next part can be written now. An answer that waits for slow work wakes its client when that is done
    /// (see <see cref="IRecipient.Wake"/>).
    /// </summary>
    bool IsReady => true;

    /// <summary>Whether the parts are bytes of a file, which cost nothing of the flood budget: the disk and the client pace them.</summary>
    bool IsFile => false;

    /// <summary>The result of the request, known at the end of the answer.</summary>
    CommandResult Result => CommandResult.Ok();

    /// <summary>
    /// Gives up what is done for the client alone, because it can read no more. The answer then ends soon. May be called again.
    /// </summary>
    void Abandon()
    {
    }

    /// <summary>Writes the next part, which fits a segment (64 KiB). Returns false after the last one.</summary>
    bool WritePart();
}
