using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;

namespace MuxChat.Core.Loop;

/// <summary>
/// The input side of one connection. Feeds its client with the bytes read, keeps an unfinished frame, and knows why reading is paused.
/// </summary>
/// <remarks>
/// Invariant: memory is held only while bytes are; each byte read is fed once, in order of
/// arrival. A field of its connection, never copied.
/// </remarks>
internal struct InputPump(LoopContext loop, ProtocolConnection client, IChannel channel)
{
    // Bytes to read when an unfinished frame is held. The buffer should not grow to a full read for each half line.
    private const int ContinuedReadBytes = 16 * 1024;

    // Created for the first frame that arrives in pieces. Most clients never send one.
    private ReassemblyBuffer? _buffer;
    private bool _floodPaused;
    private bool _outputPaused;
    private bool _isStopped;
    private CloseReason _endReason;
    private long _lastWordsEndMs = long.MaxValue;

    /// <summary>Whether the peer has closed its side.</summary>
    public bool IsEnded { get; private set; }

    public readonly bool MayRead => !IsEnded && !_floodPaused && !_outputPaused;

    /// <summary>Whether the peer is gone while commands that it sent before still run.</summary>
    public readonly bool IsLost => _lastWordsEndMs != long.MaxValue;

    /// <summary>
    /// When the pump has work, in the clock's milliseconds: flood control releases the client, or more bytes of a lost peer can be read.
    /// </summary>
    public readonly long ResumeMs => IsLost && MayRead ? loop.NowMs + 1
        : Math.Min(_floodPaused ? client.FloodResumeMs : long.MaxValue, _lastWordsEndMs);

    /// <summary>The reasons for which the client's input waits now.</summary>
    public readonly ClientWaits Waits =>
        (_floodPaused ? ClientWaits.Flood : ClientWaits.None) | (_outputPaused ? ClientWaits.Output : ClientWaits.None);

    /// <summary>Whether a client whose commands wait for its outbox, or for slow work, may go on.</summary>
    public readonly bool CanResumeAfterOutput =>
        _outputPaused && client.Recipient.Outbox.QueuedBytes <= loop.Shared.Limits.OutputResumeBytes && client.IsAnswerReady;

    /// <summary>Bytes of memory held for an unfinished frame; 0 for an idle client.</summary>
    public readonly int HeldBytes => _buffer?.RentedBytes ?? 0;

    private readonly bool IsOpen => !client.Recipient.Closing.IsEnded && !_isStopped;

    /// <summary>The space for the next read: after an unfinished frame, or the scratch buffer that all connections share.</summary>
    public readonly Span<byte> Space()
    {
        var least = channel.MinReceiveBytes;
        var most = Math.Max(loop.Limits.ReadBytesPerTick, least);
        if (_buffer is null || _buffer.IsEmpty)
        {
            return loop.ReadScratch.AsSpan(0, most);
        }

        most = Math.Max(Math.Min(ContinuedReadBytes, most), least);
        return _buffer.GetSpan(most)[..most];
    }

    /// <summary>Feeds the bytes read into <see cref="Space"/> to the client, if it has not ended.</summary>
    public void OnReceived(Span<byte> received)
    {
        if (received.IsEmpty || !IsOpen)
        {
            return;
        }

        client.NoteInput();
        loop.Metrics.BytesReceived.Add(received.Length);
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

    /// <summary>Handles the end of input: whole frames still run. The rest is dropped unless the protocol takes it for a frame.</summary>
    /// <param name="reason">The reason with which the client ends once its frames have run.</param>
    public void End(CloseReason reason)
    {
        IsEnded = true;
        _endReason = reason;
        PumpBuffer();
    }

    /// <summary>
    /// Begins to read the last words of a peer that is gone. The kernel still holds bytes that it sent before (tcp(7)). Their commands run
    /// as fast as flood control allows, for at most <see cref="LoopLimits.LastWordsMs"/>.
    /// </summary>
    public void BeginLastWords()
    {
        _lastWordsEndMs = loop.NowMs + loop.Limits.LastWordsMs;
        client.Abandon();
    }

    /// <summary>Reads more of the last words of a lost peer.</summary>
    private void ReadLastWords()
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
            var status = loop.Receive(channel, space, out var received);
            OnReceived(space[..received]);
            if (status != ChannelStatus.Ok)
            {
                End(CloseReason.Reset);
            }
        }
    }

    /// <summary>Handles each deadline that has passed.</summary>
    public void OnTimer()
    {
        ResumeAfterFlood();
        client.OnDeadline();
        RetryDetection();
        ReadLastWords();
    }

    /// <summary>Stops running commands.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Resumes the commands held back by flood control, if their time has come.</summary>
    private void ResumeAfterFlood()
    {
        if (_floodPaused && loop.NowMs >= client.FloodResumeMs)
        {
            _floodPaused = false;
            PumpBuffer();
        }
    }

    /// <summary>Feeds the held bytes again. A client whose first bytes did not identify its protocol speaks the fallback by now.</summary>
    private void RetryDetection()
    {
        if (_buffer is { IsEmpty: false } && MayRead)
        {
            PumpBuffer();
        }
    }

    /// <summary>Resumes the commands that wait for the outbox.</summary>
    public void ResumeAfterOutput()
    {
        _outputPaused = false;
        PumpBuffer();
    }

    /// <summary>Drops the held bytes and returns their memory.</summary>
    public readonly void Release() => _buffer?.Release();

    private void PumpBuffer()
    {
        // The connection may break while it is pumped. The buffer then still holds bytes whose
        // commands have run, so they must not run again.
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
                    loop.Metrics.FloodPauses.Increment();
                    break;
                case FeedStatus.OutputPaused:
                    _outputPaused = true;
                    loop.Metrics.OutputPauses.Increment();
                    break;
                case FeedStatus.NeedMore when IsEnded && _endReason == CloseReason.EndOfInput && channel.IsEndOrderly
                    && client.TryEndInput(pending[consumed..]):
                    continue;
                case FeedStatus.NeedMore when IsEnded:
                    client.End(_endReason);
                    break;
            }

            return consumed;
        }
    }
}
