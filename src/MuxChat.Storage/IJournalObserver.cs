using MuxChat.Core.Chat.History;

namespace MuxChat.Storage;

/// <summary>Receives the journal's events that an admin may want to see.</summary>
/// <remarks>
/// The loop's thread calls <see cref="FellBehind"/>, <see cref="CaughtUp"/>, <see cref="BacklogFull"/> and <see cref="BatchEnded"/>; the
/// writer's thread calls all others. The observer must be safe for both, and must not block.
/// </remarks>
public interface IJournalObserver
{
    /// <summary>
    /// The start cut a torn tail from the newest segment: the last write was unfinished when the power or the process failed.
    /// </summary>
    /// <param name="path">The segment.</param>
    /// <param name="offset">The cut, at the end of the last valid record.</param>
    /// <param name="bytes">The number of bytes cut off.</param>
    /// <param name="reason">The problem at the cut.</param>
    void TailCut(string path, long offset, long bytes, string reason);

    /// <summary>The start rebuilt a segment's index, which was missing or unusable.</summary>
    void IndexRebuilt(string path, string reason);

    /// <summary>The disk failed. The journal stores nothing more, and does not retry before the next start.</summary>
    void Failed(string path, string message);

    /// <summary>The disk is full. Events are not stored until there is space. Called at each attempt.</summary>
    void Full(string path, string message);

    /// <summary>There is space again: events are stored.</summary>
    void Resumed(string path);

    /// <summary>
    /// Retention deleted a segment. The deletion may not be durable yet; if its sync fails, <see cref="HousekeepingFailed"/> follows.
    /// </summary>
    void SegmentDeleted(string path, long bytes);

    /// <summary>
    /// A task other than storing events failed: writing an index, deleting a segment, or opening a new one. The journal retries it later.
    /// </summary>
    void HousekeepingFailed(string path, string message);

    /// <summary>The disk does not keep up, so senders are slowed down.</summary>
    void FellBehind(long waitingBytes);

    /// <summary>The backlog is full, so further events are dropped and not stored.</summary>
    void BacklogFull(long waitingBytes);

    /// <summary>The disk has caught up: at most half of <see cref="JournalOptions.BehindBytes"/> is waiting.</summary>
    void CaughtUp();

    /// <summary>The writer has returned a batch. An observer that counts nothing may leave this out.</summary>
    /// <param name="status">Whether its events are stored.</param>
    /// <param name="bytes">The size of its events.</param>
    /// <param name="syncUs">Microseconds that the disk took to make them durable; null if that was not asked for.</param>
    void BatchEnded(JournalStatus status, long bytes, long? syncUs)
    {
    }
}
