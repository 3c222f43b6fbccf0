using MuxChat.Core.Delivery;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Loop;

/// <summary>
/// Writes what was published: the one place where every dirty outbox is written. The loop calls it at the end of a tick, and a connection
/// in the middle of a read when so much is encoded that others should not wait for it.
/// </summary>
internal sealed class Flusher
{
    private readonly Broadcaster _broadcaster;
    private readonly OutputCap _cap;
    private List<Connection> _resumed = [];

    public Flusher(Broadcaster broadcaster, Replaceable<LoopLimits> limits)
    {
        _broadcaster = broadcaster;
        _cap = new OutputCap(Backlog, broadcaster, limits);
    }

    /// <summary>The connections that do not keep up, and what is queued for them.</summary>
    public Backlog Backlog { get; } = new();

    /// <summary>Connections to be closed at the end of the tick.</summary>
    public List<Connection> Doomed { get; } = [];

    /// <summary>Connections whose outbox is below its resume mark, or that may finish closing.</summary>
    public List<Connection> Resumable { get; private set; } = [];

    /// <summary>Whether a flush would still have something to do.</summary>
    public bool HasWork => _broadcaster.HasWork || Doomed.Count > 0;

    /// <summary>
    /// Puts what was published into outboxes and writes each dirty outbox once; then sees that not too much is left in them.
    /// </summary>
    public void FlushAll()
    {
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var recipient))
        {
            _broadcaster.Errors.Try(recipient.Owner!, static (owner, _) => owner.Flush(), 0, "writing to");
        }

        _cap.Enforce();
    }

    /// <summary>Resumes each connection that may go on; one that becomes resumable meanwhile has its turn in the next tick.</summary>
    public void Resume()
    {
        var resumed = Resumable;
        Resumable = _resumed;
        foreach (var connection in resumed)
        {
            _broadcaster.Errors.Try(connection, static (connection, _) => connection.OnResumable(), 0, "resuming");
        }

        resumed.Clear();
        _resumed = resumed;
    }
}
