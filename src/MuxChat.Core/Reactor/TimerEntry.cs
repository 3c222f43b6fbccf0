namespace MuxChat.Core.Reactor;

/// <summary>One deadline: of a connection, which is its own entry, or of the loop itself. It stands in a <see cref="TimerQueue"/> once or not at all.</summary>
public class TimerEntry
{
    /// <summary>When it is due, in the clock's milliseconds.</summary>
    public long DueMs { get; internal set; }

    /// <summary>Whether it stands in a queue.</summary>
    public bool IsScheduled => HeapIndex >= 0;

    internal int HeapIndex { get; set; } = -1;
}
