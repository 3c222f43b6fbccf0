namespace MuxChat.UnitTests.Storage.Support;

/// <summary>Tests that run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
