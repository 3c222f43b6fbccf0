namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes about who is let in, how much is queued, and what waits for the disk.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Limits { get; } =
    [
        new("an address has one connection too many", "Loop/ConnectionLimiter.cs",
            "entry.Connections >= _limits.ClientsPerAddress",
            "entry.Connections > _limits.ClientsPerAddress",
            "addresses") { IsOnlyFinder = true },
        new("a connection that has ended counts on for its address", "Loop/EventLoop.cs",
            "            _acceptor.Release(connection.Peer);\n",
            "",
            "addresses") { IsOnlyFinder = true },
        new("an address that comes back may make connections anew", "Loop/ConnectionLimiter.cs",
            "_oldestIdle is not null && _oldestIdle.Rate.IsFull(nowMs)",
            "_oldestIdle is not null && _oldestIdle.Rate.IsOpen(nowMs)",
            "addresses"),
        new("a connection does not count against the rate of its address", "Loop/ConnectionLimiter.cs",
            "        entry.Rate.Pass();\n",
            "",
            "addresses") { IsOnlyFinder = true },
        new("twice as much is queued for all together as may be", "Loop/Flusher.cs",
            "_queued.TakeUntil(limitBytes)",
            "_queued.TakeUntil(2 * limitBytes)",
            "limits") { IsOnlyFinder = true },
        new("who was asked whether it is there has next to no time to answer", "Clients/IdleTimer.cs",
            "IsPinged ? limits.IdleCloseMs :",
            "IsPinged ? limits.IdlePingMs + 1 :",
            "ending") { IsOnlyFinder = true },
        new("not the largest is cut when too much is queued", "Delivery/QueuedBytes.cs",
            ".OrderByDescending(static one => one.Part)",
            ".OrderBy(static one => one.Part)",
            "ending"),
        new("what is said while the disk is behind is not delivered", "Chat/ChatState.cs",
            "return room.Subscribers.Publish(chatEvent, actor.Subscriber);",
            "return Journal.IsBehind ? 0 : room.Subscribers.Publish(chatEvent, actor.Subscriber);",
            "live") { IsOnlyFinder = true },
    ];
}
