namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>Once so many lines have passed, everything stops for a time, and then goes on.</summary>
internal sealed class Stall(long afterLines, TimeSpan time)
{
    private readonly Lock _gate = new();
    private Task? _stopped;

    /// <summary>Is complete when nothing is held back (any more).</summary>
    /// <param name="passed">Lines that have passed so far.</param>
    public Task Pass(long passed)
    {
        lock (_gate)
        {
            return passed < afterLines ? Task.CompletedTask : _stopped ??= Task.Delay(time);
        }
    }
}
