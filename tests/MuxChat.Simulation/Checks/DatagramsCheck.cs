using MuxChat.Core.Chat;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Datagrams;
using MuxChat.Simulation.Fuzz.Targets;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Checks;

/// <summary>
/// Looks at each datagram that the server reads, in one life of it. It has one outcome: it is answered by its own bytes in capitals, or
/// said once in the room, or dropped for a reason that is true. Of one address no more are handled than the rate allows, and no fewer.
/// </summary>
internal sealed class DatagramsCheck(SimWorld world, ServerLife life, DatagramPlan plan)
{
    /// <summary>At the very edge either answer is right: two sums of parts of a number need not be the same.</summary>
    private const double Edge = 1e-6;

    private const double MsPerSecond = 1000;
    private const string TooMany = "is one too many from its address";
    private const string TooSlow = "arrived while the disk was too slow";
    private const string Refused = "was refused by the service";
    private const string WrongKey = "does not begin with the key";
    private const string Unanswered = "could not be answered";

    private readonly Dictionary<UInt128, (double Left, long AtMs)> _rates = [];
    private SimDatagram? _current;
    private DatagramStatus? _answer;
    private LoggedEvent? _said;
    private string? _dropped;
    private double _left;
    private bool _isBehind;
    private long _mistakes;
    private long _read;
    private long _drops;

    /// <summary>The server reads a datagram.</summary>
    public void Received(SimDatagram datagram)
    {
        _read++;
        (_current, _answer, _said, _dropped) = (datagram, null, null, null);
        _mistakes = world.Injector.Count;
        _isBehind = life.Journal?.IsBehind == true;
        var nowMs = world.Clock.NowMs;
        var (left, atMs) = _rates.GetValueOrDefault(datagram.From.Address.Prefix, (plan.PerSecond, nowMs));
        _left = Math.Min(plan.PerSecond, left + ((nowMs - atMs) * plan.PerSecond / MsPerSecond));
        _rates[datagram.From.Address.Prefix] = (_left, nowMs);
    }

    /// <summary>The server answers.</summary>
    public void Answered(ReadOnlySpan<byte> answer, DatagramStatus status)
    {
        var datagram = Handled("answered");
        Fail(_answer is not null, $"{datagram} is answered twice");
        Fail(datagram.Listener != DatagramPlan.UpperListener, $"{datagram} is answered");
        Fail(datagram.From.IsService, $"{datagram} is answered, and may be another service's: port {datagram.From.Port}");
        Fail(answer.Length != datagram.Content.Length, $"{datagram} is answered by {answer.Length} bytes");
        for (var at = 0; at < answer.Length; at++)
        {
            var expected = datagram.Content[at] is >= 97 and <= 122 ? datagram.Content[at] - 32 : datagram.Content[at];
            Fail(answer[at] != expected, $"byte {at} of the answer to {datagram} is {answer[at]}, and not {expected}");
        }

        _answer = status;
        Note(Milestone.DatagramsAnswered);
    }

    /// <summary>The server says a datagram in a room.</summary>
    public void Said(LoggedEvent said)
    {
        var datagram = Handled("said");
        Fail(_said is not null, $"{datagram} is said twice: {_said}, {said}");
        Fail(datagram.Listener != DatagramPlan.NotifyListener, $"{datagram} is said: {said}");
        var text = TextOf(datagram);
        Fail(text.Length == 0, $"{datagram} is said, and is to be refused: {said}");
        var isTrue = said.Kind == EventKind.Said && said.Nick == $"udp/{datagram.From.AddressText}" && said.Text == text
            && said.NewNick.Length == 0 && !said.IsNotice && world.Chronicle.KeyOf(said.Room) == plan.Room;
        Fail(!isTrue, $"{datagram} is to be said in {plan.Room} as '{text}': {said}");
        _said = said;
        Note(Milestone.DatagramsSaid);
    }

    /// <summary>Whose datagram is handled at this moment.</summary>
    public DatagramSender? From => _current?.From;

    /// <summary>The server drops a datagram, and says why.</summary>
    public void Dropped(string why)
    {
        Fail(_current is null || _dropped is not null, $"{_current} {why}, and {_dropped}");
        _drops++;
        var isTrue = why switch
        {
            TooMany => _left < 1 + Edge,
            TooSlow => _isBehind,
            Refused when _current!.Listener == DatagramPlan.UpperListener => _current.From.IsService,
            Refused => HasKey(_current) && (TextOf(_current).Length == 0 || IsFull()),
            WrongKey => _current!.Listener == DatagramPlan.NotifyListener && !HasKey(_current),
            Unanswered => _answer is DatagramStatus.Failed or DatagramStatus.WouldBlock,
            _ => false,
        };
        Fail(!isTrue || (_answer is not null && why != Unanswered) || _said is not null,
            $"{_current} {why}: {_left} may be handled of its address, answered: {_answer}, said: {_said}");
        if (why != TooMany)
        {
            Handled("handled");
        }

        _dropped = why;
        Note(why == TooMany ? Milestone.DatagramsTooMany : Milestone.DatagramsDropped);
    }

    /// <summary>The server is done with the datagram that it read last.</summary>
    public void Conclude()
    {
        if (_current is not { } datagram)
        {
            return;
        }

        _current = null;
        var isHit = world.Injector.Count != _mistakes;
        var isDone = datagram.Listener == DatagramPlan.UpperListener ? _answer == DatagramStatus.Ok : _said is not null;
        Fail(isDone == _dropped is not null && !isHit, $"{datagram} was handled, and answered: {_answer}, said: {_said}, {_dropped}");
    }

    /// <summary>A turn of the loop is over.</summary>
    public void AfterTick()
    {
        Conclude();
        var metrics = life.Hub.Metrics;
        Fail(metrics.DatagramsIn.Value != _read, $"{_read} datagrams were read, and {metrics.DatagramsIn.Value} counted");
        Fail(metrics.DatagramsDropped.Value != _drops, $"{_drops} datagrams were dropped, and {metrics.DatagramsDropped.Value} counted");
    }

    // Whatever becomes of it, it counts for its address, once.
    private SimDatagram Handled(string how)
    {
        Fail(_current is null || _dropped is not null, $"{_current} is {how}, and {_dropped}");
        if (_answer is null && _said is null)
        {
            Fail(_left < 1 - Edge, $"{_current} is {how}, and of its address {_left} may be handled");
            Fail(_isBehind && how != "handled", $"{_current} is {how}, and the disk is too slow");
            _rates[_current!.From.Address.Prefix] = (_left - 1, world.Clock.NowMs);
        }

        return _current!;
    }

    private bool HasKey(SimDatagram datagram) =>
        ReferenceNotify.HasKey(datagram.Content, System.Text.Encoding.UTF8.GetBytes(plan.Key));

    private string TextOf(SimDatagram datagram) => System.Text.Encoding.UTF8.GetString(ReferenceNotify.TextOf(
        datagram.Content, System.Text.Encoding.UTF8.GetBytes(plan.Key), world.Plan.Chat.TextBytes));

    // Whether no room can be made or woken: all there may be have members, or are the lobby.
    private bool IsFull()
    {
        var rooms = life.Log.Rooms.Where(static room => room.Members.Count > 0);
        var taken = rooms.Select(room => world.Chronicle.KeyOf(room.Name)).ToHashSet();
        taken.Add(RoomMemories.Lobby);
        return !taken.Contains(plan.Room) && taken.Count >= world.Plan.Chat.Rooms;
    }

    private void Note(Milestone milestone) => world.Machine.Milestones.Note(milestone);

    private static void Fail(
        bool failed, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(failed))] ref Why why) =>
        Check.Fail(failed, CheckNames.Datagrams, ref why);
}
