using MuxChat.Core.Conversations;
using MuxChat.Core.Reactor;

namespace MuxChat.Sockets.Locked;

/// <summary>What the clients of one server share where many threads serve them. Everything of the core's is touched under <see cref="Gate"/> only.</summary>
internal sealed class LockedContext(ConversationContext conversations, LoopLimits limits, ILoopObserver observer)
{
    /// <summary>The one lock.</summary>
    public Lock Gate { get; } = new();

    public ConversationContext Conversations { get; } = conversations;

    public LoopLimits Limits { get; } = limits;

    public ILoopObserver Observer { get; } = observer;

    /// <summary>Who may come in. Under the lock.</summary>
    public Doorkeeper Door { get; } = new(limits);

    /// <summary>The clients there are, those that are finishing included. Under the lock.</summary>
    public HashSet<LockedClient> Clients { get; } = [];

    /// <summary>The time now. Under the lock.</summary>
    public long RefreshNowMs()
    {
        Conversations.Clock.Refresh();
        return Conversations.Clock.NowMs;
    }

    /// <summary>Puts what was published into outboxes and wakes the writers concerned. Under the lock, after everything that may publish.</summary>
    public void Deliver()
    {
        var broadcaster = Conversations.Broadcaster;
        do
        {
            Conversations.Acknowledgements.Submit();
            broadcaster.Distribute();
            while (broadcaster.TryTakeDirty(out var recipient))
            {
                ((LockedClient)recipient.Owner).OnOutput();
            }
        }
        while (broadcaster.HasWork);
    }

    /// <summary>Gives the answers that waited for the journal or the operators' desk, and hands the journal what was said since. Takes the lock.</summary>
    public void CollectAnswers()
    {
        lock (Gate)
        {
            RefreshNowMs();
            Conversations.Acknowledgements.Collect();
            Conversations.Hub.Operators.Collect();
            Deliver();
        }
    }

    /// <summary>Does what is due for every client, and returns how many there are. Takes the lock.</summary>
    public int LookAtDeadlines()
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
        var bytes = Clients.Sum(static client => client.BacklogBytes);
        if (bytes <= Limits.QueuedBytes)
        {
            return;
        }

        while (bytes > Limits.QueuedBytes)
        {
            var largest = Clients.MaxBy(static client => client.BacklogBytes)!;
            bytes -= largest.BacklogBytes;
            largest.Cut(CloseReason.OutputCap);
        }

        Deliver();
    }
}
