using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;

namespace UpperEcho;

/// <summary>One client: its unfinished line, and what it has not read yet. An idle client holds no memory for either.</summary>
internal sealed class EchoClient
{
    // Read in one turn, so that a client that sends without pause does not starve the others.
    private const int ReadBytes = 16 * 1024;

    // A client that leaves more than this unread is not read from. TCP then stops the client, and no memory grows.
    private const int MaxQueuedBytes = 256 * 1024;

    private readonly INetwork _network;
    private readonly IChannel _channel;
    private readonly EchoBuffers _buffers;
    private readonly ReassemblyBuffer _input = new();
    private readonly LineDecoder _decoder = new(new FrameLimits(), knowsTelnet: false);
    private readonly Outbox _outbox = new();
    private Interest _interest = Interest.Read;
    private bool _hasEnded;
    private bool _isEnding;

    public EchoClient(INetwork network, IChannel channel, Token token, EchoBuffers buffers)
    {
        (_network, _channel, Token, _buffers) = (network, channel, token, buffers);
        network.Add(channel, token, _interest);
    }

    public Token Token { get; }

    /// <summary>From now on no line is answered; the client gets what is queued, and then the end.</summary>
    public void End() => _isEnding = true;

    /// <summary>Reads once, and writes what the kernel takes. False when the client is to be closed.</summary>
    public bool TakeTurn(ReadinessFlags flags)
    {
        // A hang-up may be all that is reported. The read, or the write if nothing is read, finds out what it is.
        var isReadable = (_interest & Interest.Read) != 0 && (flags & (ReadinessFlags.Readable | ReadinessFlags.Error)) != 0;
        if ((isReadable && !Read()) || !Write() || (_hasEnded && _outbox.QueuedBytes == 0))
        {
            return false;
        }

        if (_isEnding && _outbox.QueuedBytes == 0)
        {
            // To close with input unread is a reset, which can destroy lines on their way. So wait until the client closes too.
            _channel.ShutdownSend();
        }

        // Asking for another interest is a system call under epoll, so only when it changes.
        var mayRead = !_hasEnded && (_isEnding || _outbox.QueuedBytes < MaxQueuedBytes);
        var interest = (mayRead ? Interest.Read : Interest.None) | (_outbox.QueuedBytes > 0 ? Interest.Write : Interest.None);
        if (interest != _interest)
        {
            _interest = interest;
            _network.SetInterest(_channel, Token, interest);
        }

        return true;
    }

    public void Close()
    {
        _outbox.Clear();
        _input.Release();
        _network.Close(_channel);
    }

    // Bytes come in any pieces: half a line stays in the buffer until its other half comes.
    private bool Read()
    {
        var status = _channel.Receive(_input.GetSpan(ReadBytes)[..ReadBytes], out var received);
        _input.Advance(received);
        _hasEnded = status == ChannelStatus.EndOfInput;
        if (_isEnding)
        {
            _input.Release(); // Read only so that the client's end is seen.
        }

        return status != ChannelStatus.Broken && (_isEnding || Answer());
    }

    private bool Answer()
    {
        Decoded found;
        do
        {
            found = _decoder.Decode(_input.Pending);
            switch (found.Status)
            {
                case DecodeStatus.Frame:
                    Queue(_input.Pending.Slice(found.Start, found.Length));
                    break;
                case DecodeStatus.TooLong:
                    Queue([.. "LINE TOO LONG"u8]);
                    break;
                case DecodeStatus.Overrun:
                    return false;
            }

            _input.Consume(found.Consumed);
        }
        while (found.Status != DecodeStatus.NeedMore || found.Consumed > 0); // The decoder may skip bytes, and then have more to say.
        return true;
    }

    // The line goes into a segment that all clients share, and the outbox gets a slice of it. Only ASCII changes: UTF-8 stays UTF-8.
    private void Queue(Span<byte> line)
    {
        foreach (ref var letter in line)
        {
            letter -= letter is >= (byte)'a' and <= (byte)'z' ? (byte)32 : (byte)0;
        }

        _buffers.Writer.Begin();
        _buffers.Writer.Put(line);
        _buffers.Writer.Put((byte)'\n');
        _outbox.Append(_buffers.Writer.Commit());
    }

    // The kernel takes what it has room for, perhaps less than asked. The rest stays queued until it is writable again.
    private bool Write()
    {
        while (_outbox.QueuedBytes > 0)
        {
            var bytes = _outbox.Peek(_buffers.Scratch);
            if (_channel.Send(bytes, out var sent) == ChannelStatus.Broken)
            {
                return false;
            }

            _outbox.Consume(sent);
            if (sent < bytes.Length)
            {
                // Else a slow client's few lines could keep a whole segment alive each.
                _outbox.Compact(_buffers.Pool);
                break;
            }
        }

        return true;
    }
}

/// <summary>What all clients share, because the loop serves one at a time.</summary>
internal sealed record EchoBuffers(SegmentPool Pool, SegmentWriter Writer, byte[] Scratch);
