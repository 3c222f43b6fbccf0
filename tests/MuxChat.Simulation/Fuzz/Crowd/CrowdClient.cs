using System.Net;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>One client of the crowd: what it has sent and was not taken yet, and all that it was told.</summary>
internal sealed class CrowdClient : IOutputOwner
{
    private const int MaxTold = 16 * 1024 * 1024;

    // It reads so much a step, and is cut when more than the limit waits.
    private const int SlowBytes = 1500;
    private const int MaxQueuedBytes = 200_000;

    private readonly InputBuffer _pending = new(1024 * 1024);
    private readonly CrowdChat _chat;
    private readonly bool _isSlow;
    private bool _waitsForTime;

    public CrowdClient(CrowdChat chat, int number, ClientContext context, IProtocol? protocol, bool isSlow)
    {
        _chat = chat;
        _isSlow = isSlow;
        RemoteName = $"192.0.2.{number}:4711";
        Address = PeerAddress.Of(IPAddress.Parse($"::ffff:192.0.2.{number}").GetAddressBytes(), isLoopback: false);
        Client = new ProtocolConnection(context, new Recipient(context.Broadcaster, this));
        Client.Begin(protocol);
    }

    public PeerAddress Address { get; }

    public string RemoteName { get; }

    public ProtocolConnection Client { get; }

    /// <summary>All that it was told.</summary>
    public InputBuffer Told { get; } = new(MaxTold);

    /// <summary>Whether it was told everything that was meant for it.</summary>
    public bool IsToldAll { get; private set; } = true;

    public bool IsOver => Client.Ending != CloseReason.None;

    private Outbox Outbox => Client.Recipient.Outbox;

    /// <inheritdoc/>
    public void Flush() => Client.EndIfExpelled();

    /// <inheritdoc/>
    public void Fail(long number) => throw new InvalidOperationException($"Internal error {number}.");

    /// <inheritdoc/>
    public void Abandon() => throw new InvalidOperationException("It was abandoned.");

    /// <summary>It sends bytes.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        _pending.Put(bytes);
        Client.NoteInput();
        Feed();
    }

    /// <summary>Goes on with what waits, if that may be by now.</summary>
    public void GoOn(long nowMs)
    {
        Client.OnDeadline();
        if (!IsOver && (!_waitsForTime || Client.FloodResumeMs <= nowMs))
        {
            Feed();
        }
    }

    /// <summary>It reads what it is told, a slow one not all of it.</summary>
    public void Read(byte[] scratch)
    {
        for (var left = _isSlow ? SlowBytes : long.MaxValue; Outbox.QueuedBytes > 0 && left > 0;)
        {
            var bytes = Outbox.Peek(scratch);
            bytes = bytes[..(int)Math.Min(bytes.Length, left)];
            Told.Put(bytes);
            Outbox.Consume(bytes.Length);
            left -= bytes.Length;
        }

        if (Outbox.QueuedBytes > MaxQueuedBytes)
        {
            Client.End(CloseReason.SlowConsumer);
        }
    }

    /// <summary>The last bytes, as far as it reads them; then nothing more reaches it.</summary>
    public void Close(byte[] scratch)
    {
        Client.End(CloseReason.EndOfInput);
        Read(scratch);
        IsToldAll = Outbox.QueuedBytes == 0 && Told.Length < MaxTold;
        Client.Recipient.Close();
    }

    private void Feed()
    {
        while (true)
        {
            var status = Client.Feed(_pending.Bytes, out var consumed);
            _pending.Remove(0, consumed);
            _waitsForTime = status == FeedStatus.FloodPaused;
            if (status != FeedStatus.FlushFirst)
            {
                return;
            }

            _chat.Flush();
        }
    }
}
