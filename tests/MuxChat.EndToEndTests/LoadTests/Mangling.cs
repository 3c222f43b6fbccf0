namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>What a proxy does to a line whose turn it is.</summary>
public enum Mangling
{
    None,
    Drop,
    Repeat,
    SwapWithNext,

    /// <summary>Only with a next line of another sender: each sender's own lines stay in order.</summary>
    SwapSenders,
    ChangeOneBit,
}
