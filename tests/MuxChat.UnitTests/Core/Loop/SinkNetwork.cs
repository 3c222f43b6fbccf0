using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>
/// A network that allocates nothing: its senders say the same thing whenever they are armed, and everyone's bytes are counted and dropped.
/// </summary>
internal sealed class SinkNetwork(FakeTimeProvider time, int clients, int senders, byte[] says, int maxSend) : INetwork
{
    private readonly SinkChannel[] _channels = new SinkChannel[clients];
    private int _accepted;
    private bool _isArmed;

    public string IoName => "sink";

    public int ListenerCount => 1;

    /// <summary>What each sends first, by its number.</summary>
    public Func<int, byte[]> FirstWords { get; init; } = static _ => [];

    public long BytesSent { get; set; }

    public long Sends { get; set; }

    /// <summary>Lets every sender speak once in the next tick.</summary>
    public void Arm() => _isArmed = true;

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        time.AdvanceMs(1);
        var count = 0;
        if (_accepted < clients)
        {
            _isArmed = false;
            ready[count++] = new Readiness(Token.ForListener(0), ReadinessFlags.Readable);
            return count;
        }

        for (var i = 0; i < clients; i++)
        {
            var channel = _channels[i];
            if (i < senders && _isArmed)
            {
                channel.Arm();
            }

            var flags = channel.HasInput && (channel.Interest & Interest.Read) != 0 ? ReadinessFlags.Readable : ReadinessFlags.None;
            flags |= (channel.Interest & Interest.Write) != 0 ? ReadinessFlags.Writable : ReadinessFlags.None;
            if (flags != ReadinessFlags.None)
            {
                ready[count++] = new Readiness(channel.Token, flags);
            }
        }

        _isArmed = false;
        return count;
    }

    public void Hold(int microseconds)
    {
    }

    public void Wake()
    {
    }

    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        channel = null;
        if (_accepted == clients)
        {
            return AcceptStatus.WouldBlock;
        }

        channel = _channels[_accepted] = new SinkChannel(this, FirstWords(_accepted), says, maxSend);
        _accepted++;
        return AcceptStatus.Accepted;
    }

    public void SetListening(int listener, bool isListening)
    {
    }

    public void CloseListeners()
    {
    }

    public void Add(IChannel channel, Token token, Interest interest)
    {
        ((SinkChannel)channel).Token = token;
        ((SinkChannel)channel).Interest = interest;
    }

    public void SetInterest(IChannel channel, Token token, Interest interest) => ((SinkChannel)channel).Interest = interest;

    public void Remove(IChannel channel) => throw new InvalidOperationException("Nobody breaks.");

    public void Close(IChannel channel) => throw new InvalidOperationException("Nobody leaves.");

    public void Dispose()
    {
    }

    private sealed class SinkChannel(SinkNetwork network, byte[] first, byte[] says, int maxSend) : IChannel
    {
        private byte[] _first = first;
        private int _left;

        public string RemoteName => "sink";

        public PeerAddress Address => new(0, IsLoopback: true);

        public Token Token { get; set; }

        public Interest Interest { get; set; }

        public bool HasInput => _first.Length > 0 || _left > 0;

        public void Arm() => _left = says.Length;

        public ChannelStatus Receive(Span<byte> buffer, out int received)
        {
            if (_first.Length > 0)
            {
                _first.CopyTo(buffer);
                received = _first.Length;
                _first = [];
                return ChannelStatus.Ok;
            }

            // The last bytes come in a read of their own, so that an unfinished frame is held each time.
            received = _left > 3 ? says.Length - 3 : _left;
            says.AsSpan(says.Length - _left, received).CopyTo(buffer);
            _left -= received;
            return received == 0 ? ChannelStatus.WouldBlock : ChannelStatus.Ok;
        }

        public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
        {
            sent = Math.Min(bytes.Length, maxSend);
            network.BytesSent += sent;
            network.Sends++;
            return ChannelStatus.Ok;
        }

        public void ShutdownSend() => throw new InvalidOperationException("Nobody leaves.");
    }
}
