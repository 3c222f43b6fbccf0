namespace MuxChat.Core.Reactor;

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
