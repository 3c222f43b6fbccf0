using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Simulation.Ciphers;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Datagrams;
using MuxChat.Simulation.Files;

namespace MuxChat.Simulation;

/// <summary>What one run is like: how many take part, how long, and limits so small that they are met.</summary>
internal sealed record SimPlan
{
    public required int Clients { get; init; }

    /// <summary>Requests of each client.</summary>
    public required int Actions { get; init; }

    /// <summary>The longest time between two actions of a client, in microseconds.</summary>
    public required int MaxPauseUs { get; init; }

    /// <summary>How often many requests at once are such as are answered in two pieces each.</summary>
    public required double Bursts { get; init; }

    /// <summary>How many of all texts are as long as may be.</summary>
    public required double LongTexts { get; init; }

    /// <summary>Longest line in bytes.</summary>
    public required int LineBytes { get; init; }

    /// <summary>Longest frame in bytes.</summary>
    public required int FrameBytes { get; init; }

    public required LoopLimits Loop { get; init; }

    public required ClientLimits Talking { get; init; }

    public required ChatLimits Chat { get; init; }

    /// <summary>When the server is asked to stop, in microseconds; -1 for not before the end.</summary>
    public required long StopUs { get; init; }

    /// <summary>Whether rooms may be forgotten, and forget, for want of memory: when is not foreseen then.</summary>
    public bool IsMemoryShort { get; init; }

    /// <summary>How many addresses the clients come from.</summary>
    public int Addresses { get; init; } = 1;

    /// <summary>Whether all clients are on the server's machine.</summary>
    public bool IsLoopback { get; init; } = true;

    /// <summary>Whether the server asks everybody for its password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether IRC clients ask for the past, watch nicks and use labels.</summary>
    public bool HasIrcExtras { get; init; }

    /// <summary>Whether rooms and the server have operators who use what they may do.</summary>
    public bool HasModeration { get; init; }

    /// <summary>The datagrams of the run; null for none.</summary>
    public DatagramPlan? Datagrams { get; init; }

    /// <summary>The users of the clients over Unix sockets, by client; empty for none.</summary>
    public IReadOnlyList<SimLocalUser?> LocalUsers { get; init; } = [];

    /// <summary>The ciphers of the run; null for none.</summary>
    public CipherPlan? Ciphers { get; init; }

    /// <summary>The files of the run; null for none.</summary>
    public FilePlan? Files { get; init; }

    /// <summary>How often an action of a client runs a program; 0 for a server that has none.</summary>
    public double Runs { get; init; }

    /// <summary>Where a client comes from.</summary>
    public PeerAddress AddressOf(int client) =>
        UserOf(client) is { } user ? PeerAddress.OfUser(user.Id) : new((UInt128)(1 + (client % Addresses)), IsLoopback);

    /// <summary>Whether some clients connect over a Unix socket.</summary>
    public bool HasLocalUsers => LocalUsers.Count > 0;

    /// <summary>Whose program a client is; null for one over TCP.</summary>
    public SimLocalUser? UserOf(int client) => HasLocalUsers ? LocalUsers[client] : null;

    /// <summary>In one run of ten the server asks for a password.</summary>
    public SimPlan WithPassword(SeededRandom random) => this with { HasPassword = random.Chance(0.1) };

    /// <summary>In one run of four IRC clients do more.</summary>
    public SimPlan WithIrcExtras(SeededRandom random) => this with { HasIrcExtras = random.Chance(0.25) };

    /// <summary>
    /// In one run of four people change what rooms let whom do, and put each other out: they have more to do, and a room more to do it in.
    /// </summary>
    public SimPlan WithModeration(SeededRandom random, double share = 0.25) => HasModeration || !random.Chance(share) ? this : this with
    {
        HasModeration = true,
        Actions = Actions + 10,
        Chat = Chat with { RoomsPerClient = Chat.RoomsPerClient + 1 },
    };

    /// <summary>
    /// In one run of four, and one of two where there are operators, some clients connect over a Unix socket. Few users have many clients.
    /// </summary>
    public SimPlan WithLocalUsers(SeededRandom random)
    {
        if (!random.Chance(HasModeration ? 0.5 : 0.25))
        {
            return this;
        }

        var first = random.Below(SimLocalUser.All.Count);
        var count = random.Between(1, 3);
        var hasOperator = HasModeration && random.Chance(0.7);
        var users = new SimLocalUser?[Clients];
        for (var client = 0; client < Clients; client++)
        {
            var place = random.Below(count);
            var user = SimLocalUser.All[(first + place) % SimLocalUser.All.Count] with { IsOperator = hasOperator && place == 0 };
            users[client] = random.Chance(0.6) ? user : null;
        }

        var isLimited = random.Chance(0.3);
        return this with
        {
            LocalUsers = users,
            Loop = !isLimited ? Loop : Loop with { LimitLoopback = true, ClientsPerAddress = random.Pick(1, 2, 3) },
        };
    }

    /// <summary>In one run of four datagrams come, too.</summary>
    public SimPlan WithDatagrams(SeededRandom random) => DatagramPlan.Draw(random) is not { } datagrams ? this : this with
    {
        Datagrams = datagrams,
        Loop = Loop with { DatagramsPerSecond = datagrams.PerSecond },
    };

    /// <summary>In one run of four some clients speak through a cipher.</summary>
    public SimPlan WithCiphers(SeededRandom random) => CipherPlan.Draw(random) is not { } ciphers ? this : this with
    {
        Ciphers = ciphers,
        Loop = Loop with { HandshakeMs = random.Pick(10_000, 10_000, 1_000, 200), HandshakeStepsPerTick = random.Pick(4, 4, 1) },
    };

    /// <summary>
    /// In up to one run of four clients share files. No client of these speaks IRC, and all have more to do; half of the runs have closed
    /// rooms. Runs of a short memory, or with local operators, have none yet: the models of those do not foresee all that so many more
    /// actions lead to.
    /// </summary>
    public SimPlan WithFiles(SeededRandom random)
    {
        if (FilePlan.Draw(random) is not { } files || IsMemoryShort || HasLocalUsers)
        {
            return this;
        }

        var plan = WithModeration(random, share: 0.5);
        return plan with
        {
            Files = files,
            Actions = plan.Actions + 15,
            HasIrcExtras = false,
            Chat = plan.Chat with { Files = files.Limits },
        };
    }

    /// <summary>In one run of six clients run programs.</summary>
    public SimPlan WithRuns(SeededRandom random) => this with { Runs = random.Chance(1.0 / 6) ? random.Pick(0.1, 0.3) : 0 };

    /// <summary>Adds what is remembered. From another generator, so that the rest is as it was.</summary>
    public SimPlan WithPast(SeededRandom random)
    {
        var isShort = random.Chance(0.15);
        return this with
        {
            IsMemoryShort = isShort,
            Addresses = random.Between(1, 3),
            IsLoopback = random.Chance(0.3),
            Loop = random.Chance(0.7) ? Loop with { ConnectsPerMinute = 1_000_000, ClientsPerAddress = 1_000_000 } : Loop with
            {
                ClientsPerAddress = random.Pick(1, 2, 4, 64),
                ConnectsPerMinute = random.Pick(6, 30, 120),
                LimitLoopback = random.Chance(0.5),
                QueuedBytes = random.Pick(500, 3_000, 20_000, 256L * 1024 * 1024),
            },
            Chat = Chat with
            {
                History = random.Pick(1_000, 1_000, 50, 5, 1, 0),
                Replay = random.Pick(20, 20, 3, 1, 0),
                HistoryBytes = isShort ? random.Pick(700, 1_500, 5_000) : 256L * 1024 * 1024,
                HistoryAnswerBytes = random.Pick(128 * 1024, 128 * 1024, 3_000, 1_000),
                HistoryPartBytes = random.Pick(60_000, 60_000, 1_000, 300),
            },
        };
    }

    public static SimPlan Draw(SeededRandom random)
    {
        var clients = random.Between(2, random.Pick(4, 9, 12));
        // A patient server lets much pile up before it cuts anyone or makes anyone wait.
        var isPatient = random.Chance(0.1);
        var softBytes = isPatient ? 200_000 : random.Pick(300, 2_000, 20_000);
        var pingMs = random.Pick(2_000, 20_000);
        var isLong = random.Chance(0.1);
        var textBytes = isLong ? 2_000 : 110;
        var plan = new SimPlan
        {
            Clients = clients,
            Actions = random.Between(4, 24),
            MaxPauseUs = random.Pick(0, 1_000, 50_000, 1_000_000),
            Bursts = isPatient ? 0.5 : 0.1,
            LongTexts = random.Pick(0.02, 0.1, 0.8),
            LineBytes = textBytes + random.Between(10, 500),
            FrameBytes = textBytes + random.Between(700, 2_000),
            Loop = new LoopLimits
            {
                Clients = random.Chance(0.3) ? random.Between(1, clients) : clients * 2,
                AcceptsPerTick = random.Between(1, 4),
                ReadBytesPerTick = isLong ? random.Pick(1_000, 4_096) : random.Pick(8, 64, 500, 4_096),
                WriteBytesPerTick = isLong ? random.Pick(1_000, 65_536) : random.Pick(10, 200, 65_536),
                CoalesceUs = random.Pick(0, 100),
                AcceptPauseMs = random.Pick(5, 500),
                FlushMs = random.Pick(300, 5_000),
                LingerMs = random.Pick(50, 1_000),
                SlowConsumer = new SlowConsumerRule
                {
                    SoftBytes = softBytes,
                    HardBytes = softBytes * random.Pick(2, 4, 50),
                    SoftMs = random.Pick(200, 10_000)
                },
            },
            Talking = new ClientLimits
            {
                Flood = !isPatient && random.Chance(0.5),
                FloodBurst = random.Between(1, random.Pick(3, 20)),
                FloodPerSecond = random.Pick(5, 50, 500),
                IdlePingMs = pingMs,
                IdleCloseMs = pingMs * 2,
                OutputPauseBytes = random.Chance(0.5) ? softBytes : random.Pick(100, 1_000, 100_000),
                FlushFirstBytes = random.Pick(1, 100, 1_000, 65_536),
            },
            Chat = new ChatLimits
            {
                TextBytes = textBytes,
                RoomsPerClient = random.Between(1, 4),
                Rooms = random.Between(2, 5),
                PingTokenBytes = 32,
                RoomsPerPart = random.Between(1, 3),
                MembersPerPart = random.Between(1, 4),
            },
            StopUs = -1,
        };
        return plan with { StopUs = random.Chance(0.15) ? random.Below(1 + (plan.Actions * plan.MaxPauseUs)) : -1 };
    }
}
