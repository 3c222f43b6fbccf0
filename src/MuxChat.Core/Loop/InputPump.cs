using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;

namespace MuxChat.Core.Loop;

/// <summary>
/// The way in of one connection: feeds its client with what was read, keeps what is no whole frame yet, and knows why
/// it may not read at the moment.
/// </summary>
/// <remarks>
/// Invariant: memory is held only while bytes are; bytes that were read are fed in the order they came, each once. A field
/// of its connection, never copied.
/// </remarks>
internal struct InputPump(LoopContext loop, ProtocolConnection client)
{
    // Bytes asked for when an unfinished frame is held: the buffer should not grow to a full read for each half line.
    private const int ContinuedReadBytes = 16 * 1024;

    // Made for the first frame that comes in pieces: most clients never send one.
    private ReassemblyBuffer? _buffer;
    private bool _floodPaused;
    private bool _outputPaused;
    private bool _isStopped;
    private CloseReason _endReason;
    private long _lastWordsEndMs = long.MaxValue;

    /// <summary>Whether the peer has closed its side.</summary>
    public bool IsEnded { get; private set; }

    public readonly bool MayRead => !IsEnded && !_floodPaused && !_outputPaused;

    /// <summary>Whether the peer is gone, and what it had said is still carried out.</summary>
    public readonly bool IsLost => _lastWordsEndMs != long.MaxValue;

    /// <summary>When there is something to do: a client that has said too much may go on, or more of one that is lost is read.</summary>
    public readonly long ResumeMs => IsLost && MayRead ? loop.NowMs + 1
        : Math.Min(_floodPaused ? client.FloodResumeMs : long.MaxValue, _lastWordsEndMs);

    /// <summary>Whether a client whose commands waited for its outbox may go on.</summary>
    public readonly bool CanResumeAfterOutput =>
        _outputPaused && client.Recipient.Outbox.QueuedBytes <= loop.Shared.Limits.OutputResumeBytes;

    /// <summary>Bytes of memory held for an unfinished frame; 0 for an idle client.</summary>
    public readonly int HeldBytes => _buffer?.RentedBytes ?? 0;

    private readonly bool IsOpen => !client.Recipient.Closing.IsEnded && !_isStopped;

    /// <summary>Where the next read goes: behind an unfinished frame, or into the scratch that all connections share.</summary>
    public readonly Span<byte> Space()
    {
        if (_buffer is null || _buffer.IsEmpty)
        {
            return loop.ReadScratch;
        }

        var max = Math.Min(ContinuedReadBytes, loop.Limits.ReadBytesPerTick);
        return _buffer.GetSpan(max)[..max];
    }

    /// <summary>Takes what was read into <see cref="Space"/>.</summary>
    public void OnReceived(Span<byte> received)
    {
        client.NoteInput();
        if (_buffer is { IsEmpty: false })
        {
            _buffer.Advance(received.Length);
            PumpBuffer();
            return;
        }

        var consumed = Pump(received);
        if (IsOpen && consumed < received.Length)
        {
            _buffer ??= new ReassemblyBuffer();
            _buffer.Append(received[consumed..]);
        }
    }

    /// <summary>Nothing more comes: what is whole is still carried out, the rest is dropped.</summary>
    /// <param name="reason">Why; the client ends with it, once all is carried out.</param>
    public void End(CloseReason reason)
    {
        IsEnded = true;
        _endReason = reason;
        PumpBuffer();
    }

    /// <summary>
    /// The peer is gone and hears nothing more. What it had said, the kernel still holds (tcp(7)); it is carried out as fast as flood
    /// control lets it, for as long as <see cref="LoopLimits.LastWordsMs"/> allows.
    /// </summary>
    public void BeginLastWords()
    {
        _lastWordsEndMs = loop.NowMs + loop.Limits.LastWordsMs;
    }

    /// <summary>Reads more of what a lost peer had said.</summary>
    public void ReadLastWords(IChannel channel)
    {
        if (!IsLost || client.Recipient.Closing.IsEnded)
        {
            return;
        }

        if (loop.NowMs >= _lastWordsEndMs)
        {
            client.End(CloseReason.Reset);
        }
        else if (MayRead)
        {
            var space = Space();
            if (channel.Receive(space, out var received) == ChannelStatus.Ok)
            {
                OnReceived(space[..received]);
            }
            else
            {
                End(CloseReason.Reset);
            }
        }
    }

    /// <summary>Nothing more is carried out.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Goes on with what was held back for flooding, if the time has come.</summary>
    public void ResumeAfterFlood()
    {
        if (_floodPaused && loop.NowMs >= client.FloodResumeMs)
        {
            _floodPaused = false;
            PumpBuffer();
        }
    }

    /// <summary>Takes what is held once more: a client whose first bytes did not tell its protocol speaks the fallback by now.</summary>
    public void RetryDetection()
    {
        if (_buffer is { IsEmpty: false } && MayRead)
        {
            PumpBuffer();
        }
    }

    /// <summary>Goes on with what waited for the outbox.</summary>
    public void ResumeAfterOutput()
    {
        _outputPaused = false;
        PumpBuffer();
    }

    /// <summary>Drops what is held.</summary>
    public readonly void Release() => _buffer?.Release();

    private void PumpBuffer()
    {
        // Broken while it was pumped, it is not heard again: what was carried out then still stands here.
        if (!IsOpen)
        {
            return;
        }

        var consumed = Pump(_buffer is null ? [] : _buffer.Pending);
        if (IsOpen)
        {
            _buffer?.Consume(consumed);
        }
    }

    private int Pump(Span<byte> pending)
    {
        var consumed = 0;
        while (true)
        {
            var status = client.Feed(pending[consumed..], out var taken);
            consumed += taken;
            switch (status)
            {
                case FeedStatus.FlushFirst:
                    loop.Flusher.FlushAll();
                    if (!IsOpen)
                    {
                        return consumed;
                    }

                    continue;
                case FeedStatus.FloodPaused:
                    _floodPaused = true;
                    break;
                case FeedStatus.OutputPaused:
                    _outputPaused = true;
                    break;
                case FeedStatus.NeedMore when IsEnded:
                    client.End(_endReason);
                    break;
            }

            return consumed;
        }
    }
}
