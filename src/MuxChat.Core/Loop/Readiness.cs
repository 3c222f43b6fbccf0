namespace MuxChat.Core.Loop;

/// <summary>The readiness of one registration. It is level-triggered: each wait reports it until the caller has used it up.</summary>
/// <param name="Token">The registration.</param>
/// <param name="Flags">The operations that are ready.</param>
public readonly record struct Readiness(Token Token, ReadinessFlags Flags);

/// <summary>The operations that should not block. This is a hint: a read or write may still return "would block".</summary>
[Flags]
public enum ReadinessFlags
{
    /// <summary>No operation is ready.</summary>
    None = 0,

    /// <summary>Readable, or at the end of input.</summary>
    Readable = 1,

    /// <summary>Writable.</summary>
    Writable = 2,

    /// <summary>There is an error, or both sides are closed.</summary>
    Error = 4,
}

/// <summary>The readiness that a registration asks for. Errors and hang-ups are always reported.</summary>
[Flags]
public enum Interest
{
    /// <summary>Errors only.</summary>
    None = 0,

    /// <summary>Readable (a listener: acceptable).</summary>
    Read = 1,

    /// <summary>Writable.</summary>
    Write = 2,
}
