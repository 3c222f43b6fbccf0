namespace MuxChat.Sockets.Tests.Support;

/// <summary>The time limit that keeps a broken test from hanging. Nothing is measured by it.</summary>
internal static class Guard
{
    /// <summary>Twenty seconds: far more than anything here takes.</summary>
    public const int Ms = 20_000;

    public static TimeSpan Time => TimeSpan.FromMilliseconds(Ms);

    /// <summary>Waits for a condition that has no event of its own.</summary>
    public static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, Ms), $"Within {Ms} ms it did not come to this: {what}");
}
