namespace MuxChat.Server.Tests.Support;

/// <summary>How long a test waits for an event before it gives up. Only a guard against hanging: nothing is ever expected to take so long.</summary>
public static class Guard
{
    public const int Ms = 30_000;

    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(Ms);
}
