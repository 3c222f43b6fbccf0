namespace MuxChat.LoadTests.Comparing;

/// <summary>What a difference means.</summary>
internal enum Verdict
{
    /// <summary>The rounds do not show it.</summary>
    Unknown,
    Same,
    Slower,
    Faster,
}
