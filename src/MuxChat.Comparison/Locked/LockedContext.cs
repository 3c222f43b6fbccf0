using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Settings;

namespace MuxChat.Comparison.Locked;

/// <summary>
/// The state that the clients of one server share when many threads serve them. Every use of Core needs <see cref="Gate"/>.
/// </summary>
internal sealed class LockedContext(ClientContext shared, Replaceable<LoopLimits> limits, ILoopObserver observer)
{
    private readonly QueuedBytes<LockedClient> _queued = new();

    /// <summary>The lock around the chat.</summary>
    public Lock Gate { get; } = new();

    public ClientContext Shared { get; } = shared;

    public LoopLimits Limits => limits.Current;

    /// <summary>Catches internal errors, so that each costs one client. Needs the gate.</summary>
    public InternalErrors Errors => Shared.Broadcaster.Errors;

    public ILoopObserver Observer { get; } = observer;

    /// <summary>Decides which connections are admitted. Needs the gate.</summary>
    public ConnectionLimiter Limiter { get; } = new(limits);

    /// <summary>All clients, including those that are finishing. Needs the gate.</summary>
    public HashSet<LockedClient> Clients { get; } = [];

    /// <summary>Reads the clock and returns its milliseconds. Needs the gate.</summary>
    public long RefreshNowMs()
    {
        Shared.Clock.Refresh();
        return Shared.Clock.NowMs;
    }

    /// <summary>
    /// Distributes published events to the outboxes, and wakes their writers. Needs the gate; call it after everything that may publish.
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
    /// Sends the answers that the journal or the background worker has made possible, and
    /// submits new events to the journal. Takes the gate.
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

    /// <summary>Handles the deadlines of every client. Returns the number of clients. Takes the gate.</summary>
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

    /// <summary>Tells every client that the server is stopping. Takes the gate.</summary>
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

    // Checked with the deadlines and not at each write, because between two checks the outboxes grow by slices of the same few segments.
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
