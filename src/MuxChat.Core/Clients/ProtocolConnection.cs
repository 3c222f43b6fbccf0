using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// One client's side of the chat, from received bytes to queued events. It decodes frames in the client's protocol,
/// applies the flood budget and the idle limits, and answers.
/// </summary>
/// <remarks>
/// It knows no sockets: every I/O model feeds it and empties its recipient's outbox. Owner: one connection, on one thread at a time. The
/// protocol may change between two frames (see <see cref="SpokenProtocol"/>).
/// </remarks>
public sealed class ProtocolConnection
{
    private readonly ClientContext _context;
    private InputBudget _budget;
    private readonly SpokenProtocol _spoken;
    private long _internalError;
    private readonly HandlerHost _host;
    private bool _hasSaidGoodbye;

    /// <summary>Creates a client. Call <see cref="Begin"/> next.</summary>
    /// <param name="context">The services that all clients share.</param>
    /// <param name="recipient">The client's output.</param>
    public ProtocolConnection(ClientContext context, Recipient recipient)
    {
        (_context, Recipient) = (context, recipient);
        _host = new HandlerHost(context, recipient);
        _spoken = new SpokenProtocol(context, _host, Recipient);
        _budget = new InputBudget(context);
    }

    /// <summary>The client's output.</summary>
    public Recipient Recipient { get; }

    /// <summary>The reason why the client has ended; <see cref="CloseReason.None"/> while it has not.</summary>
    public CloseReason Ending => Recipient.Closing.IsEnded ? Recipient.Closing.Reason : CloseReason.None;

    /// <summary>Whether a client whose answer waited for slow work may go on.</summary>
    public bool IsAnswerReady => _spoken.Handler is null or { HasMore: false } or { IsAnswerReady: true };

    /// <summary>The time at which a client paused for flooding may continue, in the clock's milliseconds.</summary>
    public long FloodResumeMs => _budget.ResumeMs;

    /// <summary>The client's nick, for logs; empty without a session.</summary>
    public string NickForLog => Encoding.ASCII.GetString(Nick);

    /// <summary>The client's nick, in ASCII; empty without a session.</summary>
    internal ReadOnlySpan<byte> Nick => _spoken.Handler?.Session is { } session ? session.Person.Nick : default;

    /// <summary>The name of the client's protocol; null until it is known.</summary>
    internal string? ProtocolName => _spoken.Current?.Name;

    /// <summary>
    /// The time for the next call of <see cref="OnDeadline"/>, in the clock's milliseconds; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public long NextDeadlineMs => Recipient.Closing.IsEnded ? long.MaxValue : _spoken.IdleMs;

    /// <summary>
    /// Starts the client. If its protocol is known and has a greeting, the client gets it now. May be called again, later, while the
    /// protocol is unknown; the client's silence counts from then.
    /// </summary>
    /// <param name="protocol">The client's protocol; null to recognise it from the first bytes.</param>
    public void Begin(IProtocol? protocol)
    {
        _spoken.Begin();
        if (protocol is not null)
        {
            _spoken.Change(protocol);
        }
    }

    /// <summary>
    /// Decodes frames from the front of <paramref name="pending"/> and executes them until there is a
    /// reason to stop. The caller calls it again with the rest.
    /// </summary>
    /// <param name="pending">All bytes not consumed so far, oldest first; may be changed in place.</param>
    /// <param name="consumed">The number of bytes consumed at the front.</param>
    public FeedStatus Feed(Span<byte> pending, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            var rest = pending[consumed..];
            if (ReasonToStop(rest) is { } stop)
            {
                return stop;
            }

            var before = Recipient.DirectBytes;
            var decoded = _spoken.Decode(rest);
            consumed += decoded.Consumed;
            _budget.ChargeBytes(decoded.TelnetBytes + Recipient.DirectBytes - before);
            switch (decoded.Status)
            {
                case DecodeStatus.NeedMore when decoded.Consumed == 0:
                    _spoken.Handler!.NoteUnfinished();
                    return FeedStatus.NeedMore;
                case DecodeStatus.NeedMore:
                    break;
                case DecodeStatus.Frame:
                    _budget.Pass();
                    HandleFrame(rest.Slice(decoded.Start, decoded.Length));
                    break;
                default:
                    _budget.Pass();
                    if (_spoken.IsForeign(rest.Slice(decoded.Start, decoded.Length), isCut: true, out var foreign))
                    {
                        TurnAway(foreign);
                        break;
                    }

                    _spoken.NoteSpoken();
                    var wrong = _spoken.Handler!.Refuse(decoded.Status);
                    Answer(wrong);
                    End(decoded.IsOverrun ? CloseReason.FrameOverrun : CloseReason.None);
                    End(_budget.Charge(wrong.Result.Code));
                    break;
            }
        }
    }

    /// <summary>Records that bytes arrived, whatever they contain. The client is not idle.</summary>
    public void NoteInput() => _spoken.NoteInput();

    /// <summary>
    /// Acts on a passed deadline: chooses the fallback protocol for a silent client, pings an
    /// idle client, or ends a client that has timed out.
    /// </summary>
    public void OnDeadline()
    {
        EndIfExpelled();
        if (_context.Clock.NowMs < NextDeadlineMs)
        {
            return;
        }

        if (_spoken is { Current: null, IsLikelyProgram: true })
        {
            End(CloseReason.HttpHeadTimeout);
        }
        else if (_spoken.Current is null)
        {
            _spoken.TakeForPerson();
        }
        else if (_spoken.Handler!.DeadlineMs <= _context.Clock.NowMs)
        {
            End(_spoken.Handler.TryPassDeadline() ? CloseReason.None : _spoken.Handler.DeadlineReason);
        }
        else if (!IsAnswerReady)
        {
            // The server reads nothing from a client whose answer waits, so its silence does not count.
            _spoken.NoteInput();
        }
        else if (_spoken.IsPinged || _spoken.Handler.PatienceMs > 0)
        {
            End(_spoken.IsPinged ? CloseReason.IdleTimeout : CloseReason.LoginTimeout);
        }
        else
        {
            _spoken.NotePing();
            if (!_spoken.Handler.TryPing())
            {
                Recipient.Receive(new ChatEvent { Kind = EventKind.Ping });
            }
        }
    }

    /// <summary>
    /// The client has sent all that it will, and can still read. If true, the bytes not consumed are its next frame: feed them again.
    /// </summary>
    /// <param name="pending">The bytes not consumed.</param>
    public bool TryEndInput(ReadOnlySpan<byte> pending) => _spoken.TryRecogniseAtEnd(pending) && _spoken.Handler!.TryEndInput();

    /// <summary>
    /// Ends the client, and notifies its rooms and the client itself. Only the first reason
    /// counts; <see cref="CloseReason.None"/> does nothing.
    /// </summary>
    public void End(CloseReason reason)
    {
        if (!Recipient.Closing.TryEnd(reason) || _spoken.Current is null)
        {
            return;
        }

        _spoken.Handler?.Release();

        // A stopping server ends all clients at once. Notifying each client of every other would only delay it.
        if (_spoken.Handler?.Session is { } session && reason != CloseReason.ServerStopping)
        {
            _context.Hub.Disconnect(session, CloseReasons.ForRooms(reason));
        }

        var words = CloseReasons.ForClient(reason);
        if (words.Length > 0)
        {
            words += _internalError > 0 ? $" {_internalError}" : "";
            Recipient.Receive(new ChatEvent { Kind = EventKind.Closing, Text = Encoding.UTF8.GetBytes(words) });
        }
    }

    /// <summary>Gives up what is done for the client alone, because it has gone.</summary>
    public void Abandon() => _spoken.Handler?.Abandon();

    /// <summary>
    /// Whether a client that has ended has nothing left to send. Once all its answers are queued, its protocol queues its last bytes.
    /// </summary>
    public bool TryFinish()
    {
        if (Recipient.PendingAnswers == 0 && !_hasSaidGoodbye)
        {
            _hasSaidGoodbye = true;
            _spoken.Handler?.SayGoodbye(Ending);
        }

        return _hasSaidGoodbye && Recipient.Outbox.QueuedBytes == 0;
    }

    /// <summary>Ends the client because serving it threw an exception.</summary>
    /// <param name="number">The number of the internal error, which the client gets.</param>
    public void Fail(long number)
    {
        _internalError = number;
        End(CloseReason.InternalError);
    }

    /// <summary>
    /// Ends the client if the chat has expelled it. Called when its recipient is dirty, and before its input or a deadline is handled.
    /// </summary>
    public void EndIfExpelled() => End(Recipient.Closing.ExpelledFor);

    private FeedStatus? ReasonToStop(ReadOnlySpan<byte> pending)
    {
        var isClaiming = _host.IsClaiming();
        EndIfExpelled();
        if (Recipient.Closing.IsEnded)
        {
            return FeedStatus.Ended;
        }

        if (isClaiming)
        {
            _budget.WaitForDisk();
            return FeedStatus.FloodPaused;
        }

        if (_spoken.Handler is { HasMore: true } && GoOnAnswering() is { } wait)
        {
            return wait;
        }

        if (_spoken.Next is { } next)
        {
            // An answer that waits for the journal must be sent in the present protocol, before the change.
            if (Recipient.PendingAnswers > 0)
            {
                _budget.WaitForDisk();
                return FeedStatus.FloodPaused;
            }

            _spoken.Change(next);
        }

        if (pending.IsEmpty)
        {
            return FeedStatus.NeedMore;
        }

        switch (_spoken.Recognise(pending, out var foreign))
        {
            case Recognition.Unknown:
                _spoken.Handler?.NoteUnfinished();
                return FeedStatus.NeedMore;
            case Recognition.Foreign:
                TurnAway(foreign);
                return FeedStatus.Ended;
        }

        return OutputWait() ?? (_budget.MayGoOn() ? null : FeedStatus.FloodPaused);
    }

    private FeedStatus? OutputWait() =>
        Recipient.Outbox.QueuedBytes > _context.Limits.OutputPauseBytes || !IsAnswerReady ? FeedStatus.OutputPaused
        : _context.Broadcaster.UnflushedBytes > _context.Limits.FlushFirstBytes ? FeedStatus.FlushFirst
        : null;

    // Writes a long answer at the pace at which the client reads it. Even a fast client pauses, so that other clients get their turn.
    private FeedStatus? GoOnAnswering()
    {
        while (_spoken.Handler!.HasMore)
        {
            if ((OutputWait() ?? (_budget.MayAnswer() ? null : FeedStatus.FloodPaused)) is { } wait)
            {
                return wait;
            }

            var before = Recipient.DirectBytes;
            var part = _spoken.Handler.WriteMore();
            Answer(part);
            _budget.ChargeBytes(part.IsFile ? 0 : Recipient.DirectBytes - before);
            _spoken.NotePart(part);
            EndIfExpelled();
            End(part.Ending);
        }

        return Recipient.Closing.IsEnded ? FeedStatus.Ended : null;
    }

    // Ends the client first, so that no room hears of it; then answers in the client's own protocol.
    private void TurnAway(ForeignProtocol foreign)
    {
        End(CloseReasons.For(foreign));
        Recipient.SendAsIs(ForeignProtocols.AnswerTo(foreign));
    }

    private void HandleFrame(Span<byte> frame)
    {
        if (_spoken.IsForeign(frame, isCut: true, out var foreign))
        {
            TurnAway(foreign);
            return;
        }

        if (!frame.IsEmpty)
        {
            _spoken.NoteSpoken();
        }

        var before = Recipient.DirectBytes;
        var done = _spoken.Handler!.HandleFrame(frame);
        _spoken.Next = done.Next;
        Answer(done);
        End(_budget.Charge(done.Result.Code));
        _budget.Adjust(done);
        _budget.ChargeBytes(Recipient.DirectBytes - before);
        EndIfExpelled();
        End(done.Ending);
        End(done.IsOver ? CloseReason.Quit : CloseReason.None);
    }

    private void Answer(in FrameResult done)
    {
        if (done.HasAnswer)
        {
            _context.Acknowledgements.Answer(Recipient, _spoken.Handler!.Session is null or { IsGone: true }, done.Id, done.Answer);
        }
    }
}
