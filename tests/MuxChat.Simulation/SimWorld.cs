using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Datagrams;
using MuxChat.Simulation.Disk;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Mistakes;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;
using MuxChat.Storage;

namespace MuxChat.Simulation;

/// <summary>
/// Puts one run together: the production loop, protocols and chat over a simulated machine, and the clients. The one
/// place where all parts are named.
/// </summary>
internal sealed class SimWorld : ILoopObserver, INetworkWatch
{
    private readonly ICheck[] _checks = AfterTickChecks.Create();
    private readonly byte[]? _motd;
    private int _lives;

    public SimWorld(ulong seed, Omissions omissions, Trace trace)
    {
        var random = SeededRandom.For(seed, Machine.WorldPart);
        var pastRandom = SeededRandom.For(seed, Machine.PastPart);
        Omissions = omissions;
        Plan = SimPlan.Draw(random).WithPast(pastRandom).WithPassword(SeededRandom.For(seed, Machine.PasswordPart))
            .WithIrcExtras(SeededRandom.For(seed, Machine.IrcExtraPart)).WithModeration(SeededRandom.For(seed, Machine.ModerationPart))
            .WithDatagrams(SeededRandom.For(seed, Machine.DatagramPart)).WithLocalUsers(SeededRandom.For(seed, Machine.LocalUserPart))
            .WithCiphers(SeededRandom.For(seed, Machine.CipherPart)).WithFiles(SeededRandom.For(seed, Machine.FilePart))
            .WithRuns(SeededRandom.For(seed, Machine.RunPart));
        Past = PastPlan.Draw(pastRandom, Plan)
            .WithTrouble(SeededRandom.For(seed, Machine.DiskTroublePart)).WithFailedOpens(SeededRandom.For(seed, Machine.FailedOpenPart));
        Machine = new Machine(seed, Faults.Draw(random), trace);
        var (mistakes, formats) = (SeededRandom.For(seed, Machine.MistakePart), SeededRandom.For(seed, Machine.FormatMistakePart));
        Machine.Injector = new Injector(Machine, MistakePlan.Draw(mistakes).WithFormats(formats), mistakes, formats);
        Network = new SimNetwork(Machine, Plan.Datagrams is null ? 4 : 6) { Watch = this };
        Datagrams = Plan.Datagrams is null ? null : new SimDatagrams(this, Plan.Datagrams);
        Clock = new TickClock(Machine.Clock);
        _motd = random.Chance(0.2) ? "one\ntwo"u8.ToArray() : null;
        Keeper = new JournalKeeper(this, new SimDisk(Machine, Chronicle));
        Life = new ServerLife(this, _lives++, _motd);
        Clients = [.. Enumerable.Range(0, Plan.Clients)
            .Select(number => new SimClient(this, number, SeededRandom.For(seed, Machine.ClientPart, number, -1)))];
    }

    public SimPlan Plan { get; }

    /// <summary>The disk, the journal, and when the server ends and comes back.</summary>
    public PastPlan Past { get; }

    /// <summary>The datagrams of the run; null for none.</summary>
    public SimDatagrams? Datagrams { get; }

    /// <summary>Everything that was published, in all lives.</summary>
    public Chronicle Chronicle { get; } = new();

    /// <summary>Every epoch there was.</summary>
    public HashSet<long> Epochs { get; } = [];

    /// <summary>The journal's keeper.</summary>
    public JournalKeeper Keeper { get; }

    /// <summary>Whether answers wait for the disk.</summary>
    public bool HasLateAnswers => Past.Journal is { Durability: not Durability.None };

    /// <summary>The server that runs.</summary>
    public ServerLife Life { get; private set; }

    public Omissions Omissions { get; }

    public Machine Machine { get; }

    /// <summary>Makes the program throw.</summary>
    public Injector Injector => Machine.Injector;

    public SimNetwork Network { get; }

    public TickClock Clock { get; }

    public SegmentPool Pool => Life.Pool;

    public Broadcaster Broadcaster => Life.Broadcaster;

    public ChatLog Log => Life.Log;

    public ChatHub Hub => Life.Hub;

    public EventLoop Loop => Life.Loop;

    public IReadOnlyList<SimClient> Clients { get; }

    /// <summary>The kinds of clients there are.</summary>
    public IReadOnlyList<IClientModel> Models { get; } = [new LineClientModel(), new FrameClientModel(), new IrcClientModel()];

    /// <summary>How clients' hosts are shown on IRC.</summary>
    public ShownHosts Hosts { get; } = new();

    /// <summary>Private messages by their texts.</summary>
    public Dictionary<string, Message> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>The faults are over, and nobody does anything of his own.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>The server was asked to stop.</summary>
    public bool IsStopping { get; private set; }

    public int Ticks { get; private set; }

    /// <summary>How many events were published, in all lives.</summary>
    public long EventCount { get; set; }

    public IEnumerable<Link> Links => Clients.SelectMany(client => client.Links);

    public IClientModel ModelOf(string protocol) => Models.First(model => model.Protocol == protocol);

    /// <summary>One turn of the loop, and all checks after it. When the server dies in it, it is started again.</summary>
    /// <returns>False when the server has stopped.</returns>
    public bool Tick()
    {
        Ticks++;
        bool goesOn;
        try
        {
            goesOn = Loop.Tick();
        }
        catch (ServerDiedException died)
        {
            StartAgain(died.Kind);
            return true;
        }

        Life.Journal?.AfterTick();
        Machine.Note(TraceKind.Tick, -1, Ticks, Loop.ConnectionCount, "{0} done, {1} connections");
        Log.Tidy();
        Life.Datagrams?.AfterTick();
        foreach (var check in _checks)
        {
            check.AfterTick(this);
        }

        return goesOn;
    }

    /// <summary>The server has stopped, and is started again.</summary>
    public void StartAfterStop()
    {
        try
        {
            Keeper.Close(Life);
            StartAgain(LifeEndKind.Stop);
        }
        catch (ServerDiedException died)
        {
            StartAgain(died.Kind);
        }
    }

    /// <summary>The server has stopped for good: its journal is ended, and read once more.</summary>
    public void CloseForGood()
    {
        Machine.Death = null;
        Keeper.TidyUp(Life);
        Keeper.Close(Life);
        Keeper.Files?.CheckLast(Keeper.CheckLast());
    }

    public void RequestStop()
    {
        Machine.Note(TraceKind.Phase, -1, 0, 0, "the server is asked to stop");
        IsStopping = true;
        if (!IsCalm)
        {
            Machine.Milestones.Note(Milestone.StoppedInChaos);
        }

        Loop.RequestStop();
    }

    /// <summary>From now on nothing goes wrong, and everyone reads.</summary>
    public void CalmDown()
    {
        Machine.Note(TraceKind.Phase, -1, 0, 0, "the faults stop");
        IsCalm = true;
        Machine.Faults = Faults.None;
        Injector.IsOver = true;
        Machine.Death = null;
        Keeper.Disk.Faults = DiskFaultPlan.None;
        Datagrams?.CalmDown();
        foreach (var link in Links)
        {
            link.IgnoresPings = false;
            link.ReadAs(ReadMode.Eager);
        }
    }

    /// <summary>Whether somebody said that it was away with these words.</summary>
    public bool WasAway(string text) =>
        Links.Any(one => one.Intents.All.Any(intent => intent.Kind == IntentKind.Away && intent.Text == text));

    /// <summary>A client sees a private message.</summary>
    public void SeeMessage(Link link, string to, string text)
    {
        var message = Messages.GetValueOrDefault(text);
        Check.Fail(message is null, CheckNames.Injection, $"client {link.ClientNumber} sees a message that no client sent: {text}");
        Check.Fail(message!.IsSeen, CheckNames.Messages, $"client {link.ClientNumber} sees a message that was seen before: {text}");
        message.IsSeen = true;
        Machine.Milestones.Note(Milestone.Messages);
        Check.Fail(to != link.Picture.Nick, CheckNames.Messages,
            $"client {link.ClientNumber}, {link.Picture.Nick}, sees a message to {to}");
        var last = link.LastMessageFrom.GetValueOrDefault(message.Sender, -1);
        Check.Fail(message.Intent.Index <= last, CheckNames.Messages, $"client {link.ClientNumber} sees a message out of order: {text}");
        link.LastMessageFrom[message.Sender] = message.Intent.Index;
    }

    public void BeforeTimePasses(int timeoutMs)
    {
        Check.Fail(Broadcaster.HasWork, CheckNames.Time, $"the loop waits {timeoutMs} ms, and something is to be distributed or written");
        foreach (var channel in Network.Registered)
        {
            var isWaiting = ConnectionOf(channel) is { } connection
                && (connection.Client.Recipient.Outbox.QueuedBytes > 0 || InterestCheck.IsHolding(channel));
            Check.Fail(isWaiting && (channel.Interest & Interest.Write) == 0, CheckNames.Time,
                $"the loop waits {timeoutMs} ms, and client {channel.Far.ClientNumber} has bytes queued that the loop will not write");
        }
    }

    // A start may be cut short as well.
    private void StartAgain(LifeEndKind kind)
    {
        for (var end = (LifeEndKind?)kind; end is not null;)
        {
            Machine.Note(TraceKind.Phase, -1, (int)end, 0, "the server ends in way {0}, and is started again");
            Machine.Milestones.Note(
                end switch { LifeEndKind.Stop => Milestone.Stops, LifeEndKind.Kill => Milestone.Kills, _ => Milestone.PowerCuts });
            if (end != LifeEndKind.Stop)
            {
                Keeper.Died(end.Value);
            }

            Network.Abandon();
            IsStopping = false;
            try
            {
                Clock.Refresh();
                Life = new ServerLife(this, _lives++, _motd);
                end = null;
            }
            catch (ServerDiedException died)
            {
                end = died.Kind;
            }
        }
    }

    public Connection? ConnectionOf(SimChannel channel) => Loop.Connections.Find(channel.Token);

    private static PeerAddress HomeOf(IPeer peer) => ((Link)((SimChannel)peer).Far).Home;

    void INetworkWatch.Closed(SimChannel channel)
    {
        var link = (Link)channel.Far;
        EndingCheck.Closed(this, link);
        if (link is { ClosedFor: CloseReason.None, HitBy: MistakeKind.Register or MistakeKind.Begin })
        {
            // It was let in, and a mistake put it out before it had its place.
            Life.Addresses.Accepted(link.Home, link.ClientNumber, Clock.NowMs);
            Life.Addresses.Closed(link.Home);
        }
    }

    void ILoopObserver.Accepted(IPeer peer, int clients)
    {
        Machine.Milestones.Note(Milestone.Accepted);
        Check.Fail(clients > Plan.Loop.Clients, CheckNames.Limits, $"{clients} clients, {Plan.Loop.Clients} are allowed");
        ((Link)((SimChannel)peer).Far).Backlog.LastInputMs = Clock.NowMs;
        Life.Addresses.Accepted(HomeOf(peer), ((SimChannel)peer).Far.ClientNumber, Clock.NowMs);
    }

    void ILoopObserver.Closed(IPeer peer, string nick, CloseReason reason, long unsentBytes, int clients)
    {
        Machine.Milestones.Note(reason);
        var link = (Link)((SimChannel)peer).Far;
        link.ClosedFor = reason;
        link.Backlog.UnsentBytes = unsentBytes;
        Life.Addresses.Closed(link.Home);
    }

    void ILoopObserver.OpeningFailed(IPeer peer, CloseReason reason, string why) =>
        OpeningCheck.Failed(this, (Link)((SimChannel)peer).Far, reason, why);

    void ILoopObserver.TurnedAway(IPeer peer, ErrorCode why, int clients)
    {
        if (why == ErrorCode.InternalError)
        {
            var isHit = ((Link)((SimChannel)peer).Far).IsHit;
            Check.Fail(!isHit, CheckNames.Firewall, $"a client is turned away for a mistake that did not hit it");
            return;
        }

        Machine.Milestones.Note(why == ErrorCode.ServerFull ? Milestone.TurnedAway : Milestone.AddressTurnedAway);
        Life.Addresses.TurnedAway(HomeOf(peer), why, ((SimChannel)peer).Far.ClientNumber, Clock.NowMs);
        Check.Fail(why == ErrorCode.ServerFull != clients >= Plan.Loop.Clients, CheckNames.Limits,
            $"turned away for {why} with {clients} clients, {Plan.Loop.Clients} are allowed");
    }

    void ILoopObserver.AcceptPaused(int pauseMs, int clients) => Machine.Milestones.Note(Milestone.AcceptPaused);

    void ILoopObserver.DatagramDropped(IPeer sender, string why) => Life.Datagrams!.Dropped(why);

    void ILoopObserver.DatagramsPaused(int pauseMs)
    {
    }

    void ILoopObserver.Draining(int clients) =>
        Check.Fail(!IsStopping, CheckNames.Ending, $"the server lets {clients} clients go, and was not asked to stop");
}
