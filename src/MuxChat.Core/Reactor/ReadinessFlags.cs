namespace MuxChat.Core.Reactor;

/// <summary>What can be done without waiting. It is a hint: a read or write may still find that it would have to wait.</summary>
[Flags]
public enum ReadinessFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reading, which may find the end.</summary>
    Readable = 1,

    /// <summary>Writing.</summary>
    Writable = 2,

    /// <summary>There is an error, or both sides are closed.</summary>
    Error = 4,
}
