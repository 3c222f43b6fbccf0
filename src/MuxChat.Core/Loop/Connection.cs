using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using Phase = MuxChat.Core.Delivery.ClosingPhase;

namespace MuxChat.Core.Loop;

/// <summary>One client of the event loop: its channel, the bytes of an unfinished frame, its protocol and its outbox.</summary>
/// <remarks>
/// Its phases follow one order: open, finishing, lingering, closed. While finishing, the connection still sends the queued bytes. While
/// lingering, it sends nothing and drops input until the peer closes. A doomed connection is in the last phase and is reaped at the end of
/// the tick. Invariant: the poller watches it for reading only while it may read. The poller watches it for writing only after a short
/// write, or while the channel holds unsent bytes.
/// </remarks>
internal sealed class Connection : TimerQueue.Entry, IOutputOwner
{
    private readonly LoopContext _loop;
    private InputPump _input;
    private OutputPump _output = new();
    private readonly ClosingState _closing;
    private ChannelWatch _watch;
    private Opening _opening;
    private IPeer _peer;

    public Connection(LoopContext loop, IChannel channel, Token token)
    {
        _loop = loop;
        Channel = channel;
        _peer = channel;
        Token = token;
        Client = new ProtocolConnection(loop.Shared, new Recipient(loop.Shared.Broadcaster, this));
        _closing = Client.Recipient.Closing;
        _input = new InputPump(loop, Client, channel);
        _opening = new Opening(loop, channel, Client);
        _watch = new ChannelWatch(loop.Network, channel, token);
        _watch.Begin();
    }

    public IChannel Channel { get; }
    public IPeer Peer => _peer;
    public PeerAddress Address => _peer.Address;
    public InternetAddress Internet => _peer.Internet;
    public string RemoteName => _peer.RemoteName;
    public LocalUser? User => _peer.User;
    public SecureLink? Secure => _peer.Secure;
    public bool IsDirect => _peer.IsDirect;
    public Token Token { get; }
    public ProtocolConnection Client { get; }
    /// <summary>Bytes of memory held for an unfinished frame; 0 for an idle client.</summary>
    public int HeldInputBytes => _input.HeldBytes;
    /// <summary>The reasons for which the client, or what is sent to it, waits now.</summary>
    public ClientWaits Waits => _input.Waits | (_output.FellShort ? ClientWaits.Slow : ClientWaits.None);

    private bool IsMarked => _closing is { IsOpen: true, IsExpelled: true };
    private bool MayRead => _closing.Phase == Phase.Lingering || (_closing.IsOpen && _input.MayRead && !_input.IsLost);

    /// <summary>Begins to serve the client, or to open its channel. Called once, after the table can find it by its token.</summary>
    public void Begin(IProtocol? protocol)
    {
        _opening.Begin(protocol);
        AfterInput();
    }

    /// <summary>Handles the readiness that the poller reports.</summary>
    public void OnReady(ReadinessFlags flags)
    {
        if ((flags & (ReadinessFlags.Readable | ReadinessFlags.Error)) != 0 && MayRead)
        {
            Read(isError: (flags & ReadinessFlags.Error) != 0);
        }
        else if ((flags & ReadinessFlags.Error) != 0 && !_input.IsLost)
        {
            // The connection does not read now, so the poller would report the error in every tick.
            Lose();
        }

        if ((flags & ReadinessFlags.Writable) != 0)
        {
            Write(isAwaited: false);
        }
    }

    /// <summary>Writes queued bytes until the kernel accepts no more.</summary>
    /// <param name="isAwaited">True if the caller has no report that the socket is writable. After a
    /// short write, the connection then waits for one.</param>
    public void Write(bool isAwaited)
    {
        var canWrite = _closing.Phase is Phase.Open or Phase.Finishing && !_input.IsLost;
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

        if ((_closing.Phase == Phase.Finishing && !_output.FellShort) || _input.CanResumeAfterOutput || IsMarked)
        {
            _loop.Flusher.Resumable.Add(this);
        }
    }

    /// <inheritdoc/>
    public void Flush() => Write(isAwaited: true);

    /// <summary>Handles each deadline that has passed.</summary>
    public void OnTimer()
    {
        if (_loop.NowMs >= _closing.PhaseEndsMs)
        {
            // Any phase but an opening one has a reason already, which counts.
            Doom(CloseReason.HandshakeTimeout);
        }

        if (_closing.Phase == Phase.Closed)
        {
            return;
        }

        if (!_input.IsLost && _loop.NowMs >= _output.TryAgainMs(_loop.Limits.SlowConsumer, Client.NextDeadlineMs))
        {
            // Try once more before a limit is checked. The kernel reports a socket as writable only once a third of its buffer is free.
            Write(isAwaited: false);
        }

        if (_closing.IsOpen && !_opening.IsOn)
        {
            _input.OnTimer();
            FinishIfEnded();
        }

        Update();
    }

    /// <summary>
    /// Resumes a client whose outbox is below its resume mark: runs its held-back commands, or finishes closing. An
    /// expelled client closes even if its outbox is not empty.
    /// </summary>
    public void OnResumable()
    {
        if (_closing.Phase == Phase.Finishing)
        {
            Finish();
        }
        else if (_closing.IsOpen && (_input.CanResumeAfterOutput || IsMarked))
        {
            Client.EndIfExpelled();
            _input.ResumeAfterOutput();
            AfterInput();
        }
    }

    private void Read(bool isError)
    {
        var space = _closing.Phase == Phase.Lingering ? _loop.ReadScratch : _input.Space();
        if (!_opening.Receive(space, isError, out var received, out var status))
        {
            AfterInput();
            return;
        }

        _input.OnReceived(space[..received]);
        switch (status)
        {
            case ChannelStatus.Ok:
                AfterInput();
                break;
            case ChannelStatus.EndOfInput when _closing.Phase == Phase.Lingering:
            case ChannelStatus.WouldBlock when isError:
            case ChannelStatus.Broken:
                Doom(CloseReason.Reset);
                break;
            case ChannelStatus.WouldBlock:
                // A cipher may have read a record and queued a reply to it. The channel then has
                // unsent bytes, and the interest must follow.
                Update();
                break;
            case ChannelStatus.EndOfInput:
                _input.End(CloseReason.EndOfInput);
                AfterInput();
                break;
        }
    }

    // The peer is gone. The commands that it has already sent still run.
    private void Lose()
    {
        if (!_closing.IsOpen || _opening.IsOn)
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
            _loop.Flusher.Resumable.Add(this);
        }

        Update();
    }

    /// <summary>Tells the client that the server is stopping, and closes it once the queued bytes are sent.</summary>
    public void Stop()
    {
        if (_closing.IsOpen)
        {
            Client.End(CloseReason.ServerStopping);
            AfterInput();
        }
    }

    /// <summary>
    /// Ends the client and releases everything except the channel. Called once, for a doomed connection, at the end of a tick.
    /// </summary>
    public void Reap()
    {
        _loop.Timers.Cancel(this);
        _input.Release();
        Client.End(_closing.Reason);
    }

    /// <inheritdoc/>
    public void Fail(long number)
    {
        if (!_closing.IsOpen)
        {
            Abandon();
            return;
        }

        Client.Fail(number);
        AfterInput();
    }

    /// <inheritdoc/>
    public void Abandon() => Doom(CloseReason.InternalError);

    /// <inheritdoc/>
    public CommandResult Readdress(ForwardedPeer client) => NamedPeer.TryReplace(ref _peer, client, Channel, _loop);

    private void AfterInput()
    {
        FinishIfEnded();
        Update();
    }

    private void FinishIfEnded()
    {
        var isEnded = _closing is { IsOpen: true, IsEnded: true };
        if (isEnded && (_input.IsLost || _opening.IsOn))
        {
            Doom(_closing.Reason);
        }
        else if (isEnded)
        {
            _closing.Enter(Phase.Finishing, _loop.NowMs + _loop.Limits.FlushMs);
            _input.Release();
            _loop.Flusher.Resumable.Add(this);
            if (_closing.IsExpelled)
            {
                Write(isAwaited: true);
            }
        }
    }

    // Everything is sent. A peer that has closed its side can be closed at once; any other peer gets time to read the last bytes.
    private void Finish()
    {
        var isSent = Client.TryFinish() && !Channel.HasUnsent;
        if (isSent && _input.IsEnded)
        {
            Doom(_closing.Reason);
        }
        else if (isSent)
        {
            Channel.ShutdownSend();
            _closing.Enter(Phase.Lingering, _loop.NowMs + _loop.Limits.LingerMs);
            Update();
        }
    }

    /// <summary>Marks the connection to be closed at the end of the tick.</summary>
    public void Doom(CloseReason reason)
    {
        if (_closing.Phase != Phase.Closed)
        {
            _closing.Close(reason);
            _output.Release(_loop);
            _input.Stop();
            Client.Recipient.Close();
            _loop.Flusher.Doomed.Add(this);
        }
    }

    // Derives the interest and the next deadline from the rest of the state.
    private void Update()
    {
        if (_closing.Phase == Phase.Closed)
        {
            return;
        }

        var writes = (_output.FellShort || Channel.HasUnsent) && _closing.Phase != Phase.Lingering;
        _watch.Set((MayRead ? Interest.Read : Interest.None) | (writes ? Interest.Write : Interest.None));
        var due = _closing.IsOpen && !_opening.IsOn ? Math.Min(Client.NextDeadlineMs, _input.ResumeMs) : _closing.PhaseEndsMs;
        if (_closing.Phase != Phase.Lingering && !_input.IsLost)
        {
            due = Math.Min(due, _output.SlowMs(_loop.Limits.SlowConsumer));
        }

        // A timer that is too early stays: it fires, finds nothing to do, and is set again.
        if (due != long.MaxValue && (!IsScheduled || due < DueMs))
        {
            _loop.Timers.Schedule(this, due);
        }
    }
}
