using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// One client's talk with the chat, from bytes received to events queued: cuts frames in the protocol that the client speaks, keeps the
/// flood budget and the idle limits, and answers. It knows no sockets: every I/O model feeds it and empties its recipient's outbox.
/// </summary>
/// <remarks>
/// Owned by one connection; used by one thread at a time. The protocol may change between two frames (see <see cref="SpokenProtocol"/>).
/// </remarks>
public sealed class ProtocolConnection : IHandlerHost
{
    private readonly ClientContext _context;
    private InputBudget _budget;
    private readonly SpokenProtocol _spoken;
    private long _internalError;

    /// <summary>Makes a client. <see cref="Begin"/> comes next.</summary>
    /// <param name="context">What all clients share.</param>
    /// <param name="recipient">The way to the client.</param>
    public ProtocolConnection(ClientContext context, Recipient recipient)
    {
        _context = context;
        Recipient = recipient;
        _spoken = new SpokenProtocol(context, this, Recipient);
        _budget = new InputBudget(context);
    }

    /// <summary>The way to the client.</summary>
    public Recipient Recipient { get; }

    /// <summary>Why the client has ended; <see cref="CloseReason.None"/> while it goes on.</summary>
    public CloseReason Ending => Recipient.Closing.IsEnded ? Recipient.Closing.Reason : CloseReason.None;

    /// <summary>When a client that is paused for flooding may go on.</summary>
    public long FloodResumeMs => _budget.ResumeMs;

    /// <summary>The nick, for logs; empty before there is a session.</summary>
    public string NickForLog => _spoken.Handler?.Session is { } session ? Encoding.ASCII.GetString(session.Person.Nick) : "";

    ChatHub IHandlerHost.Hub => _context.Hub;
    TickClock IHandlerHost.Clock => _context.Clock;
    IClientOutput IHandlerHost.Output => Recipient;
    ServerPassword? IHandlerHost.Password => _context.Password;

    /// <summary>When <see cref="OnDeadline"/> is to be called next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadlineMs => Recipient.Closing.IsEnded ? long.MaxValue : _spoken.IdleMs;

    /// <summary>Begins it: a client whose protocol is known is greeted, where that protocol greets.</summary>
    /// <param name="protocol">What the client speaks; null to find out from its first bytes.</param>
    public void Begin(IProtocol? protocol)
    {
        if (protocol is not null)
        {
            _spoken.Change(protocol);
        }
    }

    /// <summary>
    /// Takes frames off the front of <paramref name="pending"/> and carries them out, until there is a reason to stop.
    /// Call it again with what is left.
    /// </summary>
    /// <param name="pending">All bytes not consumed so far, oldest first; may be changed in place.</param>
    /// <param name="consumed">How many bytes at the front are done with.</param>
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
            var decoded = _spoken.Decoder!.Decode(rest);
            consumed += decoded.Consumed;
            _budget.ChargeBytes(decoded.TelnetBytes + Recipient.DirectBytes - before);
            switch (decoded.Status)
            {
                case DecodeStatus.NeedMore when decoded.Consumed == 0:
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
                    End(decoded.Status == DecodeStatus.Overrun ? CloseReason.FrameOverrun : CloseReason.None);
                    End(_budget.Charge(wrong.Result.Code));
                    break;
            }
        }
    }

    /// <summary>Says that bytes came in, whatever they hold: the client is not idle.</summary>
    public void NoteInput() => _spoken.NoteInput();

    /// <summary>Does what is due: settles the protocol of a silent client, pings an idle one, ends one that is gone.</summary>
    public void OnDeadline()
    {
        if (_context.Clock.NowMs < NextDeadlineMs)
        {
            return;
        }

        if (_spoken.Current is null)
        {
            _spoken.TakeForPerson();
        }
        else if (_spoken.IsPinged || _spoken.Handler!.PatienceMs > 0)
        {
            End(_spoken.IsPinged ? CloseReason.IdleTimeout : CloseReason.LoginTimeout);
        }
        else
        {
            _spoken.NotePing();
            Recipient.Receive(new ChatEvent { Kind = EventKind.Ping });
        }
    }

    /// <summary>
    /// Ends the client: the rooms are told, and the client too where it can still hear. Only the first
    /// reason counts, and none is none.
    /// </summary>
    public void End(CloseReason reason)
    {
        if (!Recipient.Closing.TryEnd(reason) || _spoken.Current is null)
        {
            return;
        }

        // When the server stops, all go at once: telling each of every other would only delay it.
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

    /// <summary>Ends the client because of a mistake of the program in serving it.</summary>
    /// <param name="number">The mistake's number, which the client is told.</param>
    public void Fail(long number)
    {
        _internalError = number;
        End(CloseReason.InternalError);
    }

    /// <summary>
    /// Ends it if the chat has marked the client. Called when its recipient is dirty, and before anything more of its is taken.
    /// </summary>
    public void EndIfExpelled()
    {
        End(Recipient.Closing.ExpelledFor);
    }

    private FeedStatus? ReasonToStop(ReadOnlySpan<byte> pending)
    {
        EndIfExpelled();
        if (Recipient.Closing.IsEnded)
        {
            return FeedStatus.Ended;
        }

        if (_spoken.Handler is { HasMore: true } && GoOnAnswering() is { } wait)
        {
            return wait;
        }

        if (_spoken.Next is { } next)
        {
            // An answer that waits for the disk is in the present protocol, and comes before the change.
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
                return FeedStatus.NeedMore;
            case Recognition.Foreign:
                TurnAway(foreign);
                return FeedStatus.Ended;
        }

        return OutputWait() ?? (_budget.MayGoOn() ? null : FeedStatus.FloodPaused);
    }

    private FeedStatus? OutputWait() =>
        Recipient.Outbox.QueuedBytes > _context.Limits.OutputPauseBytes ? FeedStatus.OutputPaused
        : _context.Broadcaster.UnflushedBytes > _context.Limits.FlushFirstBytes ? FeedStatus.FlushFirst
        : null;

    // A long answer is given as the client reads it, and to one that reads quickly not all at once: others wait meanwhile.
    private FeedStatus? GoOnAnswering()
    {
        while (_spoken.Handler!.HasMore)
        {
            if ((OutputWait() ?? (_budget.MayAnswer() ? null : FeedStatus.FloodPaused)) is { } wait)
            {
                return wait;
            }

            var before = Recipient.DirectBytes;
            Answer(_spoken.Handler.WriteMore());
            _budget.ChargeBytes(Recipient.DirectBytes - before);
        }

        return null;
    }

    // Before the end, so that no room hears of it; the client hears it in its own protocol.
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
        _budget.Adjust(done.Cost, done.IsForLogin);
        _budget.ChargeBytes(Recipient.DirectBytes - before);
        EndIfExpelled();
        if (done.IsOver)
        {
            End(CloseReason.Quit);
        }
    }

    private void Answer(in FrameResult done)
    {
        if (done.HasAnswer)
        {
            _context.Acknowledgements.Answer(Recipient, _spoken.Handler!.Session is null or { IsGone: true }, done.Id, done.Answer);
        }
    }
}
