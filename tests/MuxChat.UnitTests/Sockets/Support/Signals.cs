using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Counts that something has happened, for a thread that waits for it.</summary>
internal sealed class Signals
{
    private readonly object _monitor = new();
    private int _count;

    public void Add()
    {
        lock (_monitor)
        {
            _count++;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Waits for one more; fails when there is none.</summary>
    public void Take(string what) => Assert.True(TryTake(Guard.Ms), $"Within {Guard.Ms} ms it did not come to this: {what}");

    public bool TryTake(int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        lock (_monitor)
        {
            while (_count == 0)
            {
                var left = until - Environment.TickCount64;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_monitor, (int)left);
            }

            _count--;
            return true;
        }
    }
}
