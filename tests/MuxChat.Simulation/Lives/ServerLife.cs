using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Files;
using MuxChat.Simulation.Mistakes;
using MuxChat.Simulation.Moderation;
using MuxChat.Simulation.Past;
using MuxChat.Simulation.Programs;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;
using MuxChat.Storage;

namespace MuxChat.Simulation.Lives;

/// <summary>One life of the server, from its start to its end: everything that is gone when the process is.</summary>
internal sealed class ServerLife
{
    public ServerLife(SimWorld world, int number, byte[]? motd)
    {
        Number = number;
        Nicks = world.Plan.HasIrcExtras ? new NickLog() : null;
        Memories = new RoomMemories(world.Chronicle, world.Plan, world.Epochs, world.Machine.Milestones);
        Broadcaster = new Broadcaster(Pool);
        Addresses = new AddressesCheck(world.Plan.Loop);
        Log = new ChatLog(Broadcaster, world, this);
        Book = world.Plan.HasModeration ? new RoomBook(world) : null;
        Refusals = Book is null ? null : new Refusals(world, Book);
        var epochs = new Epochs(number == 0 ? world.Machine.Seed : SeededRandom.Mix(world.Machine.Seed ^ SeededRandom.Mix((ulong)number)));
        Hub = new ChatHub(Log, new MetricSet(), world.Clock, world.Plan.Chat, "#lobby"u8.ToArray(), epochs, motd);
        if (Book is not null)
        {
            Hub.Operators.Use(new SimWorker(world, this));
        }

        if (world.Plan.Runs > 0)
        {
            var random = SeededRandom.For(world.Machine.Seed, Machine.RunPart, -1, number);
            Programs = new SimRunner(() => world.Clock.NowMs, random.Below,
                atMs => world.Machine.Agenda.Add(atMs * 1_000, world.Network.Wake));
            Hub.Programs.Use(Programs);
        }

        Session = world.Keeper.Open(this);
        Journal = Session is null ? null
            : new SimJournal(Session.Journal, world.Past.Journal!.Durability, world.Keeper.Standings, Memories, world.Machine.Milestones);
        if (Journal is not null)
        {
            Hub.FinishRestoring(Journal, Session!.WasClean);
            Memories.BeginTelling();
        }

        Files = world.Keeper.Files?.Open(this);
        world.Injector.Begin(Broadcaster.Errors);
        var frames = new FrameLimits { LineBytes = world.Plan.LineBytes, FrameBytes = world.Plan.FrameBytes };
        var ownFrame = new JsonProtocol(frames);
        var ownIrc = new IrcProtocol();
        var line = Spoil(world, new LineProtocol(frames));
        var frame = Spoil(world, ownFrame);
        var irc = Spoil(world, ownIrc);
        var detector = new ProtocolDetector(
            line, new SpoiltSignature(new JsonProtocol.Signature(ownFrame), frame),
            new SpoiltSignature(new IrcProtocol.Signature(ownIrc), irc));
        var acknowledgements = new Acknowledgements(Journal ?? (IJournal)new NoJournal());
        var context = new ClientContext(Hub, Broadcaster, world.Clock, detector, acknowledgements, world.Plan.Talking)
        {
            Password = world.Plan.HasPassword ? new ServerPassword(Link.Password, new byte[32]) : null,
        };
        Datagrams = world.Plan.Datagrams is { } plan ? new DatagramsCheck(world, this, plan) : null;
        IProtocol?[] protocols = Datagrams is null ? [line, frame, null, irc] : [line, frame, null, irc, null, null];
        Loop = new EventLoop(world.Network, protocols, context, world.Plan.Loop, new MetricSet(), world, world.Datagrams?.Services(Hub));
    }

    // Where it is to be known what is heard through ciphers, or when a part of a file is sent, each protocol tells of its frames.
    private bool IsWrapped(SimWorld world) =>
        world.Injector.IsAny || Nicks is not null || world.Plan.Ciphers is not null || Files is not null;

    // Where the program is to throw, every protocol does; and where it is to be known who comes and goes, each tells of its lines.
    private IProtocol Spoil(SimWorld world, IProtocol protocol) => (IsWrapped(world), protocol) switch
    {
        (false, _) => protocol,
        (_, ICommandProtocol command) => new SpoiltCommandProtocol(command, world.Injector, Nicks),
        _ => new SpoiltProtocol(protocol, world.Injector, Nicks),
    };

    private readonly List<LoggedEvent> _restoredFiles = [];

    /// <summary>The start gives an event back.</summary>
    public void NoteRestored(LoggedEvent past)
    {
        if (past.Kind == EventKind.Shared)
        {
            _restoredFiles.Add(past);
        }
    }

    /// <summary>The files that the rooms remember at the start.</summary>
    public IReadOnlyList<LoggedEvent> RestoredFiles => _restoredFiles;

    /// <summary>The store of files; null where there is none.</summary>
    public SimFileStore? Files { get; }

    /// <summary>Runs programs; null where there are none.</summary>
    public SimRunner? Programs { get; }

    /// <summary>It has stopped in order, and nobody is here any more.</summary>
    public void CheckStopped(Milestones milestones)
    {
        Check.Fail(Programs is { HasForgotten: true }, CheckNames.Runs, $"all clients are gone, and a program runs for one of them");
        if (Programs?.Started.Exists(static run => run.IsCancelled) == true)
        {
            milestones.Note(Milestone.RunsCancelled);
        }
    }

    /// <summary>Which life it is, from 0.</summary>
    public int Number { get; }

    public SegmentPool Pool { get; } = new();

    public Broadcaster Broadcaster { get; }

    public ChatLog Log { get; }

    /// <summary>How rooms stand; null where nobody changes that.</summary>
    public RoomBook? Book { get; }

    /// <summary>What may be refused; null where nobody changes how rooms stand.</summary>
    public Refusals? Refusals { get; }

    public ChatHub Hub { get; }

    public EventLoop Loop { get; }

    /// <summary>Who comes from where.</summary>
    public AddressesCheck Addresses { get; }

    /// <summary>What becomes of datagrams; null where there are none.</summary>
    public DatagramsCheck? Datagrams { get; }

    /// <summary>Who is here under which nick, and who watches whom; null where nobody on IRC does.</summary>
    public NickLog? Nicks { get; }

    /// <summary>What rooms must remember.</summary>
    public RoomMemories Memories { get; }

    /// <summary>The open journal; null without one.</summary>
    public JournalSession? Session { get; }

    /// <summary>The journal as the chat has it.</summary>
    public SimJournal? Journal { get; }
}
