using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Settings;

namespace MuxChat.Comparison.Locked;

/// <summary>
/// What the clients of one server share where many threads serve them. Everything of the core's is touched under <see cref="Gate"/> only.
/// </summary>
internal sealed class LockedContext(ClientContext shared, Replaceable<LoopLimits> limits, ILoopObserver observer)
{
    private readonly QueuedBytes<LockedClient> _queued = new();

    /// <summary>The one lock.</summary>
    public Lock Gate { get; } = new();

    public ClientContext Shared { get; } = shared;

    public LoopLimits Limits => limits.Current;

    /// <summary>Mistakes of the program that one client pays for. Under the lock.</summary>
    public InternalErrors Errors => Shared.Broadcaster.Errors;

    public ILoopObserver Observer { get; } = observer;

    /// <summary>Who may come in. Under the lock.</summary>
    public ConnectionLimiter Limiter { get; } = new(limits);

    /// <summary>The clients there are, those that are finishing included. Under the lock.</summary>
    public HashSet<LockedClient> Clients { get; } = [];

    /// <summary>The time now. Under the lock.</summary>
    public long RefreshNowMs()
    {
        Shared.Clock.Refresh();
        return Shared.Clock.NowMs;
    }

    /// <summary>
    /// Puts what was published into outboxes and wakes the writers concerned. Under the lock, after everything that may publish.
    /// </summary>
    public void Deliver()
    {
        var broadcaster = Shared.Broadcaster;
        do
        {
            Errors.Try(static context => context.Acknowledgements.Submit(), Shared, "submitting events to the journal");
            broadcaster.Distribute();
            while (broadcaster.TryTakeDirty(out var recipient))
            {
                recipient.Owner!.Flush();
            }
        }
        while (broadcaster.HasWork);
    }

    /// <summary>
    /// Gives the answers that waited for the journal or the background worker, and hands the journal the events since. Takes the lock.
    /// </summary>
    public void CollectAnswers()
    {
        lock (Gate)
        {
            RefreshNowMs();
            Errors.Try(static context => context.Acknowledgements.Collect(), Shared, "delivering the journal's answers");
            Errors.Try(static context => context.Hub.Operators.Collect(), Shared, "delivering answers to operators");
            Deliver();
        }
    }

    /// <summary>Does what is due for every client, and returns how many there are. Takes the lock.</summary>
    public int CheckDeadlines()
    {
        lock (Gate)
        {
            RefreshNowMs();
            foreach (var client in Clients)
            {
                client.OnTime();
            }

            Deliver();
            HoldBacklogDown();
            return Clients.Count;
        }
    }

    /// <summary>Tells every client that the server stops. Takes the lock.</summary>
    public void StopClients()
    {
        lock (Gate)
        {
            RefreshNowMs();
            Observer.Draining(Clients.Count);
            foreach (var client in Clients)
            {
                client.Stop();
            }

            Deliver();
        }
    }

    // At each look and not at each write: in between, outboxes grow by slices of the same few segments.
    private void HoldBacklogDown()
    {
        if (Clients.Sum(static client => client.BacklogBytes) <= Limits.QueuedBytes)
        {
            return;
        }

        foreach (var client in Clients.Where(static client => client.BacklogBytes > 0))
        {
            _queued.Add(client, static (client, into) => client.CopyQueued(into));
        }

        foreach (var client in _queued.TakeUntil(Limits.QueuedBytes))
        {
            client.Cut(CloseReason.OutputCap);
        }

        _queued.Clear();
        Deliver();
    }
}
