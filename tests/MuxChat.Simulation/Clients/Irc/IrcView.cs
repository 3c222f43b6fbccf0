using System.Runtime.CompilerServices;
using System.Text;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients.Irc;

/// <summary>
/// What an IRC client sees: every line is the next event of its rooms, a private message, a line of what was said before it entered, or an
/// answer to what it asked for. There is no line that it lets pass.
/// </summary>
internal sealed class IrcView : IView
{
    /// <summary>The name of the server.</summary>
    public const string Server = "muxchat.local";

    private const string Closing = "Closing link: ";

    private readonly Link _link;
    private readonly List<byte> _line = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly IrcReplies _replies;
    private readonly IrcEvents _events;
    private readonly IrcMessages _messages;

    public IrcView(Link link)
    {
        _link = link;
        Rooms = new SimIrcRooms(link);
        Past = new IrcPast(link, this);
        Labels = new IrcLabels(this);
        Ledger = new IrcLedger(link, this);
        _replies = new IrcReplies(link, this);
        _events = new IrcEvents(link, this);
        _messages = new IrcMessages(link, this);
    }

    public int UnfinishedBytes => _line.Count;

    /// <summary>Whether it was welcomed.</summary>
    public bool IsIn { get; set; }

    /// <summary>The capabilities that the server has said are on.</summary>
    public IrcCapability Caps { get; set; }

    /// <summary>Those that are on when all that was asked for so far is carried out.</summary>
    public IrcCapability AskedCaps { get; private set; }

    public SimIrcRooms Rooms { get; }

    public IrcPast Past { get; }

    public IrcLabels Labels { get; }

    public IrcLedger Ledger { get; }

    public Milestones Milestones => _link.World.Machine.Milestones;

    public IrcReplies Replies => _replies;

    /// <summary>Whether it wrote such a line: a server that took it for a person would have it said.</summary>
    public bool HasWritten(string line) => _written.Contains(line);

    /// <summary>It asks for something, in one line.</summary>
    public void Asks(IReadOnlyList<Intent> intents, byte[] line)
    {
        _written.Add(Encoding.UTF8.GetString(line).TrimEnd('\n').TrimEnd('\r'));
        foreach (var intent in intents)
        {
            intent.Echoes = (AskedCaps & IrcCapability.EchoMessage) != 0;
            if (intent.Kind == IntentKind.Capability && intent.Refusal.Length == 0)
            {
                AskedCaps = (AskedCaps | intent.On) & ~intent.Off;
            }
        }
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                _line.AddRange(bytes);
                return;
            }

            _line.AddRange(bytes[..end]);
            var line = _line.ToArray();
            _line.Clear();
            Check.Sees(line is not [.., (byte)'\r'], CheckNames.Injection, _link, line, $"it does not end with CR and LF");
            var seen = IrcSeen.Parse(line.AsSpan(0, line.Length - 1), out var wrong);
            Check.Sees(seen is null, CheckNames.Injection, _link, line, $"{wrong}");
            See(seen!);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Fails the run for a line.</summary>
    public void Fail(bool failed, string check, IrcSeen seen, [InterpolatedStringHandlerArgument(nameof(failed))] ref Why why) =>
        Check.Fail(failed, check, $"client {_link.ClientNumber} ({_link.Picture.Nick}) sees \"{seen.Line}\": {why.ToString()}");

    /// <summary>Whether a line comes from that client, under the nick that it had.</summary>
    public static bool IsFrom(IrcSeen seen, Link author, string nick) => IsFrom(seen, author, nick, author.ServedBy.Protocol);

    /// <summary>The same, for what it spoke then.</summary>
    public static bool IsFrom(IrcSeen seen, Link author, string nick, string protocol) =>
        seen.Nick == nick
        && seen.User == author.ShownUserIn(protocol)
        && author.World.Hosts.IsHostOf(author, seen.Host);

    /// <summary>Whether a line comes from the author of an event: a client, or a datagram's sender.</summary>
    public static bool IsFrom(IrcSeen seen, LoggedEvent happened, ShownHosts hosts) => happened.Sender is { } sender
        ? seen.Nick == happened.Nick && seen.User == happened.Protocol && hosts.IsHostOf(sender.Address, seen.Host)
        : IsFrom(seen, happened.Actor, happened.Nick, happened.Protocol);

    /// <summary>The tags of a line must be those that were asked for, and no others.</summary>
    /// <param name="seen">The line.</param>
    /// <param name="time">The time it must have; null where any will do.</param>
    /// <param name="id">The id it must have; null for none.</param>
    /// <param name="attached">What another client attached to it; null where that is not known.</param>
    /// <param name="isBot">Whether its author says that it is none of the people there.</param>
    public void CheckTags(IrcSeen seen, string? time, string? id, string? attached = "", bool isBot = false)
    {
        var hasBot = seen.Tags.TryGetValue("bot", out var shownBot);
        Fail(hasBot != (isBot && (Caps & IrcCapability.MessageTags) != 0) || shownBot?.Length > 0, CheckNames.Tags, seen,
            $"its author is a bot: {isBot}, its capabilities are {Caps}");
        var hasTime = seen.Tags.TryGetValue("time", out var shownTime);
        var hasId = seen.Tags.TryGetValue("msgid", out var shownId);
        var isIdDue = id is not null && (Caps & IrcCapability.MessageTags) != 0;
        Fail(hasTime != ((Caps & IrcCapability.ServerTime) != 0) || (hasTime && time is not null && shownTime != time), CheckNames.Tags,
            seen, $"its time is {time}, its capabilities are {Caps}");
        Fail(hasId != isIdDue || (hasId && shownId != id), CheckNames.Tags, seen, $"its id is {id}, its capabilities are {Caps}");
        var hasAttached = seen.Tags.TryGetValue(IrcClientModel.AttachedName, out var shownAttached);
        var isAttached = attached is null ? hasAttached : attached.Length > 0 && (Caps & IrcCapability.MessageTags) != 0;
        Fail(hasAttached != isAttached || (hasAttached && shownAttached != IrcClientModel.AttachedValue), CheckNames.Tags, seen,
            $"'{attached}' was attached to it, its capabilities are {Caps}");
        Fail(seen.Tags.Count != (hasTime ? 1 : 0) + (hasId ? 1 : 0) + (hasAttached ? 1 : 0) + (hasBot ? 1 : 0), CheckNames.Tags, seen,
            $"it has tags that it did not ask for");
        if (hasId)
        {
            _link.World.Machine.Milestones.Note(Milestone.IrcIds);
        }
    }

    /// <summary>The same, of an event, live or of the past.</summary>
    /// <param name="seen">The line.</param>
    /// <param name="happened">The event.</param>
    /// <param name="isFirst">Whether the line is the first one of the event's text.</param>
    public void CheckEventTags(IrcSeen seen, LoggedEvent happened, bool isFirst) => CheckTags(seen, happened.Time,
        happened.Seq > 0 && isFirst ? $"{happened.Epoch}-{happened.Seq}" : null, isFirst ? happened.Tags : "", happened.IsByBot);

    private void See(IrcSeen seen)
    {
        if (!Labels.Take(seen))
        {
            return;
        }

        if (seen.IsPast)
        {
            Ledger.SeePast(seen);
            return;
        }

        switch (seen.Command)
        {
            case "PRIVMSG" or "NOTICE" when seen.Nick != Server:
                SeeTalk(seen);
                break;
            case "NOTICE" when _link.TrySeeLoss(seen[1], out var lost):
                _events.Pass(lost, seen);
                break;
            case "NOTICE":
                SeeReply(seen, "FAIL");
                break;
            case "NICK" when _link.Picture.RoomCount == 0:
                CheckTags(seen, null, null);
                Fail(!IsFrom(seen, _link, _link.Picture.Nick), CheckNames.Views, seen, $"it is in no room that could tell of another");
                _replies.Renamed(seen, seen[0]);
                break;

            case "MODE" when !seen[0].StartsWith('#'):
                SeeRaised(seen);
                break;
            case "KILL":
                SeeKill(seen);
                break;
            case "JOIN" or "PART" or "QUIT" or "TOPIC" or "NICK" or "AWAY" or "KICK" or "MODE" or "INVITE":
                _events.See(seen);
                break;
            case "PING":
                Answer();
                break;
            case "ERROR":
                SeeClosing(seen);
                break;
            case "730" or "731" or "732" or "733" or "734":
                Ledger.SeeWatched(seen);
                break;
            case "FAIL" when seen[0] == "CHATHISTORY":
                Ledger.SeeFail(seen);
                break;
            case "CAP" or "PONG" or "FAIL":
            case [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9']:
                SeeReply(seen, seen.Command);
                break;
            default:
                Fail(true, CheckNames.Injection, seen, $"no server says that");
                break;
        }
    }

    private void SeeTalk(IrcSeen seen)
    {
        if (!seen[0].StartsWith('#'))
        {
            _messages.See(seen);
        }
        else if (seen.Host == "history")
        {
            Past.See(seen);
        }
        else
        {
            _events.See(seen);
        }
    }

    private void SeeReply(IrcSeen seen, string code)
    {
        Fail(seen.Tags.Count > 0, CheckNames.Tags, seen, $"an answer has no tags here");
        Fail(seen.Nick != Server && seen.Command != "FAIL", CheckNames.Injection, seen, $"it is not from the server");
        if (IsIn && code is "381" or "464")
        {
            _replies.Claimed(seen);
            _link.SeeClaim(code == "381", seen.Line);
            return;
        }

        var isToNick = code is not ("PONG" or "FAIL" or "001");
        Fail(IsIn && isToNick && seen[0] != _link.Picture.Nick, CheckNames.Answers, seen, $"that is another's name");
        _replies.See(seen, code);
    }

    private void Answer()
    {
        if (_link.IsOpen && !_link.IgnoresPings)
        {
            _link.Write(IrcClientModel.Pong(),
                SeededRandom.For(_link.World.Machine.Seed, Machine.ClientPart, _link.ClientNumber, (int)_link.Channel.BytesSent));
        }
    }

    private void SeeClosing(IrcSeen seen)
    {
        // Whom a mistake hits after its goodbye is told of that too.
        var isTold = _link.Goodbye is not null && !_link.IsHit;
        var isReason = seen[0].StartsWith(Closing, StringComparison.Ordinal);
        Fail(isTold || !isReason, CheckNames.Answers, seen, $"it was told that before, or without a reason");
        _link.Goodbye ??= seen[0][Closing.Length..];
    }

    private void SeeKill(IrcSeen seen)
    {
        CheckTags(seen, null, null);
        var isKilled = _link.KilledBy is { } by && seen[0] == _link.Picture.Nick && seen[1] == by.Text;
        Fail(!isKilled, CheckNames.Rights, seen, $"it was disconnected as '{_link.KilledWith}'");
    }

    private void SeeRaised(IrcSeen seen)
    {
        var isRaised = seen.Nick == _link.Picture.Nick && seen[0] == seen.Nick && seen[1] == "+o" && _link.IsServerOperator;
        Fail(!isRaised, CheckNames.Rights, seen, $"it is no operator");
    }
}
