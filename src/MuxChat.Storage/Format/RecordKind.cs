namespace MuxChat.Storage.Format;

/// <summary>What a record is: its first byte. The numbers are stored and do not change.</summary>
internal enum RecordKind : byte
{
    /// <summary>No record.</summary>
    None = 0,

    /// <summary>The beginning of a batch, see <see cref="BatchHeader"/>.</summary>
    Batch = 1,

    /// <summary>An event, in the form of Core's EventRecord.</summary>
    Event = 2,

    /// <summary>A server began to write here: 8 bytes of time in milliseconds since 1970-01-01 UTC.</summary>
    Start = 3,

    /// <summary>A server ended here, and everything it was given is stored: 8 bytes of time.</summary>
    CleanEnd = 4,

    /// <summary>How a room stands, or that it was forgotten, in the form of Core's StandingRecord. Since version 2.</summary>
    Standing = 5,
}
