using System.Collections.Concurrent;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Sockets.Support;

/// <summary>Keeps what a server tells its operator. Written by the server's threads, read by the test's.</summary>
internal sealed class SignallingObserver : ILoopObserver
{
    private int _clients;
    private int _accepted;

    public ConcurrentQueue<CloseReason> Reasons { get; } = new();

    public Signals Closings { get; } = new();

    public Signals Pauses { get; } = new();

    public Signals TurnedAways { get; } = new();

    public int AcceptedCount => Volatile.Read(ref _accepted);

    public int Clients => Volatile.Read(ref _clients);

    public void Accepted(IPeer peer, int clients)
    {
        Volatile.Write(ref _clients, clients);
        Interlocked.Increment(ref _accepted);
    }

    public void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients)
    {
        Volatile.Write(ref _clients, clients);
        Reasons.Enqueue(reason);
        Closings.Add();
    }

    public void OpeningFailed(IPeer peer, CloseReason reason, string why)
    {
    }

    public void TurnedAway(IPeer peer, ErrorCode why, int clients) => TurnedAways.Add();

    public void AcceptPaused(int pauseMs, int clients) => Pauses.Add();

    public void DatagramDropped(IPeer sender, string why)
    {
    }

    public void DatagramsPaused(int pauseMs)
    {
    }

    public void Draining(int clients)
    {
    }
}
