namespace MuxChat.UnitTests;

/// <summary>
/// Tests that measure what their process allocates. They run in the deep run, where they are all that this
/// program runs, one after the other.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
