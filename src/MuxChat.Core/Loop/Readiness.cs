namespace MuxChat.Core.Loop;

/// <summary>One registration that is ready. Level-triggered: it is reported again until what is ready was used up.</summary>
/// <param name="Token">Which one.</param>
/// <param name="Flags">What for.</param>
public readonly record struct Readiness(Token Token, ReadinessFlags Flags);

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

/// <summary>What a registration wants to be told. Errors and hang-ups are told whatever the interest.</summary>
[Flags]
public enum Interest
{
    /// <summary>Nothing but errors.</summary>
    None = 0,

    /// <summary>That it can be read (or accepted from).</summary>
    Read = 1,

    /// <summary>That it can be written.</summary>
    Write = 2,
}
