namespace MuxChat.Core.Chat.History;

/// <summary>
/// Where events are kept beyond the life of the process, as the event loop sees it. No member ever waits for the disk: what is appended is handed to a
/// writer elsewhere, which says later how it went.
/// </summary>
/// <remarks>
/// Positions count the events appended: 1, 2, 3 ... Outcomes come in that order, and each event is covered by exactly one. All members are for the loop's
/// thread alone; the writer wakes the loop when there is an outcome.
/// </remarks>
public interface IJournal
{
    /// <summary>Whether who asks for an acknowledgement has to wait for an outcome: not where nothing is promised.</summary>
    bool AcknowledgesLater { get; }

    /// <summary>
    /// Whether so much waits for the disk that nobody should say more at the moment. What is appended all the same is kept, up to a limit; beyond that it is
    /// given up and its outcome is <see cref="JournalStatus.Full"/>.
    /// </summary>
    bool IsBehind { get; }

    /// <summary>Appends an event, and with it the room's standing where it comes with one, and returns the event's position.</summary>
    long Append(in PastEvent past);

    /// <summary>Appends how a room stands, or that it was forgotten, without an event. It has no position: nobody waits for it.</summary>
    void Keep(RoomStanding standing);

    /// <summary>Hands to the writer what was appended since the last time, if the writer is free; else it stays for the next call. Once a tick.</summary>
    void Submit();

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out JournalOutcome outcome);
}
