namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>
/// A server that stops in the middle and goes on later: what passes to clients is held back until they have said so many lines.
/// </summary>
/// <param name="afterHeard">It begins once so many lines have passed to all clients.</param>
/// <param name="untilSent">It ends once clients have sent so many lines.</param>
internal sealed class Stall(long afterHeard, long untilSent)
{
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sent;

    /// <summary>Clients have sent something.</summary>
    public void Note(ReadOnlySpan<byte> sent)
    {
        if (Interlocked.Add(ref _sent, sent.Count((byte)'\n')) >= untilSent)
        {
            _goesOn.TrySetResult();
        }
    }

    /// <summary>Is complete when what has been heard may pass.</summary>
    public Task Pass(long heard) => heard < afterHeard ? Task.CompletedTask : _goesOn.Task;
}
