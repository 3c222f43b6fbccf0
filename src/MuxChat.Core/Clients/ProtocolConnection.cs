using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;

namespace MuxChat.Core.Clients;

/// <summary>
/// One client's talk with the chat, from bytes received to events queued: detects the protocol, cuts frames, keeps the flood budget and the
/// idle limits, and answers. It knows no sockets: every I/O model feeds it and empties its recipient's outbox.
/// </summary>
/// <remarks>
/// Owned by one connection; used by one thread at a time. Invariant: there is a handler from the moment the protocol is known. A silent
/// client that was taken for a person may turn out to speak another protocol: its handler is replaced before it takes anything.
/// </remarks>
public sealed class ProtocolConnection : IHandlerHost
{
    private readonly ClientContext _context;
    private InputBudget _budget;
    private IProtocol? _protocol;
    private IFrameDecoder? _decoder;
    private IProtocolHandler? _handler;
    private IdleTimer _idle;
    private bool _hasSpoken;
    private bool _isTakenForPerson;
    private long _internalError;

    /// <summary>Makes a client. <see cref="Begin"/> comes next.</summary>
    /// <param name="context">What all clients share.</param>
    /// <param name="recipient">The way to the client.</param>
    public ProtocolConnection(ClientContext context, Recipient recipient)
    {
        _context = context;
        Recipient = recipient;
        _idle = new IdleTimer(context.Clock.NowMs);
        _budget = new InputBudget(context);
    }

    /// <summary>The way to the client.</summary>
    public Recipient Recipient { get; }

    /// <summary>Why the client has ended; <see cref="CloseReason.None"/> while it goes on.</summary>
    public CloseReason Ending => Recipient.Closing.IsEnded ? Recipient.Closing.Reason : CloseReason.None;

    /// <summary>When a client that is paused for flooding may go on.</summary>
    public long FloodResumeMs => _budget.ResumeMs;

    /// <summary>The nick, for logs; empty before there is a session.</summary>
    public string NickForLog => _handler?.Session is { } session ? Encoding.ASCII.GetString(session.Nick) : "";

    ChatHub IHandlerHost.Hub => _context.Hub;
    TickClock IHandlerHost.Clock => _context.Clock;
    IClientOutput IHandlerHost.Output => Recipient;
    ServerPassword? IHandlerHost.Password => _context.Password;

    /// <summary>When <see cref="OnDeadline"/> is to be called next; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadlineMs => Recipient.Closing.IsEnded ? long.MaxValue : _idle.NextMs(_protocol, _handler, _context.Limits);

    /// <summary>Begins it: a client whose protocol is known is greeted, where that protocol greets.</summary>
    /// <param name="protocol">What the client speaks; null to find out from its first bytes.</param>
    public void Begin(IProtocol? protocol)
    {
        if (protocol is not null)
        {
            SetProtocol(protocol);
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
            var decoded = _decoder!.Decode(rest);
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
                    if (IsForeign(rest.Slice(decoded.Start, decoded.Length), isCut: true))
                    {
                        break;
                    }

                    _hasSpoken = true;
                    var wrong = _handler!.Refuse(decoded.Status);
                    Answer(wrong);
                    End(decoded.Status == DecodeStatus.Overrun ? CloseReason.FrameOverrun : CloseReason.None);
                    End(_budget.Charge(wrong.Result.Code));
                    break;
            }
        }
    }

    /// <summary>Says that bytes came in, whatever they hold: the client is not idle.</summary>
    public void NoteInput() => _idle.NoteInput(_context.Clock.NowMs);

    /// <summary>Does what is due: settles the protocol of a silent client, pings an idle one, ends one that is gone.</summary>
    public void OnDeadline()
    {
        if (_context.Clock.NowMs < NextDeadlineMs)
        {
            return;
        }

        if (_protocol is null)
        {
            _isTakenForPerson = true;
            SetProtocol(_context.Detector.Fallback);
        }
        else if (_idle.IsPinged || _handler!.PatienceMs > 0)
        {
            End(_idle.IsPinged ? CloseReason.IdleTimeout : CloseReason.LoginTimeout);
        }
        else
        {
            _idle.NotePing();
            Recipient.Receive(new ChatEvent { Kind = EventKind.Ping });
        }
    }

    /// <summary>
    /// Ends the client: the rooms are told, and the client too where it can still hear. Only the first
    /// reason counts, and none is none.
    /// </summary>
    public void End(CloseReason reason)
    {
        if (!Recipient.Closing.TryEnd(reason) || _protocol is null)
        {
            return;
        }

        // When the server stops, all go at once: telling each of every other would only delay it.
        if (_handler?.Session is { } session && reason != CloseReason.ServerStopping)
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

        if (_handler is { HasMore: true } && GoOnAnswering() is { } wait)
        {
            return wait;
        }

        if (pending.IsEmpty)
        {
            return FeedStatus.NeedMore;
        }

        if (_protocol is null)
        {
            if (_context.Detector.Detect(pending) is not { } found)
            {
                return FeedStatus.NeedMore;
            }

            // Before there is a session, so that no room hears of a foreign client on auto.
            var match = DetectForeign(found, pending, isCut: false);
            if (match != ProtocolMatch.No)
            {
                return match == ProtocolMatch.Yes ? FeedStatus.Ended : FeedStatus.NeedMore;
            }

            SetProtocol(found);
        }
        else if (!IsSettled(pending) || IsForeign(pending, isCut: false))
        {
            return Recipient.Closing.IsEnded ? FeedStatus.Ended : FeedStatus.NeedMore;
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
        while (_handler!.HasMore)
        {
            if ((OutputWait() ?? (_budget.MayAnswer() ? null : FeedStatus.FloodPaused)) is { } wait)
            {
                return wait;
            }

            var before = Recipient.DirectBytes;
            Answer(_handler.WriteMore());
            _budget.ChargeBytes(Recipient.DirectBytes - before);
        }

        return null;
    }

    private void SetProtocol(IProtocol protocol)
    {
        _protocol = protocol;
        _decoder = protocol.CreateDecoder(Recipient);
        Recipient.SetProtocol(protocol);
        _handler = protocol.Begin(this);
    }

    // A client that was slow to begin is no person: what it says to log in is not for the room. The guest that it was leaves.
    private bool IsSettled(ReadOnlySpan<byte> pending)
    {
        if (!_isTakenForPerson || pending[0] is (byte)'\r' or (byte)'\n')
        {
            return true;
        }

        var found = _context.Detector.DetectGreeted(pending);
        _isTakenForPerson = found is null;
        if (found is not null && found != _protocol)
        {
            if (_handler!.Session is { } guest)
            {
                _context.Hub.Disconnect(guest, $"switched to {found.Name}");
            }

            // It has as long to log in as one that has just come.
            _idle = new IdleTimer(_context.Clock.NowMs);
            SetProtocol(found);
        }

        return found is not null;
    }

    // Asked before the first line is cut out, and once more when it is: there may have been telnet commands in it.
    private bool IsForeign(ReadOnlySpan<byte> first, bool isCut) => !_hasSpoken
        && DetectForeign(_protocol!, first, isCut) == ProtocolMatch.Yes;

    private ProtocolMatch DetectForeign(IProtocol protocol, ReadOnlySpan<byte> first, bool isCut)
    {
        var match = protocol.DetectForeign(first, isCut, out var foreign);
        if (match == ProtocolMatch.Yes)
        {
            End(CloseReasons.For(foreign));
            Recipient.Send(ForeignProtocols.AnswerTo(foreign));
        }

        return match;
    }

    private void HandleFrame(Span<byte> frame)
    {
        if (IsForeign(frame, isCut: true))
        {
            return;
        }

        _hasSpoken |= !frame.IsEmpty;
        var before = Recipient.DirectBytes;
        var done = _handler!.HandleFrame(frame);
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
            _context.Acknowledgements.Answer(Recipient, _handler!.Session is null or { IsGone: true }, done.Id, done.Answer);
        }
    }
}
