using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Loop;

/// <summary>
/// The phase of one connection before its client begins: its channel still opens, as with a TLS handshake (RFC 8446, section 2). Starts
/// the client when the channel has opened.
/// </summary>
/// <remarks>
/// A field of its connection, never copied. Invariant: while it lasts, the client has no protocol and no session, and the connection's
/// phase ends at the deadline. A channel begins to open before it has given its first bytes to the client, or never.
/// </remarks>
internal struct Opening(LoopContext loop, IChannel channel, ProtocolConnection client)
{
    private IProtocol? _protocol;
    private bool _isOver;
    private bool _isNamed;

    /// <summary>Whether the channel opens.</summary>
    public bool IsOn { get; private set; }

    private readonly ClosingState Closing => client.Recipient.Closing;

    /// <summary>Starts the client now, if the channel is open.</summary>
    /// <param name="protocol">The client's protocol; null to recognise it from its first bytes.</param>
    public void Begin(IProtocol? protocol)
    {
        _protocol = protocol;
        if (channel.IsOpening)
        {
            Start();
        }
        else
        {
            client.Begin(protocol);
        }
    }

    /// <summary>Reads from the channel. While it opens, this moves it on.</summary>
    /// <param name="space">The space for the bytes.</param>
    /// <param name="isError">Whether the poller has reported an error.</param>
    /// <param name="received">The number of bytes read.</param>
    /// <param name="status">The outcome.</param>
    /// <returns>Whether the caller handles the outcome. If not, the channel still opens, or the client has ended.</returns>
    public bool Receive(Span<byte> space, bool isError, out int received, out ChannelStatus status)
    {
        (received, status) = (0, ChannelStatus.WouldBlock);
        if (IsOn && !loop.TryOpeningStep())
        {
            // The bytes stay in the kernel, and the next tick reports them again.
            return false;
        }

        status = loop.Receive(channel, space, out received);

        // A client that has ended, because the server stops, opens no more: what it still sends is dropped.
        return _isOver || Closing.IsEnded || IsOpen(status, isError);
    }

    private bool IsOpen(ChannelStatus status, bool isError)
    {
        if (!channel.IsOpening)
        {
            var hasOpened = IsOn;
            if (hasOpened)
            {
                Stop();
            }

            // After a PROXY header that came alone, the client's first byte may still begin a handshake.
            _isOver = status != ChannelStatus.WouldBlock;
            if (hasOpened && !IsAdmitted())
            {
                return false;
            }

            if (hasOpened)
            {
                loop.Metrics.Handshakes.Increment("completed");
                client.Begin(_protocol ?? loop.Shared.Detector.Find(channel.AgreedProtocol));
            }

            return true;
        }

        if (!IsOn)
        {
            Start();
        }

        if (channel.OpeningFault.Length > 0)
        {
            // The last bytes of the channel, such as an alert, are sent like those of any client.
            Stop();
            client.End(CloseReason.HandshakeFailed);
        }
        else if (isError || status != ChannelStatus.WouldBlock)
        {
            client.End(status == ChannelStatus.EndOfInput ? CloseReason.EndOfInput : CloseReason.Reset);
        }
        else
        {
            // A proxy names its client before the client's handshake, which a client over its limits should not get.
            IsAdmitted();
        }

        return false;
    }

    // The client that a proxy named counts, instead of the proxy.
    private bool IsAdmitted()
    {
        if (_isNamed || channel.Forwarded is not { } named)
        {
            return true;
        }

        _isNamed = true;
        var answer = client.Recipient.Owner!.Readdress(named);
        if (!answer.IsOk)
        {
            TurnAway(answer);
        }

        return answer.IsOk;
    }

    // A channel that still opens can say nothing.
    private readonly void TurnAway(in CommandResult why)
    {
        client.End(CloseReason.AddressLimit);
        if (!channel.IsOpening)
        {
            client.Recipient.SetProtocol(_protocol ?? loop.Shared.Detector.Fallback);
            client.Recipient.Receive(new ChatEvent { Kind = EventKind.Error, Result = why });
        }
    }

    private void Start()
    {
        IsOn = true;
        Closing.EndPhaseAt(loop.NowMs + loop.Limits.HandshakeMs);
    }

    private void Stop()
    {
        (IsOn, _isOver) = (false, true);
        Closing.EndPhaseAt(long.MaxValue);
    }
}
