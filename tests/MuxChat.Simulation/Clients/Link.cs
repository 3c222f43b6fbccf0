using MuxChat.Core.Chat;
using MuxChat.Simulation.Checks;
using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Files;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Programs;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// A client's end of one connection: what it writes and reads and when, what it asked for, what it must see, and what it believes.
/// </summary>
internal sealed partial class Link : IFarEnd
{
    private const int ByteWiseReads = 60;

    private readonly SimWorld _world;
    private readonly Machine _machine;
    private readonly SeededRandom _random;
    private long _lastArrivalUs;
    private DurabilityCheck? _acknowledged;
    private bool _isReadPlanned;
    private int _byteWiseLeft;
    private bool _wasMistaken;

    public Link(SimWorld world, SimClient client, int number, SeededRandom random)
    {
        _world = world;
        _machine = world.Machine;
        _random = random;
        Client = client;
        Number = number;
        Channel = new SimChannel(_machine, world.Network, this, SeededRandom.For(_machine.Seed, Machine.ChannelPart, client.Number, number))
        {
            Address = world.Plan.AddressOf(client.Number),
            User = world.Plan.UserOf(client.Number)?.Of(client.Number),
        };
        ServedBy = client.Model;
        Life = world.Life;
        Intents = new IntentLog(this);
        Picture = new Picture(this);
        Files = new FileTalk(this);
        Runs = new RunTalk(this);
        View = client.Model.CreateView(this);
    }

    public SimClient Client { get; }

    /// <summary>The listener it came to.</summary>
    public int Listener { get; init; }

    /// <summary>Whether it may talk: on IRC one has to log in first.</summary>
    public bool IsIn => View is not IrcView irc || irc.IsIn;

    /// <summary>A room that it may talk to: on IRC one is always named.</summary>
    public string TalkingRoom => View is IrcView irc ? irc.Rooms.Names.FirstOrDefault() ?? "#lobby" : "";

    /// <summary>Which of its client's connections it is, from 0.</summary>
    public int Number { get; }

    public int ClientNumber => Client.Number;

    public SimWorld World => _world;

    /// <summary>The life of the server that it came to: what was sent then may be read in the next one.</summary>
    public ServerLife Life { get; }

    public SimChannel Channel { get; }

    public IntentLog Intents { get; }

    public Picture Picture { get; }

    public IView View { get; }

    public ReadMode Mode { get; private set; }

    /// <summary>What it sees of the programs that it runs.</summary>
    public RunTalk Runs { get; }

    /// <summary>What it sees and sends of files.</summary>
    public FileTalk Files { get; }

    /// <summary>What it must see next, in order.</summary>
    public Queue<Expected> Expected { get; } = new();

    /// <summary>Requests that are to be answered, in the order they were made.</summary>
    public List<Intent> Awaiting { get; } = [];

    /// <summary>The client asked to leave.</summary>
    public bool HasQuit { get; set; }

    /// <summary>The client sent something without end.</summary>
    public bool HasOverrun { get; set; }

    /// <summary>The client closed its side.</summary>
    public bool HasClosed { get; private set; }

    /// <summary>The client does not answer pings.</summary>
    public bool IgnoresPings { get; set; }

    /// <summary>The client has read the end, or learnt that the connection is broken.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The client was told that the connection ends.</summary>
    public string? Goodbye { get; set; }

    /// <summary>The place in the log of the last event seen.</summary>
    public long LastSeen { get; set; } = -1;

    /// <summary>Private messages seen, by the connection they came from: the last one's place.</summary>
    public Dictionary<Link, int> LastMessageFrom { get; } = [];

    // What the chat has told of it: the log's side.
    public string? LogNick { get; set; }

    public string? NickBefore { get; set; }

    public List<LoggedRoom> Rooms { get; } = [];

    public LoggedRoom? Current { get; set; }

    /// <summary>The events by which it entered rooms; a person is shown after each what was said there.</summary>
    public Queue<LoggedEvent> Entries { get; } = new();

    public int RoomCount { get; set; }

    public long LastAnnouncement { get; set; }

    public bool HasLeft { get; set; }

    public string? QuitSeen { get; set; }

    /// <summary>The protocol that the server took it for.</summary>
    public IClientModel ServedBy { get; private set; }

    public bool IsServed { get; private set; }

    public long ServedSinceMs { get; private set; }

    /// <summary>When its first bytes showed that it is no person; 0 where they did not.</summary>
    public long TurnedMs { get; private set; }

    /// <summary>What may be queued for it.</summary>
    public LinkBacklog Backlog { get; } = new();

    /// <summary>How often it has entered a room.</summary>
    public int Joins { get; set; }

    /// <summary>Why the server closed it.</summary>
    public CloseReason ClosedFor { get; set; }

    /// <summary>The server took it for another protocol, because its first byte came too late: a client would hang up.</summary>
    public bool IsMistaken => _wasMistaken || ServedBy != Client.Model || IsTakenForPlain;

    /// <summary>Nothing has happened that ends it.</summary>
    public bool IsOpen =>
        !IsOver && !HasClosed && !HasQuit && !HasOverrun && !IsMistaken && !IsHit && !IsForgetful && KilledBy is null && !Channel.IsReset
        && !Channel.IsClosed && Cipher is null or { NeverOpens: false };

    /// <summary>
    /// Whether the answer to a request waits for the disk: it made an event of a room. Who quits, or disconnects itself, is not there any
    /// more to wait.
    /// </summary>
    public bool IsLate(Intent asked) =>
        asked.Event is { Seq: > 0 } && asked.Kind != IntentKind.Quit && asked != KilledBy && _world.HasLateAnswers;

    /// <summary>Whether a number of a room is of something of its own that it was not told yet.</summary>
    public bool IsOwnAndLate(string room, long seq, long enteredIndex) =>
        _world.HasLateAnswers && Awaiting.Exists(
        asked => asked.Kind is IntentKind.Say or IntentKind.Act && asked.Event is { } own && own.Seq == seq && own.Room == room
            && own.Index > enteredIndex);

    public void NoteServedAs(string protocol, long nowMs)
    {
        if (IsServed && ServedBy.Protocol != protocol)
        {
            NoteTurnedTo(_world.ModelOf(protocol), nowMs);
            return;
        }

        if (!IsServed)
        {
            IsServed = true;
            ServedSinceMs = nowMs;
            ServedBy = _world.ModelOf(protocol);
            if (Channel.BytesReceived == 0 && Listener == SimClient.AutoListener)
            {
                OpeningCheck.Greeted(_world, this);
            }

            if (Channel.BytesReceived == 0 && Client.Model.Protocol == "line")
            {
                _machine.Milestones.Note(Milestone.GreetedForSilence);
            }

            if (IsMistaken)
            {
                _machine.Milestones.Note(Milestone.Mistaken);
            }
        }
    }

    /// <summary>
    /// Its first bytes showed what it speaks: the guest has left, and it begins anew, and still cannot read what it is told.
    /// </summary>
    public void NoteTurnedTo(IClientModel model, long nowMs)
    {
        TurnedMs = nowMs;
        _wasMistaken = true;
        ServedBy = model;
        LogNick = null;
        HasLeft = false;
        QuitSeen = null;
    }

    public void OnSent(ReadOnlySpan<byte> bytes)
    {
        if (!IsServed && _world.ConnectionOf(Channel) is { } connection && ReferenceEquals(connection.Channel, Channel))
        {
            // On IRC one is served before one is in any room. Greeted as a person and turned within one tick, it is sent the greeting all
            // the same.
            NoteServedAs(bytes[0] == (byte)'*' ? "line" : connection.Client.Recipient.Protocol!.Name, _world.Clock.NowMs);
        }

        if (IsServed && ServedBy.Protocol == "frame" && !IsMistaken && !IsBlind && _world.HasLateAnswers)
        {
            (_acknowledged ??= new DurabilityCheck(this)).Sent(bytes);
        }
    }

    public void ReadAs(ReadMode mode)
    {
        Mode = mode;
        _byteWiseLeft = ByteWiseReads;
        OnReadable();
    }

    public void OnReadable()
    {
        if (!_isReadPlanned && !IsOver && Mode != ReadMode.Stalled)
        {
            _isReadPlanned = true;
            _machine.Agenda.Add(_machine.Clock.NowUs + _random.Below(_machine.Faults.MaxDelayUs + 1), ReadSome);
        }
    }

    private void ReadSome()
    {
        _isReadPlanned = false;
        if (IsOver || Mode == ReadMode.Stalled)
        {
            return;
        }

        if (Channel.IsReset)
        {
            Over(isInOrder: false);
        }
        else if (Channel.Outgoing.Count > 0)
        {
            Span<byte> copy = new byte[Mode == ReadMode.ByteWise ? 1 : Channel.Outgoing.Count];
            Channel.Outgoing.Pending[..copy.Length].CopyTo(copy);
            Channel.Outgoing.Consume(copy.Length);
            Mode = Mode == ReadMode.ByteWise && --_byteWiseLeft == 0 ? ReadMode.Eager : Mode;
            _machine.Note(TraceKind.Read, ClientNumber, copy.Length, 0, "{0} bytes");
            // Who is turned away is told so in a line that may be cut short, and in lines even where it speaks frames.
            var content = Cipher is null ? copy : Cipher.Read(copy);
            if (IsServed && !IsMistaken && !IsBlind && !content.IsEmpty)
            {
                View.Read(content);
            }

            OnReadable();
        }
        else if (Channel.IsShutDown || Channel.IsClosed)
        {
            Over(isInOrder: Channel.IsShutDown);
        }
    }

    private void Over(bool isInOrder)
    {
        IsOver = true;
        _machine.Note(TraceKind.End, ClientNumber, isInOrder ? 1 : 0, 0, "in order: {0}");
        if (isInOrder)
        {
            Cipher?.CheckEnd();
        }

        if (isInOrder && IsServed && !IsMistaken && !IsBlind)
        {
            Check.Fail(View.UnfinishedBytes > 0, CheckNames.Ending, $"client {ClientNumber} was closed in order within a line or frame");
            Check.Fail(
                KilledWith is not null && Goodbye != KilledWith,
                CheckNames.Ending,
                $"client {ClientNumber} was disconnected as '{KilledWith}', and was told '{Goodbye}'");
            Check.Fail(Expected.Count > 0, CheckNames.Ending,
                $"client {ClientNumber} was closed in order and did not see {Expected.Count} events");
            Check.Fail(
                Goodbye is null && !HasOverrun && !Channel.IsKnownEnded,
                CheckNames.Ending,
                $"client {ClientNumber} was closed in order without a word");
        }

        if (!HasClosed && _random.Chance(0.7))
        {
            HalfClose();
        }
    }
}
