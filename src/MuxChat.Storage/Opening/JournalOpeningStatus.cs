namespace MuxChat.Storage.Opening;

/// <summary>Whether a journal could be opened.</summary>
public enum JournalOpeningStatus
{
    /// <summary>It is open.</summary>
    Opened,

    /// <summary>Another server has it open.</summary>
    InUse,

    /// <summary>Something in it is damaged that had been durable. It is left as it is.</summary>
    Damaged,

    /// <summary>The disk could not be read or written.</summary>
    DiskFailed,
}
