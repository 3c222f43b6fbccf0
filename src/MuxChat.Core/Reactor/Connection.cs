using MuxChat.Core.Conversations;
using MuxChat.Core.Delivery;
using Phase = MuxChat.Core.Reactor.ConnectionPhase;

namespace MuxChat.Core.Reactor;

/// <summary>
/// One client of the event loop: its channel, the bytes of an unfinished frame, its conversation, and its outbox.
/// </summary>
/// <remarks>
/// It goes one way: talking, finishing (what is queued is still sent), lingering (nothing more is sent, input is dropped until the peer closes), doomed
/// (closed at the end of the tick). Invariant: it is watched for reading only while it may read, and for writing only while a write has fallen short.
/// </remarks>
internal sealed class Connection : TimerEntry, IAddressed
{
    private readonly LoopContext _loop;
    private InputPump _input;
    private OutputPump _output = new();
    private Phase _phase = Phase.Talking;
    private Interest _interest = Interest.Read;
    private long _phaseEndsMs;
    private CloseReason _reason;

    public Connection(LoopContext loop, IChannel channel, Token token, Protocols.IProtocol? protocol)
    {
        _loop = loop;
        Channel = channel;
        Token = token;

        // Before the conversation, which may let the client in at once: what cannot be watched has told nobody that it came.
        loop.Network.Add(channel, token, _interest);
        Conversation = new Conversation(loop.Conversations, new Recipient(loop.Conversations.Broadcaster, this), protocol);
        _input = new InputPump(loop, Conversation);
    }

    public IChannel Channel { get; }

    public PeerAddress Address => Channel.Address;

    public string RemoteName => Channel.RemoteName;

    public Token Token { get; }

    public Conversation Conversation { get; }

    public CloseReason Reason => Conversation.Ending != CloseReason.None ? Conversation.Ending : _reason;

    /// <summary>Bytes of memory held for an unfinished frame; 0 for an idle client.</summary>
    public int HeldInputBytes => _input.HeldBytes;

    private bool IsMarked => _phase == Phase.Talking && Conversation.Recipient.IsExpelled;

    private bool MayRead => _phase == Phase.Lingering || (_phase == Phase.Talking && _input.MayRead);

    /// <summary>Begins to watch the clock, once it has its place: a mistake from now on ends it as any other connection.</summary>
    public void Start()
    {
        try
        {
            Reschedule();
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "letting in");
        }
    }

    /// <summary>Does what the poller says can be done.</summary>
    public void OnReady(ReadinessFlags flags)
    {
        try
        {
            React(flags);
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "serving");
        }
    }

    /// <summary>Writes what is queued, as far as the kernel takes it.</summary>
    public void Flush()
    {
        try
        {
            Write(isAwaited: true);
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "writing to");
        }
    }

    /// <summary>Does what is due.</summary>
    public void OnTimer()
    {
        try
        {
            LookAtTheClock();
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "doing what was due for");
        }
    }

    /// <summary>Goes on after the outbox has drained: with commands that waited for it, or with the end. One that the chat has marked ends, drained or not.</summary>
    public void OnDrained()
    {
        try
        {
            GoOn();
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "going on with");
        }
    }

    /// <summary>Tells the client that the server stops, and lets it go once it has what is queued.</summary>
    public void Stop()
    {
        try
        {
            if (_phase == Phase.Talking)
            {
                Conversation.End(CloseReason.ServerStopping);
                AfterInput();
            }
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            Fail(error, "stopping");
        }
    }

    /// <summary>Closes it because more is queued for it than for any other, and for all together too much.</summary>
    public void CutForOutputCap() => Doom(CloseReason.OutputCap);

    /// <summary>Ends the conversation and gives everything back but the channel. Called once, for a doomed connection, at the end of a tick.</summary>
    public void Reap()
    {
        try
        {
            Conversation.End(_reason);
        }
        catch (Exception error) when (_loop.Errors.Catches(error))
        {
            _loop.Errors.Note(error, $"telling that {RemoteName} is gone");
        }

        _loop.Timers.Cancel(this);
        _input.Release();
    }

    // A mistake of the program costs this client its connection, and nobody else anything.
    private void Fail(Exception error, string doing)
    {
        var number = _loop.Errors.Note(error, $"{doing} {RemoteName}");
        if (_phase != Phase.Talking)
        {
            Doom(CloseReason.InternalError);
            return;
        }

        try
        {
            Conversation.Fail(number);
            AfterInput();
        }
        catch (Exception second) when (_loop.Errors.Catches(second))
        {
            _loop.Errors.Note(second, $"ending {RemoteName} after that");
            Doom(CloseReason.InternalError);
        }
    }

    private void React(ReadinessFlags flags)
    {
        if ((flags & (ReadinessFlags.Readable | ReadinessFlags.Error)) != 0 && MayRead)
        {
            Read(isError: (flags & ReadinessFlags.Error) != 0);
        }
        else if ((flags & ReadinessFlags.Error) != 0)
        {
            // Not being read from, it would report the error for ever.
            Doom(CloseReason.Reset);
        }

        if ((flags & ReadinessFlags.Writable) != 0)
        {
            Write(isAwaited: false);
        }
    }

    private void Write(bool isAwaited)
    {
        if (_phase is Phase.Doomed or Phase.Lingering)
        {
            return;
        }

        switch (_output.Flush(_loop, this, isAwaited))
        {
            case OutputPump.Result.Broken:
                Doom(CloseReason.Reset);
                return;
            case OutputPump.Result.TooSlow:
                Doom(CloseReason.SlowConsumer);
                return;
            case OutputPump.Result.FellShort:
                UpdateInterest();
                Reschedule();
                break;
            case OutputPump.Result.Drained when (_interest & Interest.Write) != 0:
                UpdateInterest();
                break;
        }

        if ((_phase == Phase.Finishing && !_output.FellShort) || _input.CanResumeAfterOutput || IsMarked)
        {
            _loop.Drained.Add(this);
        }
    }

    private void LookAtTheClock()
    {
        if (_phase == Phase.Doomed)
        {
            return;
        }

        if (_phase is Phase.Finishing or Phase.Lingering && _loop.NowMs >= _phaseEndsMs)
        {
            Doom(_reason);
            return;
        }

        if (_phase == Phase.Talking)
        {
            _input.ResumeAfterFlood();
            Conversation.OnDeadline();
            _input.LookAgain();
            FinishIfEnded();
        }

        if (_loop.NowMs >= _output.SlowMs(_loop.Limits.SlowConsumer))
        {
            // One more attempt before it is judged.
            Write(isAwaited: false);
        }

        UpdateInterest();
        Reschedule();
    }

    private void GoOn()
    {
        if (_phase == Phase.Finishing)
        {
            Finish();
        }
        else if (_phase == Phase.Talking && (_input.CanResumeAfterOutput || IsMarked))
        {
            Conversation.EndIfExpelled();
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
                _input.Take(space[..received]);
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
                _input.End();
                AfterInput();
                break;
        }
    }

    private void AfterInput()
    {
        FinishIfEnded();
        UpdateInterest();
        Reschedule();
    }

    private void FinishIfEnded()
    {
        if (_phase == Phase.Talking && Conversation.Ending != CloseReason.None)
        {
            _phase = Phase.Finishing;
            _reason = Conversation.Ending;
            _phaseEndsMs = _loop.NowMs + _loop.Limits.FlushMs;
            _input.Release();
            _loop.Drained.Add(this);
            if (Conversation.Recipient.IsExpelled)
            {
                Write(isAwaited: true);
            }
        }
    }

    // Everything is sent. Who has closed its side has nothing more to say; anyone else gets the chance to read the last words.
    private void Finish()
    {
        if (Conversation.Recipient.Outbox.QueuedBytes > 0 || Conversation.Recipient.PendingAnswers > 0)
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
        UpdateInterest();
        Reschedule();
    }

    private void Doom(CloseReason reason)
    {
        if (_phase != Phase.Doomed)
        {
            _reason = Conversation.Ending != CloseReason.None ? Conversation.Ending : reason;
            _phase = Phase.Doomed;
            _output.Release(_loop);
            Conversation.Recipient.Close();
            _loop.Doomed.Add(this);
        }
    }

    private void UpdateInterest()
    {
        if (_phase == Phase.Doomed)
        {
            return;
        }

        var wanted = MayRead ? Interest.Read : Interest.None;
        if (_output.FellShort && _phase != Phase.Lingering)
        {
            wanted |= Interest.Write;
        }

        if (wanted != _interest)
        {
            _loop.Network.SetInterest(Channel, Token, wanted);
            _interest = wanted;
        }
    }

    private void Reschedule()
    {
        var due = _phase switch
        {
            Phase.Doomed => long.MaxValue,
            Phase.Talking => Conversation.NextDeadlineMs,
            _ => _phaseEndsMs,
        };
        if (_phase == Phase.Talking)
        {
            due = Math.Min(due, _input.ResumeMs);
        }

        if (_phase is Phase.Talking or Phase.Finishing)
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
