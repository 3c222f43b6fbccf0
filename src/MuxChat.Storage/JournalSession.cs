namespace MuxChat.Storage;

/// <summary>An open journal: its two sides and the directory's lock.</summary>
/// <remarks><see cref="Close"/> ends it. Without that the next start treats this server's end as unclean.</remarks>
public sealed class JournalSession : IStorageSession
{
    private readonly IDisposable _lock;

    internal JournalSession(Journal journal, JournalWriter writer, IDisposable directoryLock)
    {
        Journal = journal;
        Writer = writer;
        _lock = directoryLock;
    }

    /// <summary>The loop's side of the journal.</summary>
    public Journal Journal { get; }

    /// <summary>The disk's side of the journal.</summary>
    public JournalWriter Writer { get; }

    /// <summary>
    /// Whether the last server had stored all its events when it stopped, or there was none. If false, some
    /// event numbers may belong to events that were lost.
    /// </summary>
    public bool WasClean { get; init; }

    /// <summary>Whether the disk was full when the journal was opened.</summary>
    public bool BeganFull { get; init; }

    /// <summary>All valid events in the journal.</summary>
    public long Events { get; init; }

    /// <summary>Events restored from it: the rooms' tails.</summary>
    public long Restored { get; init; }

    /// <summary>The number of segments.</summary>
    public int Segments { get; init; }

    /// <summary>The reason, in words, why a closed journal did not store everything; null when it did and its end is clean.</summary>
    public string? Lost { get; private set; }

    string IStorageSession.ThreadName => "journal";

    Action? IStorageSession.Submitted
    {
        set => Journal.Submitted = value;
    }

    Action? IStorageSession.OutcomeReady
    {
        set => Writer.OutcomeReady = value;
    }

    TimeSpan IStorageSession.Pause => Writer.Pause;

    /// <summary>
    /// Writes the remaining events, marks the end as clean if everything is stored, and releases the directory. No other thread may use the
    /// journal or the writer any more. Outcomes can still be taken afterwards.
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

    bool IStorageSession.Step() => Writer.Step();
}
