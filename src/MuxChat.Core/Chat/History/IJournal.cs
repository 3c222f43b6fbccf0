using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>Stores events beyond the life of the process, as the event loop sees it.</summary>
/// <remarks>
/// No member waits for the disk: a writer on another thread stores the appended events and reports the outcome later. Positions count the
/// appended events: 1, 2, 3 ... Outcomes come in that order, and exactly one covers each event. Only the loop's thread calls the members;
/// the writer wakes the loop when there is an outcome.
/// </remarks>
public interface IJournal
{
    /// <summary>Whether an acknowledgement has to wait for an outcome. False if the journal does not promise durability.</summary>
    bool AcknowledgesLater { get; }

    /// <summary>
    /// Whether so much waits for the disk that clients should send no more for now. Later events are still kept, up to a limit; beyond it
    /// they are dropped, with the outcome <see cref="JournalStatus.Full"/>.
    /// </summary>
    bool IsBehind { get; }

    /// <summary>Appends an event, and the room's standing if the event has one. Returns the event's position.</summary>
    long Append(in StoredEvent past);

    /// <summary>
    /// Appends a room's standing, or that the room was forgotten, without an event. It has no position and gets no outcome.
    /// </summary>
    void Keep(RoomStanding standing);

    /// <summary>
    /// Submits the events appended since the last call. Does nothing while the writer is busy;
    /// they go with the next call. Called once a tick.
    /// </summary>
    void Submit();

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out JournalOutcome outcome);
}

/// <summary>The outcome of all events after the last outcome's position, up to this one's.</summary>
/// <param name="UpTo">The last position that it covers.</param>
/// <param name="Status">The outcome of these events.</param>
public readonly record struct JournalOutcome(long UpTo, JournalStatus Status);

/// <summary>The outcome of events appended to a journal.</summary>
public enum JournalStatus
{
    /// <summary>The events are as durable as the journal's settings ask for.</summary>
    Stored,

    /// <summary>The events are not stored, because the disk is full or too much waits for it. Later events may be stored.</summary>
    Full,

    /// <summary>The events are not stored, because the disk failed. No later event will be stored.</summary>
    Failed,
}

/// <summary>Stores nothing: rooms remember in memory only, and no acknowledgement waits.</summary>
public sealed class NoJournal : IJournal
{
    /// <inheritdoc/>
    public bool AcknowledgesLater => false;

    /// <inheritdoc/>
    public bool IsBehind => false;

    /// <inheritdoc/>
    public long Append(in StoredEvent past) => 0;

    /// <inheritdoc/>
    public void Keep(RoomStanding standing)
    {
    }

    /// <inheritdoc/>
    public void Submit()
    {
    }

    /// <inheritdoc/>
    public bool TryTakeOutcome(out JournalOutcome outcome)
    {
        outcome = default;
        return false;
    }
}

/// <summary>Receives the stored past when a server starts: the last standings of rooms, and then events in their order.</summary>
public interface IEventSink
{
    /// <summary>
    /// Restores one event. It has passed the checks of <see cref="EventRecord.TryRead"/>, and is otherwise as it was stored.
    /// </summary>
    void Restore(in StoredEvent past);

    /// <summary>Restores a room's last standing, before all events. A room without events is remembered for its standing alone.</summary>
    void Restore(RoomStanding standing);

    /// <summary>
    /// Marks an unclean shutdown between the events so far and those to come. More events may
    /// have followed the former without being stored.
    /// </summary>
    void OnUncleanShutdown();
}
