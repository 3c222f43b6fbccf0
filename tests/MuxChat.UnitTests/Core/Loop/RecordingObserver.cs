using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>Keeps what an operator would be told.</summary>
internal sealed class RecordingObserver : ILoopObserver
{
    public List<string> Log { get; } = [];

    public void Accepted(IPeer peer, int clients) => Log.Add($"accepted, {clients}");

    public void Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients) =>
        Log.Add($"closed {nick} {reason}, {clients}");

    public void OpeningFailed(IPeer peer, CloseReason reason, string why) => Log.Add($"not open {reason}: {why}");

    public void TurnedAway(IPeer peer, ErrorCode why, int clients) => Log.Add($"turned away {why}, {clients}");

    public void AcceptPaused(int pauseMs, int clients) => Log.Add($"paused {pauseMs}, {clients}");

    public void DatagramDropped(IPeer sender, string why) => Log.Add($"dropped from {sender.RemoteName}: {why}");

    public void DatagramsPaused(int pauseMs) => Log.Add($"datagrams paused {pauseMs}");

    public void Draining(int clients) => Log.Add($"draining, {clients}");
}
