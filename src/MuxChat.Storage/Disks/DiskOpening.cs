namespace MuxChat.Storage.Disks;

/// <summary>What a file is opened for.</summary>
public enum DiskOpening
{
    /// <summary>To be read. It must exist.</summary>
    Read,

    /// <summary>To be written and read. It must exist.</summary>
    Change,

    /// <summary>To be written and read, and empty: made when it does not exist, emptied when it does.</summary>
    Create,
}
