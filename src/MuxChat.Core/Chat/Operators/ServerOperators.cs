using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;

namespace MuxChat.Core.Chat.Operators;

/// <summary>
/// Grants server operator status and runs the operators' own commands: disconnect a person,
/// reread the server's files, write to all listeners.
/// </summary>
/// <remarks>
/// Owned by the hub. Requests to the worker are kept in the order in which it accepted them, so that each outcome finds its request.
/// Invariants: at most one request waits for each client, because its next commands wait for the answer. A person who is gone is neither
/// an operator nor a listener.
/// </remarks>
public sealed class ServerOperators
{
    /// <summary>Wrong passwords that one client may give: 3. The third ends its connection.</summary>
    public const int MaxTries = 3;

    /// <summary>The longest password that is verified: 256 bytes. A longer one is wrong.</summary>
    public const int MaxPasswordBytes = 256;

    /// <summary>The longest reason of a kill: 300 bytes, so that it fits a line of every protocol.</summary>
    public const int MaxReasonBytes = 300;

    internal static readonly CommandResult NotOperator = CommandResult.Error(ErrorCode.NotOperator, "only server operators may do that");
    private static readonly CommandResult WrongPassword =
        CommandResult.Error(ErrorCode.BadPassword, "wrong operator name or password");
    private static readonly CommandResult NotRead =
        CommandResult.Error(ErrorCode.RehashFailed, "a file of the server could not be read again: see the server's log");
    private static readonly CommandResult AtItsLimit = CommandResult.Error(ErrorCode.Busy,
        "too many requests are waiting: try again later");

    private readonly ChatState _state;
    private readonly Queue<Action<bool>> _waiting = new();
    private readonly HashSet<Person> _listeners = [];
    private IBackgroundWorker _worker = new NoBackgroundWorker();

    internal ServerOperators(ChatState state) => _state = state;

    /// <summary>The number of server operators who are here.</summary>
    public int Count { get; private set; }

    /// <summary>Sets the worker for slow requests. Called before the first client is let in.</summary>
    public void Use(IBackgroundWorker worker) => _worker = worker;

    /// <summary>Takes the outcomes since the last call, and lets the clients that asked go on.</summary>
    public void Collect()
    {
        _state.Motd = _worker.TakeMotd() ?? _state.Motd;
        while (_worker.TryTakeOutcome(out var outcome))
        {
            _state.Motd = outcome.Motd ?? _state.Motd;
            _waiting.Dequeue()(outcome.IsDone);
        }
    }

    /// <summary>Asks the worker whether a connection is a gateway. False if the worker accepts no more requests now.</summary>
    public bool TryVerify(GatewayClaim claim, IGatewayWaiter waiter)
    {
        var isTaken = _worker.TryVerify(claim);
        if (isTaken)
        {
            _waiting.Enqueue(waiter.OnVerified);
        }

        return isTaken;
    }

    /// <summary>
    /// Makes a person a server operator, and tells them, if the admin gave that status to their user of this machine. Called once, after
    /// the person was greeted.
    /// </summary>
    internal void GrantByUser(Session session)
    {
        if (session.Recipient.IsLocalOperator)
        {
            Grant(session.Person);
            _worker.NoteGrant(ActOf(session.Person), session.Recipient.LocalUserName ?? "");
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Operator, Nick = session.Person.Nick, Result = CommandResult.Ok() });
            _state.RankInLobby(session.Person);
        }
    }

    /// <summary>Ends a person's operator status. Does nothing if the person is not an operator.</summary>
    public void Resign(Person person)
    {
        if (person.IsOperator)
        {
            person.IsOperator = false;
            Count--;
            UpdateListener(person);
            _state.RankInLobby(person);
        }
    }

    /// <summary>Sets whether a person hears what operators write to all. Operators always hear it.</summary>
    public void Listen(Person person, bool listens)
    {
        person.IsListening = listens;
        UpdateListener(person);
    }

    /// <summary>Forgets a person who is gone.</summary>
    internal void Forget(Person person)
    {
        Resign(person);
        Listen(person, false);
    }

    /// <summary>Asks to become an operator. The worker verifies name and password, and the client waits for the answer.</summary>
    internal CommandResult Claim(Session session, in Command command)
    {
        if (session.Person.IsOperator)
        {
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Operator, Nick = session.Person.Nick });
            return CommandResult.Ok();
        }

        if (!_worker.HasOperators)
        {
            return CommandResult.Error(ErrorCode.NoOperators, "this server has no operators");
        }

        if (command.Nick.IsEmpty || command.Text.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, command.Nick.IsEmpty ? "the name is missing" : "the password is missing");
        }

        // Truncate first: a longer password cannot match, and copying all of it would let a client make us allocate.
        var password = command.Text[..Math.Min(command.Text.Length, MaxPasswordBytes + 1)];
        var name = command.Nick[..Math.Min(command.Nick.Length, Nickname.MaxLength + 1)];
        var isTaken = _worker.TryVerify(new OperatorClaim(name.ToArray(), password.ToArray(), ActOf(session.Person)));
        return isTaken ? Wait(session, isRight => Answer(session, isRight)) : AtItsLimit;
    }

    /// <summary>Asks the worker to reread the server's files. The client waits for the answer.</summary>
    internal CommandResult Rehash(Session session)
    {
        if (!session.Person.IsOperator)
        {
            return NotOperator;
        }

        return _worker.TryReread(ActOf(session.Person)) ? Wait(session, isRead => AnswerReread(session, isRead)) : AtItsLimit;
    }

    /// <summary>Checks whether the person may disconnect the person that the command names, and finds the victim.</summary>
    internal CommandResult CheckKill(Person person, in Command command, out Person? victim)
    {
        victim = null;
        if (!person.IsOperator)
        {
            return NotOperator;
        }

        if (command.Nick.IsEmpty)
        {
            return CommandResult.Error(ErrorCode.MissingField, "the nick is missing");
        }

        victim = _state.Nicks.Find(command.Nick);
        if (victim is null)
        {
            return Nickname.IsValid(command.Nick)
                ? CommandResult.Error(ErrorCode.UnknownNick, $"no such nick: {ChatState.Text(command.Nick)}")
                : CommandResult.Error(ErrorCode.BadNick, Nickname.Rule);
        }

        return command.Text.Length > MaxReasonBytes
            ? CommandResult.Error(ErrorCode.TooLong, $"the reason has {command.Text.Length} bytes: at most {MaxReasonBytes} are allowed")
            : _state.CheckOptionalText(command.Text, "the reason");
    }

    /// <summary>
    /// Tells the victim about the kill, marks their connection for closing, and logs it. Returns the quit reason for the victim's rooms.
    /// </summary>
    internal byte[] Expel(Person person, Person victim, ReadOnlySpan<byte> reason)
    {
        byte[] words = [.. "killed by "u8, .. person.Nick, .. reason.IsEmpty ? ""u8 : ": "u8, .. reason];
        _worker.NoteKill(ActOf(person), ChatState.Text(victim.Nick));
        victim.Receive(new ChatEvent
        {
            Kind = EventKind.Killed,
            UnixMs = _state.Clock.UnixMs,
            Actor = person,
            Nick = person.Nick,
            NewNick = victim.Nick,
            Text = reason
        });
        victim.Receive(new ChatEvent { Kind = EventKind.Closing, Text = words });
        victim.Expel(CloseReason.Killed);
        return words;
    }

    /// <summary>Logs that a server operator changed a room, or invited a client to be its operator.</summary>
    /// <param name="person">The server operator.</param>
    /// <param name="room">The room.</param>
    /// <param name="modes">The modes asked for, some of which may have been refused.</param>
    internal void NoteOverride(Person person, Room room, ReadOnlySpan<byte> modes) =>
        _worker.NoteOverride(ActOf(person), ChatState.Text(room.Name), ChatState.Text(modes));

    /// <summary>Writes to all operators, and to all others who listen.</summary>
    internal CommandResult Wallops(Person person, in Command command)
    {
        if (!person.IsOperator)
        {
            return NotOperator;
        }

        var text = _state.CheckText(command.Text, "the text");
        if (text.IsOk)
        {
            foreach (var listener in _listeners)
            {
                listener.Receive(new ChatEvent
                {
                    Kind = EventKind.Wallops,
                    UnixMs = _state.Clock.UnixMs,
                    Actor = person,
                    Nick = person.Nick,
                    Text = command.Text
                });
            }
        }

        return text;
    }

    private static OperatorAct ActOf(Person person) => new(Encoding.UTF8.GetString(person.Nick), person.RemoteName);

    private static CommandResult AnswerReread(Session session, bool isRead)
    {
        var result = isRead ? CommandResult.Ok() : NotRead;
        session.Recipient.Receive(new ChatEvent { Kind = EventKind.Rehashed, Nick = session.Person.Nick, Result = result });
        return result;
    }

    private CommandResult Answer(Session session, bool isRight)
    {
        if (isRight)
        {
            Grant(session.Person);
            session.Recipient.Receive(new ChatEvent { Kind = EventKind.Operator, Nick = session.Person.Nick });
            _state.RankInLobby(session.Person);
            return CommandResult.Ok();
        }

        session.Recipient.Receive(new ChatEvent { Kind = EventKind.OperatorRefused, Nick = session.Person.Nick });
        if (++session.Recipient.WrongPasswords >= MaxTries)
        {
            session.Recipient.Expel(CloseReason.WrongPassword);
        }

        return WrongPassword;
    }

    private void Grant(Person person)
    {
        person.IsOperator = true;
        Count++;
        UpdateListener(person);
    }

    private CommandResult Wait(Session session, Func<bool, CommandResult> answer)
    {
        var waiting = new OutcomeAnswer(session, answer);
        session.EnqueueAnswer(waiting);
        _waiting.Enqueue(waiting.Complete);
        return CommandResult.Ok();
    }

    private void UpdateListener(Person person)
    {
        if (person.IsListening || person.IsOperator)
        {
            _listeners.Add(person);
        }
        else
        {
            _listeners.Remove(person);
        }
    }
}
