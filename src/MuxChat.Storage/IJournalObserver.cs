namespace MuxChat.Storage;

/// <summary>
/// Hears what an operator should know about the journal. Called on the loop's thread (<see cref="FellBehind"/>, <see cref="CaughtUp"/>,
/// <see cref="BacklogFull"/>) and on the writer's (all others): it must be safe for both, and must not wait.
/// </summary>
public interface IJournalObserver
{
    /// <summary>
    /// At the start the end of the newest segment was torn: the last write was not finished when the power or the process went.
    /// </summary>
    /// <param name="path">The segment.</param>
    /// <param name="offset">Where it was cut: the end of the last whole record.</param>
    /// <param name="bytes">How much was cut off.</param>
    /// <param name="reason">What was wrong there.</param>
    void TailCut(string path, long offset, long bytes, string reason);

    /// <summary>At the start a segment's index was missing or useless, and made anew.</summary>
    void IndexRebuilt(string path, string reason);

    /// <summary>The disk failed. Nothing is stored from now on, and nothing is tried again before the next start.</summary>
    void Failed(string path, string message);

    /// <summary>The disk is full. What comes now is not stored, until there is room. Told at each try.</summary>
    void Full(string path, string message);

    /// <summary>There was room again: events are stored.</summary>
    void Resumed(string path);

    /// <summary>
    /// A segment was deleted because there is enough newer, or because it is old. That may not be durable yet: a failure is told by
    /// <see cref="HousekeepingFailed"/> then.
    /// </summary>
    void SegmentDeleted(string path, long bytes);

    /// <summary>
    /// Something beside the events did not work: an index was not written, a segment not deleted, a new one not opened. It is tried again
    /// later.
    /// </summary>
    void HousekeepingFailed(string path, string message);

    /// <summary>The disk does not keep up: senders are slowed down.</summary>
    void FellBehind(long waitingBytes);

    /// <summary>So much waits that events are given up: they are not stored.</summary>
    void BacklogFull(long waitingBytes);

    /// <summary>The disk has caught up: half of what made it fall behind waits, or less.</summary>
    void CaughtUp();
}
