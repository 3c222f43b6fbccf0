using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// The answers to what an IRC client asked for, in the order it asked. A request that is answered by nothing must be one that needs no
/// answer: its event is there, or it could not have one.
/// </summary>
internal sealed class IrcReplies
{
    private static readonly string[] ForAll = ["FAIL", "410", "417", "432"];

    private readonly Link _link;
    private readonly IrcView _view;
    private readonly SimIrcLogin _login;
    private readonly IrcAnswers _answers;

    // Refusals that were taken for those of mode changes which may as well have changed nothing: one each may be of what was asked later.
    private int _doubtful;

    public IrcReplies(Link link, IrcView view)
    {
        _link = link;
        _view = view;
        _login = new SimIrcLogin(link, view);
        _answers = new IrcAnswers(link, view);
    }

    /// <summary>An answer of the server's.</summary>
    public void See(IrcSeen seen, string code)
    {
        if (!_login.SeeWelcome(seen))
        {
            Find(seen, code);
            _view.Rooms.Answered();
        }
    }

    /// <summary>It was put out of a room.</summary>
    public void PutOut() => _answers.Leave();

    /// <summary>An event of its own was seen: what it asked before is answered by then.</summary>
    /// <param name="own">The event.</param>
    /// <param name="seen">The line.</param>
    public void Done(LoggedEvent own, IrcSeen seen)
    {
        if (_link.Awaiting.Find(asked => asked.Event == own) is { } done)
        {
            _view.Labels.Belongs(seen, done);
            PassBefore(done, null);
            if (done.Kind != IntentKind.Join)
            {
                _link.Awaiting.Remove(done);
            }
        }
    }

    /// <summary>It was told, outside all rooms, that it has another nick.</summary>
    public void Renamed(IrcSeen seen, string nick)
    {
        var asked = _link.Awaiting.Find(one => one.Kind == IntentKind.Nick && one.Nick == nick);
        _view.Fail(asked is null, CheckNames.Answers, seen, $"it did not ask for that");
        _view.Labels.Belongs(seen, asked!);
        PassBefore(asked!, seen);
        _link.Awaiting.Remove(asked!);
        _link.Intents.AdvanceBehind(asked!);
        _link.Picture.Nick = nick;
    }

    /// <summary>It is told what became of its request to be a server operator: what it asked before is answered by then.</summary>
    public void Claimed(IrcSeen seen)
    {
        if (_link.Claim is { } claim)
        {
            _view.Labels.Belongs(seen, claim);
            PassBefore(claim, seen);
            _link.Awaiting.Remove(claim);
            _link.Intents.AdvanceBehind(claim);
        }
    }

    /// <summary>Its own private message came back.</summary>
    public void Echoed(IrcSeen seen, Intent message)
    {
        _view.Fail(!message.Echoes || message.IsEchoed, CheckNames.Echo, seen, $"it did not ask to see it, or has seen it");
        _view.Fail(!string.Equals(message.Nick, seen[0], StringComparison.OrdinalIgnoreCase), CheckNames.Messages, seen,
            $"it was sent to {message.Nick}");
        _view.Fail(!_link.Awaiting.Contains(message), CheckNames.Answers, seen, $"it comes after the answer to a later request");
        _view.Labels.Belongs(seen, message);
        PassBefore(message, seen);
        message.IsEchoed = true;
        _link.World.Machine.Milestones.Note(Milestone.IrcEchoes);
    }

    // Which request it is that a line answers.
    private void Find(IrcSeen seen, string code)
    {
        _view.Past.Finish();
        Intent? untrue = null;
        while (_link.Awaiting.Count > 0)
        {
            var head = _link.Awaiting[0];
            if (IsUntrue(head, code, seen))
            {
                untrue ??= head;
            }
            else if (IrcAnswers.Takes(head, code, seen) || IsNotIn(head, code))
            {
                Take(head, seen, code);
                return;
            }

            if (TakeOfLine(head, seen, code) || _login.TakeTakenNick(head, seen))
            {
                return;
            }

            Pass(head, seen);
        }

        if (untrue is not null)
        {
            IrcRefusals.Check(_link.Life.Refusals!, _link, untrue, code, seen);
        }

        _view.Fail(true, CheckNames.Answers, seen, $"it answers nothing that was asked");
    }

    // What changes no mode is not answered: a refusal that cannot be of such a request is of a later one.
    private bool IsUntrue(Intent head, string code, IrcSeen seen) => head.Kind == IntentKind.Mode && IrcAnswers.Takes(head, code, seen)
        && _link.Life.Refusals is { } refusals && IrcRefusals.CodeOf(head, code, seen) is { } why && !refusals.IsTrue(_link, head, why);

    private static bool SameLine(Intent one, Intent other) => one.LineOf is not null && one.LineOf == other.LineOf;

    private bool IsNotIn(Intent head, string code) => code == "451" && !_view.IsIn
        && head.Kind is not (IntentKind.Ping or IntentKind.Nick or IntentKind.User or IntentKind.Capability or IntentKind.Quit)
        && !(head.IsRefused && ForAll.Contains(head.Refusal));

    private void Take(Intent head, IrcSeen seen, string code)
    {
        _view.Labels.Belongs(seen, head);
        if (!IsNotIn(head, code) && !_answers.Take(head, code, seen))
        {
            return;
        }

        var isRefused = code is not ("PONG" or "CAP") && code[0] is '4' or 'F';
        _view.Fail(isRefused && head.Event is not null, CheckNames.Answers, seen, $"it was done: {head}");
        _doubtful += isRefused && head.Kind == IntentKind.Mode ? 1 : 0;
        _link.Awaiting.Remove(head);
        if (code == "451")
        {
            // The whole line, whatever rooms stand in it.
            _link.Awaiting.RemoveAll(one => SameLine(one, head));
        }

        _link.Intents.AdvanceBehind(head);
        _login.Note(head, isRefused);
    }

    // Of several rooms in one line, those that it may not enter are told before the first that it enters.
    private bool TakeOfLine(Intent head, IrcSeen seen, string code)
    {
        var other = head.Kind == IntentKind.Join
            ? _link.Awaiting.Find(one => SameLine(one, head) && one.Event is null && IrcAnswers.Takes(one, code, seen)) : null;
        if (other is null || code is not ("403" or "405" or "437" or "471" or "473" or "474" or "475"))
        {
            return false;
        }

        _view.Labels.Belongs(seen, other);
        _link.Awaiting.Remove(other);
        return true;
    }

    private void PassBefore(Intent done, IrcSeen? seen)
    {
        while (_link.Awaiting.Count > 0 && _link.Awaiting[0] != done && !SameLine(_link.Awaiting[0], done))
        {
            Pass(_link.Awaiting[0], seen);
        }
    }

    // It is answered by nothing: something later was.
    private void Pass(Intent head, IrcSeen? seen)
    {
        var isFine = head.Kind switch
        {
            IntentKind.Say or IntentKind.Act => head.IsNotice || head.Event is not null,
            IntentKind.Part or IntentKind.Topic or IntentKind.Kick or IntentKind.Kill => head.Event is not null,
            IntentKind.Invite => head.IsAnswered,

            // What changes nothing is told to nobody: whether it had to, the log of its requests looks at.
            IntentKind.Mode => true,
            IntentKind.Join => head.Event is not null ? head.IsAnswered : _view.Rooms.Find(head.Room) is not null
                || _link.Life.Refusals?.WasIn(_link, head) == true,
            IntentKind.Nick => !_view.IsIn || head.Event is not null || head.Nick == _link.Picture.Nick,
            IntentKind.Message => !head.Echoes || head.IsEchoed || head.IsNotice,
            IntentKind.Capability => head.Text == "END",
            // What those are told is in the ledger.
            IntentKind.Monitor or IntentKind.ChatHistory => true,
            IntentKind.User or IntentKind.Quit => true,
            _ => false,
        };
        if (!isFine && _doubtful > 0 && head.Kind is not (IntentKind.Ping or IntentKind.Garbage or IntentKind.Overrun))
        {
            (_doubtful, isFine) = (_doubtful - 1, true);
        }

        Check.Fail(!isFine, CheckNames.Answers,
            $"client {_link.ClientNumber} ({_link.Picture.Nick}) sees \"{seen?.Line}\": before it {head} must be answered");
        _link.Awaiting.Remove(head);
        _login.Note(head, isRefused: false);
    }
}
