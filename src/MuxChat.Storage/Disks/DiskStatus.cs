namespace MuxChat.Storage.Disks;

/// <summary>How a call to the disk went.</summary>
public enum DiskStatus
{
    /// <summary>It was done.</summary>
    Ok,

    /// <summary>There is no room, or no quota left. It may work later.</summary>
    Full,

    /// <summary>It failed in any other way.</summary>
    Failed,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>
    /// The file could not be opened: nothing was read or written. It may work later, as when the system has no descriptors at the moment.
    /// </summary>
    NotOpened,

    /// <summary>Somebody else holds the lock that was asked for.</summary>
    InUse,
}
