using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.History;

/// <summary>
/// Where events are kept beyond the life of the process, as the event loop sees it. No member ever waits for the disk: what is appended is
/// handed to a writer elsewhere, which says later how it went.
/// </summary>
/// <remarks>
/// Positions count the events appended: 1, 2, 3 ... Outcomes come in that order, and each event is covered by exactly one. All members are
/// for the loop's thread alone; the writer wakes the loop when there is an outcome.
/// </remarks>
public interface IJournal
{
    /// <summary>Whether who asks for an acknowledgement has to wait for an outcome: not where nothing is promised.</summary>
    bool AcknowledgesLater { get; }

    /// <summary>
    /// Whether so much waits for the disk that nobody should say more at the moment. What is appended all the same is kept, up to a limit;
    /// beyond that it is given up and its outcome is <see cref="JournalStatus.Full"/>.
    /// </summary>
    bool IsBehind { get; }

    /// <summary>Appends an event, and with it the room's standing where it comes with one, and returns the event's position.</summary>
    long Append(in StoredEvent past);

    /// <summary>Appends how a room stands, or that it was forgotten, without an event. It has no position: nobody waits for it.</summary>
    void Keep(RoomStanding standing);

    /// <summary>
    /// Hands to the writer what was appended since the last time, if the writer is free; else it stays for the next call. Once a tick.
    /// </summary>
    void Submit();

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out JournalOutcome outcome);
}

/// <summary>How it went with all events up to a position, from where the last outcome ended.</summary>
/// <param name="UpTo">The last position concerned.</param>
/// <param name="Status">How it went.</param>
public readonly record struct JournalOutcome(long UpTo, JournalStatus Status);

/// <summary>What became of events given to a journal.</summary>
public enum JournalStatus
{
    /// <summary>They are as durable as was asked for.</summary>
    Stored,

    /// <summary>They are not stored: the disk is full, or more waited for it than may. Later ones may be.</summary>
    Full,

    /// <summary>They are not stored, and nothing after them will be: the disk failed.</summary>
    Failed,
}

/// <summary>Keeps nothing: rooms remember in memory only, and nobody waits for an acknowledgement.</summary>
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

/// <summary>Takes the events of the past, in the order they were appended, when a server starts.</summary>
public interface IEventSink
{
    /// <summary>
    /// Takes one event. It has the form that <see cref="EventRecord.TryRead"/> checks, and is otherwise as it was stored.
    /// </summary>
    void Restore(in StoredEvent past);

    /// <summary>
    /// Takes how a room stood at last, after all events. A room of which nothing else is known is remembered for that alone.
    /// </summary>
    void Restore(RoomStanding standing);

    /// <summary>
    /// Between the events so far and those to come a server did not end well: after the former there may have
    /// been others that are not here.
    /// </summary>
    void OnUncleanShutdown();
}
