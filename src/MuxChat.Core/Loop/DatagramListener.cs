using MuxChat.Core.Protocols;

namespace MuxChat.Core.Loop;

/// <summary>Serves one UDP socket of the event loop: each datagram at once, a bounded number per tick.</summary>
/// <remarks>
/// Datagrams have no outbox, because an outbox merges what it holds and datagrams have boundaries. An answer that cannot be sent now is
/// dropped, as a network may drop it. Nothing that a sender does ends the socket.
/// </remarks>
internal sealed class DatagramListener(LoopContext loop, IDatagramChannel channel, IDatagramService service, ILoopObserver observer)
    : IDatagramSender
{
    /// <summary>Datagrams handled per tick and listener: 64. The rest wait in the kernel.</summary>
    private const int DatagramsPerTick = 64;

    /// <summary>The largest content: 65,507 bytes over IPv4 (RFC 768), and 20 more over IPv6, whose header does not count.</summary>
    private const int MaxBytes = 65_527;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(MaxBytes, pinned: true);

    /// <summary>Handles the datagrams that are there. Returns false if the socket failed in every call, so that it should rest.</summary>
    public bool OnReady()
    {
        var failed = 0;
        for (var i = 0; i < DatagramsPerTick; i++)
        {
            switch (channel.Receive(_buffer, out var received))
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
                    return true;
            }
        }

        return failed < DatagramsPerTick;
    }

    string IDatagramSender.DescribeAddress() => channel.Address.Describe();

    byte[] IDatagramSender.DescribeHost() => loop.Shared.Broadcaster.Hosts.Describe(channel.Address);

    private void Handle(int bytes)
    {
        var metrics = loop.Shared.Hub.Metrics;
        metrics.DatagramsIn.Increment();
        if (!loop.Datagrams.TryPass(channel.Address, loop.Limits.DatagramsPerSecond, loop.NowMs))
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
            case DatagramResult.Answer when channel.Answer(datagram) != DatagramStatus.Ok:
                Drop("could not be answered");
                break;
        }
    }

    private void Drop(string why)
    {
        loop.Shared.Hub.Metrics.DatagramsDropped.Increment();
        observer.DatagramDropped(channel, why);
    }
}
