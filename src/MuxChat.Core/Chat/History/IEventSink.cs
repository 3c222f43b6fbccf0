namespace MuxChat.Core.Chat.History;

/// <summary>Takes the events of the past, in the order they were appended, when a server starts.</summary>
public interface IEventSink
{
    /// <summary>Takes one event. It has the form that <see cref="EventRecord.TryRead"/> checks, and is otherwise as it was stored.</summary>
    void Restore(in PastEvent past);
}
