namespace MuxChat.Storage.Tests.Support;

/// <summary>Tests that run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
