namespace MuxChat.Core.Chat.History;

/// <summary>Takes the events of the past, in the order they were appended, when a server starts.</summary>
public interface IEventSink
{
    /// <summary>Takes one event. It has the form that <see cref="EventRecord.TryRead"/> checks, and is otherwise as it was stored.</summary>
    void Restore(in PastEvent past);

    /// <summary>
    /// Takes how a room stood at last, after all events. A room of which nothing else is known is remembered for that alone.
    /// </summary>
    void Restore(RoomStanding standing);

    /// <summary>Between the events so far and those to come a server did not end well: after the former there may have been others that are not here.</summary>
    void Interrupted();
}
