namespace MuxChat.Storage.Format;

/// <summary>What a reader found where the next record should be.</summary>
internal enum ReadStep
{
    /// <summary>A whole record.</summary>
    Record,

    /// <summary>The end of the segment.</summary>
    End,

    /// <summary>Something that is no whole record.</summary>
    Bad,

    /// <summary>The disk could not be read.</summary>
    Unreadable,
}
