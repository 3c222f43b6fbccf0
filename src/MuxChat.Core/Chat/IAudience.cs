namespace MuxChat.Core.Chat;

/// <summary>The way to all members of one room.</summary>
public interface IAudience
{
    /// <summary>From now on the recipient hears what is published here.</summary>
    void Add(IRecipient recipient);

    /// <summary>From now on it does not; what was published before still reaches it.</summary>
    void Remove(IRecipient recipient);

    /// <summary>Queues an event for every member, except <paramref name="actor"/> where its wire format tells it otherwise.</summary>
    /// <returns>How many members it was queued for.</returns>
    int Publish(in ChatEvent chatEvent, IRecipient? actor);
}
