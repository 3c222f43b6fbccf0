using System.Net;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Bridge;

/// <summary>
/// A swarm on a thread of its own, for frameworks that call from many tasks at once: they hand it work and await the outcome, and the swarm
/// stays single-threaded. Owns the swarm. What is still awaited when it is disposed is cancelled.
/// </summary>
internal sealed class SwarmThread : IDisposable
{
    /// <summary>How late a time limit may be noticed. Work that is handed over wakes the thread at once.</summary>
    private const int LongestWaitMs = 10;

    private readonly Lock _gate = new();
    private readonly List<Job> _given = [];
    private readonly List<Job> _taken = [];
    private readonly List<Waiter> _waiters = [];
    private readonly Swarm _swarm;
    private readonly Thread _thread;
    private Exception? _ended;

    /// <param name="server">Where the clients connect to.</param>
    /// <param name="payloadBytes">Bytes in a line.</param>
    /// <param name="transport">What their connections carry; null for lines.</param>
    public SwarmThread(IPEndPoint server, int payloadBytes, Transport? transport = null)
    {
        _swarm = new Swarm(server, payloadBytes, transport);
        _thread = new Thread(Run) { IsBackground = true, Name = "swarm" };
        _thread.Start();
    }

    /// <summary>Microseconds on the swarm's clock; from any thread.</summary>
    public long NowUs() => _swarm.NowUs();

    /// <summary>Has something done on the swarm's thread; from any thread. What it throws, the task throws.</summary>
    public Task<T> Do<T>(Func<Swarm, T> work)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Give(new Job(() => outcome.TrySetResult(work(_swarm)), error => outcome.TrySetException(error)));
        return outcome.Task;
    }

    /// <summary>
    /// Awaits that a condition holds, which is looked at on the swarm's thread after all that happens there; from any thread.
    /// </summary>
    /// <returns>Whether it held within the time.</returns>
    public Task<bool> Until(Func<Swarm, bool> condition, TimeSpan limit)
    {
        var outcome = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var deadlineUs = NowUs() + (long)limit.TotalMicroseconds;
        Give(new Job(() => _waiters.Add(new Waiter(condition, deadlineUs, outcome)), error => outcome.TrySetException(error)));
        return outcome.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended ??= new OperationCanceledException("the swarm was disposed");
        }

        _swarm.Wake();
        _thread.Join();
    }

    private void Give(Job job)
    {
        lock (_gate)
        {
            if (_ended is null)
            {
                _given.Add(job);
                _swarm.Wake();
                return;
            }
        }

        job.Fail(_ended);
    }

    private void Run()
    {
        try
        {
            while (TakeJobs())
            {
                _taken.ForEach(job => job.Carry());
                _taken.Clear();
                _waiters.RemoveAll(waiter => waiter.IsSettled(_swarm));
                _swarm.Pump(LongestWaitMs);
            }
        }
        catch (Exception error)
        {
            // The swarm itself broke: whoever waits must learn it, here nobody would.
            lock (_gate)
            {
                _ended ??= error;
            }
        }

        _swarm.Dispose();
        _waiters.ForEach(waiter => waiter.Outcome.TrySetException(_ended!));
        _taken.Concat(_given).ToList().ForEach(job => job.Fail(_ended!));
    }

    private bool TakeJobs()
    {
        lock (_gate)
        {
            _taken.AddRange(_given);
            _given.Clear();
            return _ended is null;
        }
    }

    private sealed record Job(Action Work, Action<Exception> Fail)
    {
        public void Carry()
        {
            try
            {
                Work();
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }
    }

    private sealed record Waiter(Func<Swarm, bool> Condition, long DeadlineUs, TaskCompletionSource<bool> Outcome)
    {
        public bool IsSettled(Swarm swarm)
        {
            try
            {
                return Condition(swarm) ? Outcome.TrySetResult(true) : swarm.NowUs() >= DeadlineUs && Outcome.TrySetResult(false);
            }
            catch (Exception error)
            {
                return Outcome.TrySetException(error);
            }
        }
    }
}
