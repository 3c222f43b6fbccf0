namespace MuxChat.Core.Chat;

/// <summary>Makes the audiences of rooms. The seam between who hears what (chat) and how it gets there (delivery).</summary>
public interface IDelivery
{
    /// <summary>Makes the audience of a new room.</summary>
    IAudience CreateAudience();

    /// <summary>
    /// Begins an announcement of one thing (a new nick, a quit) that goes to several rooms in turn: a client that shares several of them hears it once
    /// where its wire format does not show the room, and once for each room where it does.
    /// </summary>
    void BeginAnnouncement();
}
