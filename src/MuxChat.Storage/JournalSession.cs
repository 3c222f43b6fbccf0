namespace MuxChat.Storage;

/// <summary>
/// A journal that is open: both its sides, and the directory's lock. <see cref="Close"/> ends it; without that the next start takes it that
/// this server ended in the middle of its work.
/// </summary>
public sealed class JournalSession
{
    private readonly IDisposable _lock;

    internal JournalSession(Journal journal, JournalWriter writer, IDisposable directoryLock)
    {
        Journal = journal;
        Writer = writer;
        _lock = directoryLock;
    }

    /// <summary>The loop's side.</summary>
    public Journal Journal { get; }

    /// <summary>The disk's side.</summary>
    public JournalWriter Writer { get; }

    /// <summary>
    /// Whether the server that wrote last had stored everything it was given when it ended, or there was none. If not, numbers may have
    /// been given to events that are not here.
    /// </summary>
    public bool WasClean { get; init; }

    /// <summary>All whole events in the journal.</summary>
    public long Events { get; init; }

    /// <summary>Those of them that were given back: the rooms' tails.</summary>
    public long Restored { get; init; }

    /// <summary>The number of segments.</summary>
    public int Segments { get; init; }

    /// <summary>
    /// What kept it from storing everything, once it is closed, in words; null when everything is stored, and the end says so.
    /// </summary>
    public string? Lost { get; private set; }

    /// <summary>
    /// Writes what is left, says that the end is clean if everything is stored, and lets the directory go. The caller is alone with it by
    /// then: no other thread calls the journal or the writer. Outcomes can still be taken afterwards.
    /// </summary>
    public void Close()
    {
        while (Journal.HasWaiting)
        {
            Journal.Submit();
            Writer.Step();
            Journal.Collect();
        }

        Lost = Writer.End(isWhole: !Journal.HasLost && !Writer.HasLost);
        _lock.Dispose();
    }
}
