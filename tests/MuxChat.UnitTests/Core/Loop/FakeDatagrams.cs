using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>A datagram socket in memory.</summary>
internal sealed class FakeDatagrams : IDatagramChannel
{
    private readonly Queue<(DatagramStatus Status, byte[] Bytes, ulong From)> _incoming = [];

    private ulong _sender;

    public PeerAddress Address => new(_sender, IsLoopback: false);

    public int SenderPort { get; set; } = 40_000;

    public string RemoteName => $"address {_sender}";

    public bool IsReady => _incoming.Count > 0 || AlwaysFails;

    /// <summary>Whether each read fails, and none clears it.</summary>
    public bool AlwaysFails { get; set; }

    /// <summary>The outcome of answers.</summary>
    public DatagramStatus AnswerStatus { get; set; }

    public List<(byte[] Bytes, ulong To)> Answers { get; } = [];

    public void Arrive(byte[] bytes, ulong from = 1) => _incoming.Enqueue((DatagramStatus.Ok, bytes, from));

    public void Fail() => _incoming.Enqueue((DatagramStatus.Failed, [], 0));

    public DatagramStatus Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        if (AlwaysFails || !_incoming.TryDequeue(out var next))
        {
            return AlwaysFails ? DatagramStatus.Failed : DatagramStatus.WouldBlock;
        }

        if (next.Status == DatagramStatus.Ok)
        {
            next.Bytes.CopyTo(buffer);
            (received, _sender) = (next.Bytes.Length, next.From);
        }

        return next.Status;
    }

    public DatagramStatus Answer(ReadOnlySpan<byte> datagram)
    {
        if (AnswerStatus == DatagramStatus.Ok)
        {
            Answers.Add((datagram.ToArray(), _sender));
        }

        return AnswerStatus;
    }
}
