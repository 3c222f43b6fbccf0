using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Mistakes;
using MuxChat.Simulation.Running;

namespace MuxChat.Simulation.Wire;

/// <summary>
/// A level-triggered network in memory, over which the production event loop runs. Virtual time moves while it waits, to whatever happens
/// next, and a little in each call.
/// </summary>
internal sealed partial class SimNetwork : INetwork
{
    /// <summary>Calls within one tick, beyond which the loop is taken to be caught in itself.</summary>
    private const int MaxCallsPerTick = 50_000;

    /// <summary>Ticks in a row without progress while no time goes by.</summary>
    private const int MaxIdleTicks = 24;

    private readonly Machine _machine;
    private readonly SeededRandom _random;
    private readonly SimListener[] _listeners;
    private readonly List<SimChannel> _registered = [];
    private readonly List<SimChannel> _accepted = [];
    private readonly SortedSet<int> _freeDescriptors = [];
    private readonly ReadinessReports _reports;
    private int _descriptors;
    private int _callsInTick;
    private int _idleTicks;
    private int _acceptsWithoutDescriptors;
    private bool _hasProgress;
    private bool _hasClosedInTick;
    private bool _isWoken;

    public SimNetwork(Machine machine, int listeners)
    {
        _machine = machine;
        _random = SeededRandom.For(machine.Seed, Machine.NetworkPart);
        _listeners = [.. Enumerable.Range(0, listeners).Select(static _ => new SimListener())];
        _reports = new ReadinessReports(machine, _random, _listeners, _registered);
    }

    public string IoName => "sim";

    public int ListenerCount => _listeners.Length;

    public INetworkWatch? Watch { get; set; }

    public IReadOnlyList<SimChannel> Registered => _registered;

    public bool AreListenersClosed { get; private set; }

    /// <summary>Nothing will happen any more: neither the loop nor the world waits for anything.</summary>
    public bool IsAtRest { get; private set; }

    public int Waits { get; private set; }

    /// <summary>A client knocks. False when nobody listens any more.</summary>
    public bool Connect(int listener, SimChannel channel)
    {
        if (!AreListenersClosed)
        {
            _listeners[listener].Backlog.Enqueue(channel);
        }

        return !AreListenersClosed;
    }

    public int Wait(int timeoutMs, Span<Readiness> ready)
    {
        Waits++;
        IsAtRest = false;
        CountIdleTicks();
        _callsInTick = 0;
        _hasClosedInTick = false;
        _machine.Agenda.RunDue(_machine.Clock.NowUs);
        DrawFaults();
        var deadlineUs = timeoutMs < 0 ? long.MaxValue : _machine.Clock.NowUs + (timeoutMs * 1000L);
        var count = _reports.Collect(ready, out var isAnythingReady);
        while (!isAnythingReady && !_isWoken && _machine.Clock.NowUs < deadlineUs)
        {
            if (_random.Chance(_machine.Faults.InterruptedWait))
            {
                _machine.Note(TraceKind.Fault, -1, timeoutMs, 0, "a wait of {0} ms was interrupted");
                _hasProgress = true;
                return 0;
            }

            Watch!.BeforeTimePasses(timeoutMs);
            var nextUs = Math.Min(deadlineUs, _machine.Agenda.NextUs);
            IsAtRest = nextUs == long.MaxValue;
            if (IsAtRest)
            {
                return 0;
            }

            Pass(nextUs - _machine.Clock.NowUs);
            count = _reports.Collect(ready, out isAnythingReady);
        }

        _isWoken = false;
        _hasProgress |= _reports.WasLate || _reports.WereAllFalse;
        _machine.Note(TraceKind.Wait, -1, timeoutMs, count, "{0} ms at most: {1} ready");
        return count;
    }

    public void Hold(int microseconds)
    {
        _machine.Milestones.Note(Milestone.Held);
        _machine.Clock.Advance(microseconds);
    }

    public void Wake() => _isWoken = true;

    public AcceptStatus Accept(int listener, out IChannel? channel)
    {
        Fail(AreListenersClosed, CheckNames.Doomed, "it was accepted from a closed listener");
        CountCall(_random);
        channel = null;
        if (_listeners[listener].Backlog.Count == 0)
        {
            return AcceptStatus.WouldBlock;
        }

        if (_acceptsWithoutDescriptors == 0 && _random.Chance(_machine.Faults.OutOfDescriptors))
        {
            _acceptsWithoutDescriptors = _random.Pick(1, 2, 60);
        }

        if (_acceptsWithoutDescriptors > 0 && _machine.Faults.OutOfDescriptors > 0)
        {
            _acceptsWithoutDescriptors--;
            _machine.Note(TraceKind.Fault, -1, listener, 0, "no descriptor left for listener {0}");
            return AcceptStatus.OutOfDescriptors;
        }

        var accepted = _listeners[listener].Backlog.Dequeue();
        NoteProgress(true);
        if (accepted.IsReset && _random.Chance(0.5) || _random.Chance(_machine.Faults.FailedAccept))
        {
            accepted.Reset();
            _machine.Note(TraceKind.Fault, accepted.Far.ClientNumber, listener, 0, "gone before it was accepted by listener {0}");
            return AcceptStatus.Failed;
        }

        accepted.Descriptor = TakeDescriptor();
        _accepted.Add(accepted);
        _machine.Note(TraceKind.Accept, accepted.Far.ClientNumber, listener, accepted.Descriptor, "by listener {0}, descriptor {1}");
        channel = accepted;
        return AcceptStatus.Accepted;
    }

    public void SetListening(int listener, bool isListening)
    {
        Fail(AreListenersClosed && isListening, CheckNames.Doomed, "a closed listener was to listen again");
        _listeners[listener].IsListening = isListening;
        NoteProgress(true);
    }

    public void CloseListeners()
    {
        AreListenersClosed = true;
        _reports.AreListenersClosed = true;
        foreach (var listener in _listeners)
        {
            listener.Close();
        }
    }

    public void Add(IChannel channel, Token token, Interest interest)
    {
        var added = (SimChannel)channel;
        added.CheckFailed(added.IsRegistered || added.IsClosed, "it was registered twice, or after its end");
        _machine.Injector.Throw(MistakeKind.Register, (Link)added.Far);
        added.Token = token;
        added.Interest = interest;
        added.IsRegistered = true;
        added.RegisteredAt = Waits;
        _registered.Add(added);
    }

    public void SetInterest(IChannel channel, Token token, Interest interest)
    {
        var changed = (SimChannel)channel;
        changed.CheckFailed(!changed.IsRegistered || changed.IsUnwatched, "its interest was set without a registration");
        Fail(changed.Token != token, CheckNames.Registration, $"interest was set for token {token}, registered is {changed.Token}");
        _machine.Injector.Throw(MistakeKind.Watch, (Link)changed.Far);
        _machine.Note(TraceKind.Watch, changed.Far.ClientNumber, (int)interest, 0, "interest {0}");
        changed.Interest = interest;
        changed.ReadReports = 0;
        changed.WriteReports = 0;
        NoteProgress(true);
    }

    public void Remove(IChannel channel)
    {
        var removed = (SimChannel)channel;
        removed.CheckFailed(!removed.IsRegistered || removed.IsUnwatched, "it was no longer to be watched, and was not");
        _machine.Note(TraceKind.Watch, removed.Far.ClientNumber, -1, 0, "no longer watched");
        removed.IsUnwatched = true;
        removed.Interest = Interest.None;
        NoteProgress(true);
    }

    public void Close(IChannel channel)
    {
        var closed = (SimChannel)channel;
        CountCall(_random);
        closed.CheckFailed(closed.IsClosed, "it was closed twice");
        _machine.Note(TraceKind.Close, closed.Far.ClientNumber, closed.Descriptor, 0, "descriptor {0}");
        if (closed.IsRegistered)
        {
            // No report of this tick is about one that was registered in it.
            _hasClosedInTick |= closed.RegisteredAt != Waits;
            closed.IsRegistered = false;
            _registered.Remove(closed);
            if (_random.Chance(_machine.Faults.StaleReport))
            {
                _machine.Milestones.Note(Milestone.StaleReported);
                _reports.AddStale(closed.Token);
            }
        }

        _freeDescriptors.Add(closed.Descriptor);
        _accepted.Remove(closed);
        closed.NoteClosed();
        NoteProgress(true);
        Watch!.Closed(closed);
    }

    public void Dispose()
    {
    }

    /// <summary>Every call on a channel begins here.</summary>
    public void BeginCall(SimChannel channel, SeededRandom random, bool isRead)
    {
        CountCall(random);
        channel.CheckFailed(channel.IsClosed, "it was used after it was closed");

        // Who is turned away is told why and shut down, broken or not.
        var isTurnedAway = ((Link)channel.Far).IsHit && channel.RegisteredAt == Waits;
        var isWatched = channel.IsRegistered && !isTurnedAway;
        channel.CheckFailed(isWatched && channel.IsKnownBroken, "it was used after the server had learnt that it is broken");
        channel.CheckFailed(isWatched && channel.IsKnownDeaf && !isRead, "it was written to after a write had failed");
        channel.CheckFailed(isRead && _hasClosedInTick, "it was read from after another one was closed: that is for the end of a tick");
    }

    public void NoteProgress(bool isProgress) => _hasProgress |= isProgress;

    private static void Fail(bool failed, string check, string message)
    {
        if (failed)
        {
            throw new CheckFailedException(check, message);
        }
    }

    private void CountCall(SeededRandom random)
    {
        _machine.Die();
        Fail(++_callsInTick > MaxCallsPerTick, CheckNames.Progress, $"{MaxCallsPerTick} calls within one tick");
        _machine.SpendCall(random);
    }

    private void CountIdleTicks()
    {
        _idleTicks = _hasProgress ? 0 : _idleTicks + 1;
        _hasProgress = false;
        Fail(_idleTicks > MaxIdleTicks, CheckNames.Progress, $"in {MaxIdleTicks} ticks in a row nothing was done and no time went by");
    }

    private void DrawFaults()
    {
        if (_random.Chance(_machine.Faults.WallJump))
        {
            _machine.Clock.WallOffsetUs += _random.Between(-1_000_000_000, 1_000_000_000);
            _machine.Note(TraceKind.Fault, -1, _machine.Clock.WallOffsetUs, 0, "the wall clock is off by {0} us");
        }

        if (_random.Chance(_machine.Faults.TimerStorm))
        {
            _machine.Note(TraceKind.Fault, -1, 0, 0, "the machine slept");
            Pass(_random.Between(1, 200) * 100_000L);
        }
    }

    private void Pass(long microseconds)
    {
        var extraUs = _random.Chance(_machine.Faults.Oversleep) ? _random.Between(1, _random.Pick(20_000, 1_000_000)) : 0;
        _machine.Clock.Advance(microseconds + extraUs);
        _machine.Agenda.RunDue(_machine.Clock.NowUs);
        _hasProgress = true;
    }

    private int TakeDescriptor()
    {
        if (_freeDescriptors.Count == 0)
        {
            return _descriptors++;
        }

        _machine.Milestones.Note(Milestone.DescriptorReused);
        var lowest = _freeDescriptors.Min;
        _freeDescriptors.Remove(lowest);
        return lowest;
    }
}
