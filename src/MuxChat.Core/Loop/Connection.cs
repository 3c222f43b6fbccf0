using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using Phase = MuxChat.Core.Loop.ConnectionPhase;

namespace MuxChat.Core.Loop;

/// <summary>
/// One client of the event loop: its channel, the bytes of an unfinished frame, its conversation, and its outbox.
/// </summary>
/// <remarks>
/// It goes one way: talking, finishing (what is queued is still sent), lingering (nothing more is sent, input is dropped until the peer
/// closes), doomed (closed at the end of the tick). Invariant: it is watched for reading only while it may read, and for writing only
/// while a write has fallen short.
/// </remarks>
internal sealed class Connection : TimerQueue.Entry, IAddressed, IServed
{
    private readonly LoopContext _loop;
    private InputPump _input;
    private OutputPump _output = new();
    private Phase _phase = Phase.Talking;
    private ChannelWatch _watch;
    private long _phaseEndsMs;
    private CloseReason _reason;

    public Connection(LoopContext loop, IChannel channel, Token token)
    {
        _loop = loop;
        Channel = channel;
        Token = token;
        Client = new ProtocolConnection(loop.Shared, new Recipient(loop.Shared.Broadcaster, this));
        _input = new InputPump(loop, Client);
        _watch = new ChannelWatch(loop.Network, channel, token);
        _watch.Begin();
    }

    public IChannel Channel { get; }

    public PeerAddress Address => Channel.Address;

    public string RemoteName => Channel.RemoteName;

    public Token Token { get; }

    public ProtocolConnection Client { get; }

    public CloseReason Reason => Client.Ending != CloseReason.None ? Client.Ending : _reason;

    /// <summary>Bytes of memory held for an unfinished frame; 0 for an idle client.</summary>
    public int HeldInputBytes => _input.HeldBytes;

    private bool IsMarked => _phase == Phase.Talking && Client.Recipient.IsExpelled;

    private bool MayRead => _phase == Phase.Lingering || (_phase == Phase.Talking && _input.MayRead && !_input.IsLost);

    /// <summary>Begins the conversation. Called once, when it can be found by its token.</summary>
    public void Begin(IProtocol? protocol)
    {
        Client.Begin(protocol);
        AfterInput();
    }

    /// <summary>Does what the poller says can be done.</summary>
    public void OnReady(ReadinessFlags flags)
    {
        if ((flags & (ReadinessFlags.Readable | ReadinessFlags.Error)) != 0 && MayRead)
        {
            Read(isError: (flags & ReadinessFlags.Error) != 0);
        }
        else if ((flags & ReadinessFlags.Error) != 0 && !_input.IsLost)
        {
            // Not being read from, it would report the error for ever.
            Lose();
        }

        if ((flags & ReadinessFlags.Writable) != 0)
        {
            Write(isAwaited: false);
        }
    }

    /// <summary>Writes what is queued, as far as the kernel takes it.</summary>
    /// <param name="isAwaited">The last write fell short and the channel has not said since that it can be written.</param>
    public void Write(bool isAwaited)
    {
        var canWrite = _phase is Phase.Talking or Phase.Finishing && !_input.IsLost;
        switch (canWrite ? _output.Flush(_loop, this, isAwaited) : OutputPump.Result.Flushed)
        {
            case OutputPump.Result.Broken:
                Lose();
                return;
            case OutputPump.Result.TooSlow:
                Doom(CloseReason.SlowConsumer);
                return;
            case OutputPump.Result.FellShort:
            case OutputPump.Result.Flushed when _watch.IsForWriting:
                Update();
                break;
        }

        if ((_phase == Phase.Finishing && !_output.FellShort) || _input.CanResumeAfterOutput || IsMarked)
        {
            _loop.Resumable.Add(this);
        }
    }

    /// <summary>Does what is due.</summary>
    public void OnTimer()
    {
        if (_phase is Phase.Finishing or Phase.Lingering && _loop.NowMs >= _phaseEndsMs)
        {
            Doom(_reason);
        }

        if (_phase == Phase.Doomed)
        {
            return;
        }

        if (_phase == Phase.Talking)
        {
            _input.ResumeAfterFlood();
            Client.OnDeadline();
            _input.RetryDetection();
            _input.ReadLastWords(Channel);
            FinishIfEnded();
        }

        if (!_input.IsLost && _loop.NowMs >= _output.SlowMs(_loop.Limits.SlowConsumer))
        {
            // One more attempt before it is judged.
            Write(isAwaited: false);
        }

        Update();
    }

    /// <summary>
    /// Goes on after the outbox has drained: with commands that waited for it, or with the end. One that the chat
    /// has marked ends, drained or not.
    /// </summary>
    public void OnResumable()
    {
        if (_phase == Phase.Finishing)
        {
            Finish();
        }
        else if (_phase == Phase.Talking && (_input.CanResumeAfterOutput || IsMarked))
        {
            Client.EndIfExpelled();
            _input.ResumeAfterOutput();
            AfterInput();
        }
    }

    private void Read(bool isError)
    {
        var space = _phase == Phase.Lingering ? _loop.ReadScratch : _input.Space();
        switch (Channel.Receive(space, out var received))
        {
            case ChannelStatus.Ok when _phase == Phase.Lingering:
                break;
            case ChannelStatus.Ok:
                _input.OnReceived(space[..received]);
                AfterInput();
                break;
            case ChannelStatus.WouldBlock when isError:
            case ChannelStatus.Broken:
                Doom(CloseReason.Reset);
                break;
            case ChannelStatus.EndOfInput when _phase == Phase.Lingering:
                Doom(_reason);
                break;
            case ChannelStatus.EndOfInput:
                _input.End(CloseReason.EndOfInput);
                AfterInput();
                break;
        }
    }

    // The peer is gone: what it had said is still carried out.
    private void Lose()
    {
        if (_phase != Phase.Talking)
        {
            Doom(CloseReason.Reset);
            return;
        }

        _output.Release(_loop);
        Client.Recipient.Close();
        _watch.End();
        _input.BeginLastWords();
        if (_input.CanResumeAfterOutput || IsMarked)
        {
            _loop.Resumable.Add(this);
        }

        Update();
    }

    /// <summary>Tells the client that the server stops, and lets it go once it has what is queued.</summary>
    public void Stop()
    {
        if (_phase == Phase.Talking)
        {
            Client.End(CloseReason.ServerStopping);
            AfterInput();
        }
    }

    /// <summary>
    /// Ends the conversation and gives everything back but the channel. Called once, for a doomed connection, at the end of a tick.
    /// </summary>
    public void Reap()
    {
        _loop.Timers.Cancel(this);
        _input.Release();
        Client.End(_reason);
    }

    /// <inheritdoc/>
    public void Fail(long number)
    {
        if (_phase != Phase.Talking)
        {
            Abandon();
            return;
        }

        Client.Fail(number);
        AfterInput();
    }

    /// <inheritdoc/>
    public void Abandon() => Doom(CloseReason.InternalError);

    private void AfterInput()
    {
        FinishIfEnded();
        Update();
    }

    private void FinishIfEnded()
    {
        if (_phase == Phase.Talking && Client.Ending != CloseReason.None)
        {
            _reason = Client.Ending;
            if (_input.IsLost)
            {
                Doom(_reason);
                return;
            }

            _phase = Phase.Finishing;
            _phaseEndsMs = _loop.NowMs + _loop.Limits.FlushMs;
            _input.Release();
            _loop.Resumable.Add(this);
            if (Client.Recipient.IsExpelled)
            {
                Write(isAwaited: true);
            }
        }
    }

    // Everything is sent. Who has closed its side has nothing more to say; anyone else gets the chance to read the last words.
    private void Finish()
    {
        if (Client.Recipient.Outbox.QueuedBytes > 0 || Client.Recipient.PendingAnswers > 0)
        {
            return;
        }

        if (_input.IsEnded)
        {
            Doom(_reason);
            return;
        }

        Channel.ShutdownSend();
        _phase = Phase.Lingering;
        _phaseEndsMs = _loop.NowMs + _loop.Limits.LingerMs;
        Update();
    }

    /// <summary>Closes it at the end of the tick.</summary>
    public void Doom(CloseReason reason)
    {
        if (_phase != Phase.Doomed)
        {
            _reason = Client.Ending != CloseReason.None ? Client.Ending : reason;
            _phase = Phase.Doomed;
            _output.Release(_loop);
            _input.Stop();
            Client.Recipient.Close();
            _loop.Doomed.Add(this);
        }
    }

    // What it is watched for, and when it is looked at next, follow from the rest.
    private void Update()
    {
        if (_phase == Phase.Doomed)
        {
            return;
        }

        var writes = _output.FellShort && _phase != Phase.Lingering;
        _watch.Set((MayRead ? Interest.Read : Interest.None) | (writes ? Interest.Write : Interest.None));
        var due = _phase == Phase.Talking ? Math.Min(Client.NextDeadlineMs, _input.ResumeMs) : _phaseEndsMs;
        if (_phase != Phase.Lingering && !_input.IsLost)
        {
            due = Math.Min(due, _output.SlowMs(_loop.Limits.SlowConsumer));
        }

        // An entry that stands too early is left where it is: it comes, finds nothing to do, and is put right.
        if (due != long.MaxValue && (!IsScheduled || due < DueMs))
        {
            _loop.Timers.Schedule(this, due);
        }
    }
}
