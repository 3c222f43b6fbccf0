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

    /// <summary>Appends an event and returns its position.</summary>
    long Append(in PastEvent past);

    /// <summary>Hands to the writer what was appended since the last time, if the writer is free; else it stays for the next call. Once a tick.</summary>
    void Submit();

    /// <summary>Takes the next outcome, if there is one.</summary>
    bool TryTakeOutcome(out JournalOutcome outcome);
}
