namespace MuxChat.Core.Protocols;

/// <summary>What the first bytes of a connection say about its protocol.</summary>
public enum ProtocolMatch
{
    /// <summary>It is not this one.</summary>
    No,

    /// <summary>More bytes are needed to tell.</summary>
    Unsure,

    /// <summary>It is this one.</summary>
    Yes,
}
