namespace MuxChat.Testing.Processes;

/// <summary>
/// How long a test waits for what must come before it gives up. It ends a hang and judges nothing: it is far more than ten times what any
/// step takes on a machine that is full. Every wait of the tests has this limit and says, when it is reached, what was waited for.
/// </summary>
public static class Guard
{
    /// <summary>For one event: a line, a frame, a signal, the end of a server. Five minutes.</summary>
    public const int Ms = 300_000;

    /// <summary>For a program that does a whole piece of work: a load test, a fuzz run. Half an hour.</summary>
    public const int ProgramMs = 1_800_000;

    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(Ms);

    /// <summary>Waits for a condition that has no event of its own.</summary>
    public static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, Ms), $"Within {Ms} ms it did not come to this: {what}");
}
