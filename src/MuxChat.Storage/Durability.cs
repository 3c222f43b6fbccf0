namespace MuxChat.Storage;

/// <summary>What an acknowledgement promises.</summary>
public enum Durability
{
    /// <summary>The event is on the disk (fdatasync): it survives the loss of power.</summary>
    Fsync,

    /// <summary>The event is with the operating system: it survives the end of the process, however it ends, not the loss of power.</summary>
    Os,

    /// <summary>Nothing: the event is written, and nobody waits for it.</summary>
    None,
}
