namespace MuxChat.EndToEndTests.Support;

/// <summary>For tests that measure a server's processor time: they run after all others, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
