using MuxChat.Core.Protocols;

namespace MuxChat.Core.Loop;

/// <summary>Serves one UDP socket of the event loop: each datagram at once, a bounded number per tick.</summary>
/// <remarks>
/// Datagrams have no outbox, because an outbox merges what it holds and datagrams have boundaries. An answer that cannot be sent now is
/// dropped, as a network may drop it. Nothing that a sender does ends the socket.
/// </remarks>
internal sealed class DatagramListener(LoopContext loop, int listener, IDatagramService service, ILoopObserver observer)
    : TimerQueue.Entry, IDatagramSender
{
    /// <summary>Datagrams handled per tick and listener: 64. The rest wait in the kernel.</summary>
    private const int DatagramsPerTick = 64;

    /// <summary>
    /// The largest content: 65,507 bytes over IPv4 (RFC 791 and 768), and 20 more over IPv6, whose header does not count (RFC 8200).
    /// </summary>
    private const int MaxBytes = 65_527;

    private readonly IDatagramChannel _channel = loop.Network.DatagramsOf(listener)
        ?? throw new ArgumentException("The listener accepts connections.", nameof(listener));

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxBytes, pinned: true);

    /// <summary>
    /// Handles the datagrams that are there. A socket that fails in every call rests for a while, so that the loop does not spin.
    /// </summary>
    public void OnReady()
    {
        var failed = 0;
        for (var i = 0; i < DatagramsPerTick; i++)
        {
            switch (_channel.Receive(_buffer, out var received))
            {
                case DatagramStatus.Ok:
                    loop.Errors.Try(static handled => handled.Listener.Handle(handled.Bytes), (Listener: this, Bytes: received),
                        "handling a datagram");
                    break;
                case DatagramStatus.Failed:
                    // An error of one datagram, such as ICMP's "port unreachable" for an answer. Reading it has cleared it.
                    failed++;
                    break;
                default:
                    return;
            }
        }

        if (failed == DatagramsPerTick)
        {
            loop.Network.SetListening(listener, isListening: false);
            loop.Timers.Schedule(this, loop.NowMs + loop.Limits.AcceptPauseMs);
            observer.DatagramsPaused(loop.Limits.AcceptPauseMs);
        }
    }

    /// <summary>Receives again after a rest.</summary>
    public void Resume() => loop.Network.SetListening(listener, isListening: true);

    int IDatagramSender.Port => _channel.SenderPort;

    string IDatagramSender.DescribeAddress() => _channel.Address.Describe();

    byte[] IDatagramSender.DescribeHost() => loop.Shared.Broadcaster.Hosts.Describe(_channel.Address);

    private void Handle(int bytes)
    {
        var metrics = loop.Shared.Hub.Metrics;
        metrics.DatagramsIn.Increment();
        if (!loop.Datagrams.TryPass(_channel.Address, loop.Limits.DatagramsPerSecond, loop.NowMs))
        {
            Drop("is one too many from its address");
            return;
        }

        if (loop.Shared.Acknowledgements.IsBehind)
        {
            Drop("arrived while the disk was too slow");
            return;
        }

        var datagram = _buffer.AsSpan(0, bytes);
        switch (service.Handle(datagram, this))
        {
            case DatagramResult.Refused:
                Drop("was refused by the service");
                break;
            case DatagramResult.WrongKey:
                Drop("does not begin with the key");
                break;
            case DatagramResult.Answer when _channel.Answer(datagram) != DatagramStatus.Ok:
                Drop("could not be answered");
                break;
        }
    }

    private void Drop(string why)
    {
        loop.Shared.Hub.Metrics.DatagramsDropped.Increment();
        observer.DatagramDropped(_channel, why);
    }
}
