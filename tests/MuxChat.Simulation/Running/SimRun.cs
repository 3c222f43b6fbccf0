using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Lives;

namespace MuxChat.Simulation.Running;

/// <summary>
/// One seed from beginning to end: chaos, then calm, in which everyone who is left must be served to the end, then the server
/// stops and everyone must be let go.
/// </summary>
internal sealed class SimRun
{
    private const int MaxChaosTicks = 2_500;

    // Who reads eight bytes a tick takes long to read what was sent to it before.
    private const int MaxCalmTicks = 200_000;
    private const long MaxCalmUs = 600_000_000;
    private const int Writers = 3;

    private readonly SimWorld _world;
    private bool _isChaosOver;
    private bool _comesBack;

    private SimRun(ulong seed, Omissions omissions, Trace trace) => _world = new SimWorld(seed, omissions, trace);

    /// <summary>Runs a seed. Never throws for what the production code does.</summary>
    public static RunResult Of(ulong seed, bool keepsLines = false, Omissions? omissions = null)
    {
        var trace = new Trace(keepsLines);
        var ticks = 0;
        var milestones = new Milestones();
        Failure? failure = null;
        try
        {
            var run = new SimRun(seed, omissions ?? new Omissions(), trace);
            try
            {
                run.Play();
            }
            finally
            {
                ticks = run._world.Ticks;
                milestones = run._world.Machine.Milestones;
            }
        }
        catch (CheckFailedException failed)
        {
            failure = new Failure(failed.Check, failed.Message);
        }
#pragma warning disable CA1031 // Whatever the production code throws is what is looked for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = new Failure(CheckNames.Exception, error.ToString());
        }

        return new RunResult(seed, trace.Hash, ticks, failure, trace.Lines, milestones);
    }

    private void Play()
    {
        if (Chaos())
        {
            var survivors = Calm();
            Stop(survivors);
        }

        CheckNothingIsLeft();
        _world.CloseForGood();
    }

    // False when the server has stopped meanwhile.
    private bool Chaos()
    {
        const long Rest = 300_000;
        var agenda = _world.Machine.Agenda;
        agenda.Add(_world.Clients.Max(static client => client.LastActionUs) + Rest, () =>
        {
            _isChaosOver = true;
            _world.Network.Wake();
        });
        if (_world.Plan.StopUs >= 0)
        {
            agenda.Add(_world.Plan.StopUs, _world.RequestStop);
        }

        foreach (var end in _world.Past.Ends)
        {
            agenda.Add(end.AtUs, () => End(end));
        }

        while ((!_isChaosOver || _world.IsStopping) && _world.Ticks < MaxChaosTicks)
        {
            if (_world.Tick())
            {
                continue;
            }

            CheckNothingIsLeft();
            if (!_comesBack)
            {
                return false;
            }

            _comesBack = false;
            _world.StartAfterStop();
        }

        return true;
    }

    private void End(LifeEnd end)
    {
        if (_world.IsCalm || _world.IsStopping)
        {
            return;
        }

        if (end.Kind == LifeEndKind.Stop)
        {
            _comesBack = true;
            _world.RequestStop();
        }
        else
        {
            _world.Machine.Death = end;
        }
    }

    private List<Link> Calm()
    {
        _world.CalmDown();
        var survivors = _world.Clients.Select(static client => client.Open).OfType<Link>().ToList();
        if (_world.IsStopping)
        {
            return survivors;
        }

        Ask(survivors, "first");

        // Whose nick was taken has asked for another one after its ping.
        Ask(survivors, "second");
        survivors.RemoveAll(static link => !link.IsOpen || !link.IsIn);
        for (var i = 0; i < survivors.Count; i++)
        {
            var link = survivors[i];
            if (link.IsOpen && link.IsIn)
            {
                var random = new SeededRandom((ulong)i);
                link.Ask(new Intent(IntentKind.Say) { Text = $"s{link.ClientNumber}.last", Room = link.TalkingRoom }, random);
                link.Ask(new Intent(IntentKind.Message)
                {
                    Nick = survivors[(i + 1) % survivors.Count].Picture.Nick,
                    Text = $"m{link.ClientNumber}.last"
                }, random);
            }
        }

        var open = survivors.Where(static link => link is { IsOpen: true, IsIn: true }).ToList();
        Ask(survivors, "last");
        foreach (var link in open.Where(link => link.IsOpen && survivors[(survivors.IndexOf(link) + 1) % survivors.Count].IsOpen))
        {
            var isSeen = _world.Messages[$"m{link.ClientNumber}.last"].IsSeen;
            Check.Fail(!isSeen, CheckNames.Convergence, $"the last message of client {link.ClientNumber} did not arrive");
        }

        var untold = open.Find(static link => link.IsOpen && link.IsToSeeGrant);
        Check.Fail(untold is not null, CheckNames.Rights, $"client {untold?.ClientNumber} is a server operator, and was not told so");
        ReadDatagrams();
        SayToTheDisk(survivors);
        return survivors;
    }

    private void ReadDatagrams()
    {
        var lastTick = _world.Ticks + MaxCalmTicks;
        while (_world.Datagrams is { HasWaiting: true })
        {
            _world.Tick();
            var isOver = _world.Network.IsAtRest || _world.Ticks > lastTick;
            Check.Fail(isOver, CheckNames.Convergence, $"the faults have stopped, and datagrams wait to be read");
        }
    }

    // When the disk has room again, and time enough to notice, everything is stored, unless it failed for good.
    private void SayToTheDisk(List<Link> survivors)
    {
        if (_world.Life.Journal is not { } journal)
        {
            return;
        }

        var isTime = false;
        _world.Machine.Agenda.Add(_world.Machine.Clock.NowUs + (long)_world.Past.Journal!.FullRetry.TotalMicroseconds + 1, () =>
        {
            isTime = true;
            _world.Network.Wake();
        });
        while (!isTime)
        {
            _world.Tick();
        }

        var said = survivors.Where(static link => link.IsOpen)
            .Select(static link => (Link: link,
            Intent: new Intent(IntentKind.Say) { Text = $"s{link.ClientNumber}.stored", Room = link.TalkingRoom })).ToList();
        foreach (var (link, intent) in said)
        {
            link.Ask(intent, new SeededRandom(0));
        }

        Ask(survivors, "stored");
        foreach (var (link, intent) in said.Where(
            one => one.Link is { IsOpen: true, Client.Model.Protocol: "frame" } && !journal.HasFailed))
        {
            var isStored = intent.Event is null || !_world.HasLateAnswers || intent.Event.Outcome == Core.Chat.History.JournalStatus.Stored;
            Check.Fail(!isStored, CheckNames.Convergence,
                $"the disk has room, and what client {link.ClientNumber} said is {intent.Event?.Outcome}");
        }
    }

    // Everyone asks for a sign of life and gets it, and with it all that was due before.
    private void Ask(List<Link> survivors, string round)
    {
        var pings = survivors.ConvertAll(
            link => (Link: link, Ping: new Intent(IntentKind.Ping) { Text = $"p{link.ClientNumber}.{round}" }));
        foreach (var (link, ping) in pings.Where(static one => one.Link.IsOpen))
        {
            link.Ask(ping, new SeededRandom(0));
        }

        var endUs = _world.Machine.Clock.NowUs + MaxCalmUs;
        var lastTick = _world.Ticks + MaxCalmTicks;
        while (pings.Find(static one => one.Link.IsOpen && !IsDone(one.Link, one.Ping)) is { Link: { } waiting })
        {
            _world.Tick();
            var isOver = (_world.Network.IsAtRest && !pings.TrueForAll(static one => !one.Link.IsOpen || IsDone(one.Link, one.Ping)))
                || _world.Machine.Clock.NowUs > endUs || _world.Ticks > lastTick;
            Check.Fail(
                isOver,
                CheckNames.Convergence,
                $"client {waiting.ClientNumber} waits for its {round} pong and {waiting.Expected.Count} events; "
                    + $"{waiting.Channel.Incoming.Count} bytes of its own are not read; "
                    + $"the next request is {waiting.Awaiting.FirstOrDefault()}");
        }
    }

    // What a client has asked since, of its own accord, may have no answer.
    private static bool IsDone(Link link, Intent ping) =>
        ping.IsAnswered && link.Expected.Count == 0 && !link.Awaiting.Exists(asked => asked.Index <= ping.Index);

    private void Stop(List<Link> survivors)
    {
        var open = survivors.Where(static link => link.IsOpen && link.IsServed).ToList();
        if (!_world.IsStopping)
        {
            _world.RequestStop();
        }

        var limits = _world.Plan.Loop;
        var endUs = _world.Machine.Clock.NowUs + ((limits.FlushMs + limits.LingerMs) * 1000L) + 1000;
        while (_world.Tick())
        {
            Check.Fail(_world.Machine.Clock.NowUs > endUs, CheckNames.Convergence,
                $"the server does not end: {_world.Loop.ConnectionCount} connections are left");
        }

        ReadToTheEnd();
        foreach (var link in open)
        {
            // What else it was closed for was judged when it was closed.
            Check.Fail(
                link.Goodbye != "the server is stopping" && !link.Channel.IsReset && link.ClosedFor == CloseReason.ServerStopping,
                CheckNames.Convergence,
                $"client {link.ClientNumber} was not told that the server stops; it was told '{link.Goodbye}'");
            Check.Fail(!link.IsOver, CheckNames.Convergence, $"client {link.ClientNumber} was not let go");
        }
    }

    private void ReadToTheEnd()
    {
        var agenda = _world.Machine.Agenda;
        while (agenda.NextUs != long.MaxValue)
        {
            _world.Machine.Clock.Advance(Math.Max(0, agenda.NextUs - _world.Machine.Clock.NowUs));
            agenda.RunDue(_world.Machine.Clock.NowUs);
        }
    }

    private void CheckNothingIsLeft()
    {
        Check.Fail(_world.Network.Registered.Count > 0, CheckNames.Registration,
            $"{_world.Network.Registered.Count} channels are registered after the end");
        _world.Life.Addresses.CheckNobodyIsLeft();
        Check.Fail(_world.Pool.Lent > Writers, CheckNames.Sums,
            $"{_world.Pool.Lent} segments are lent after the end; {Writers} writers hold one each");
    }
}
