namespace MuxChat.Core.Chat.History;

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
