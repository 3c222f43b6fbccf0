using MuxChat.Simulation.Clients.Irc;
using MuxChat.Simulation.Running;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Clients;

/// <summary>
/// One person or program through a run: a number of actions, each at its time and each drawn from a generator of its own, so that
/// leaving one out changes no other.
/// </summary>
internal sealed partial class SimClient
{
    public const int AutoListener = 2;
    private const int MaxIrcBytes = 400;

    // In JSON each may take twice its bytes.
    private const int MaxWide = 150;

    /// <summary>Rooms that one line of IRC names at the most.</summary>
    public const int MaxRoomsOfLine = 3;

    private readonly SimWorld _world;
    private readonly List<Intent> _unsaid = [];
    private readonly List<Link> _links = [];
    private int _texts;

    public SimClient(SimWorld world, int number, SeededRandom random)
    {
        _world = world;
        Number = number;
        Model = world.Models[random.Below(world.Models.Count)];
        Model = world.Keeper.Files is not null && Model.Protocol == "irc" ? world.ModelOf("frame") : Model;
        var atUs = (long)random.Below(world.Plan.MaxPauseUs + 1);
        for (var action = 0; action < world.Plan.Actions; action++)
        {
            var index = action;
            world.Machine.Agenda.Add(atUs, () => Act(index));
            atUs += random.Below(world.Plan.MaxPauseUs + 1);
        }

        LastActionUs = atUs;
    }

    public int Number { get; }

    public IClientModel Model { get; }

    public long LastActionUs { get; }

    /// <summary>How far it has seen each room, through all its connections: what it resumes from.</summary>
    public SortedDictionary<string, (long Epoch, long Seq)> Marks { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Link> Links => _links;

    /// <summary>Its connection at this moment, while it can be used.</summary>
    public Link? Open => _links.Count > 0 && _links[^1].IsOpen ? _links[^1] : null;

    public SimWorld World => _world;

    private Machine Machine => _world.Machine;

    /// <summary>A text that nobody else says, and that it never says again.</summary>
    public string NewText(SeededRandom random, string kind = "s")
    {
        var words = random.Pick("", " hello", " * guest-1 left #lobby", " <guest-1> hi", " 世界 👋", " a\tb", " \"quoted\" \\", " ! error",
            "  two  spaces");
        var begin = random.Chance(0.05) ? "/" : "";
        var text = $"{begin}{kind}{Number}.{_texts++}{words}";
        var isLong = (kind is "s" or "t" || (kind is "a" or "m" && Model.Protocol != "line")) && random.Chance(_world.Plan.LongTexts);
        if (!isLong)
        {
            return text;
        }

        // A line of IRC has 512 bytes, and not all of them are for the text.
        var max = Model.Protocol == "irc" ? Math.Min(_world.Plan.Chat.TextBytes, MaxIrcBytes) : _world.Plan.Chat.TextBytes;
        var free = max - System.Text.Encoding.UTF8.GetByteCount(text);
        var wide = random.Chance(0.5) ? Math.Min(free / 3, MaxWide) : 0;
        return text + new string('世', wide) + new string('.', free - (3 * wide));
    }

    private void Act(int index)
    {
        if (_world.Omissions.Has(Number) || _world.Omissions.Has(Number, index) || _world.IsCalm)
        {
            return;
        }

        var random = SeededRandom.For(Machine.Seed, Wire.Machine.ClientPart, Number, index);
        Machine.Note(TraceKind.Act, Number, index, 0, "action {0}");
        if (Open is { } link)
        {
            if (!TryFiles(link, index) && !TryRun(link, index) && !TryModerate(link, index))
            {
                Do(link, random);
            }

            IrcExtras.Act(this, index);
        }
        else if (_links.Count == 0 || random.Chance(0.5))
        {
            Connect(random);
        }
    }

    private void Connect(SeededRandom random)
    {
        var listener = random.Chance(0.5) ? AutoListener : Model.Listener;
        var link = new Link(_world, this, _links.Count, random) { Listener = listener };
        link.ChooseCipher();
        _links.Add(link);
        Machine.Note(TraceKind.Connect, Number, listener, link.Number, "to listener {0}, connection {1}");
        if (!_world.Network.Connect(listener, link.Channel))
        {
            link.Reset();
            return;
        }

        link.IgnoresPings = random.Chance(0.2);
        link.Cipher?.Begin();
        link.GivePassword();
        if (Model.Protocol == "irc")
        {
            LogIn(link, random);
            return;
        }

        if (listener == AutoListener && Model.Protocol == "frame")
        {
            // A program must not let the server wait for its first byte; the rest may take its time.
            link.Ask(new Intent(IntentKind.Ping) { Text = NewText(random, "p") }, random);
        }
        else if (random.Chance(0.5))
        {
            Ask(link, random);
        }

        ShareAgain(link);
        if (Model.Protocol == "frame" && Marks.Count > 0 && random.Chance(0.6))
        {
            AskFor(link, ResumeAs(link, Resume(random), random), random);
        }
    }

    // All at once, as most clients do, or some of it later.
    private void LogIn(Link link, SeededRandom random)
    {
        var login = IrcWishes.Login(link, random);
        var said = random.Chance(0.8) ? login.Count : random.Between(1, login.Count);
        _unsaid.Clear();
        _unsaid.AddRange(login.Skip(said));

        // The client may be logged in before it says the rest, by what else it says. It would then switch this capability on while it is
        // in rooms, and the model does not know from which event on the server has done so.
        _unsaid.ForEach(static intent => intent.On &= ~IrcCapability.AwayNotify);
        foreach (var intent in login.Take(said))
        {
            link.Ask(intent, random);
        }

        if (_unsaid.Count == 0 && random.Chance(0.7))
        {
            Together(link, IntentKind.Join, random);
        }
    }

    // One line for several rooms.
    private void Together(Link link, IntentKind kind, SeededRandom random)
    {
        var text = kind == IntentKind.Say ? NewText(random) : "";
        var rooms = Enumerable.Range(0, random.Between(1, MaxRoomsOfLine))
            .Select(_ => IrcWishes.Room(link, random, kind == IntentKind.Join ? 0 : 0.9));
        var intents = rooms.DistinctBy(_world.Chronicle.KeyOf).Select(room => new Intent(kind) { Room = room, Text = text }).ToList();
        if (!intents.Exists(link.Intents.IsPending))
        {
            link.AskTogether(intents, random);
        }
    }

    private void Do(Link link, SeededRandom random)
    {
        if (_unsaid.Count > 0 && random.Chance(0.6))
        {
            link.Ask(_unsaid[0], random);
            _unsaid.RemoveAt(0);
            return;
        }

        switch (random.Below(100))
        {
            case < 74:
                Ask(link, random);
                break;
            case < 82:
                AskMuch(link, random);
                break;
            case < 87:
                link.ReadAs(ReadMode.Stalled);
                break;
            case < 90:
                link.ReadAs(ReadMode.ByteWise);
                break;
            case < 95:
                link.ReadAs(ReadMode.Eager);
                break;
            case < 97:
                link.HalfClose();
                break;
            case < 99:
                link.Reset();
                break;
            default:
                link.Ask(LastIntent(random), random);
                break;
        }
    }

    // An overrun of IRC takes a while to read.
    private Intent LastIntent(SeededRandom random)
    {
        var isQuick = Model.Protocol != "irc" || _world.Plan.Loop.ReadBytesPerTick > 400;
        return random.Chance(0.5) && isQuick
            ? new Intent(IntentKind.Overrun)
            : new Intent(IntentKind.Quit) { Text = Model.Protocol == "irc" && random.Chance(0.5) ? "gone: * guest-1 left #lobby" : "" };
    }

    // Several requests in one go; sometimes such as are answered in two pieces each.
    private void AskMuch(Link link, SeededRandom random)
    {
        if (random.Chance(_world.Plan.Bursts))
        {
            if (Model.Protocol != "irc")
            {
                AskFor(link, new Intent(IntentKind.Join) { Room = SomeRoom(random, 1) }, random);
            }

            for (var i = random.Between(20, 200); i > 0; i--)
            {
                link.Ask(link.IsIn ? new Intent(IntentKind.Topic) { Text = NewText(random, "t"), Room = link.TalkingRoom }
                    : new Intent(IntentKind.Ping) { Text = NewText(random, "p") }, random);
            }

            return;
        }

        for (var i = random.Between(2, 8); i > 0 && link.IsOpen; i--)
        {
            Ask(link, random);
        }
    }

    private void Ask(Link link, SeededRandom random)
    {
        if (Model.Protocol != "irc")
        {
            AskFor(link, SomeIntent(random), random);
        }
        else if (random.Chance(0.1))
        {
            Together(link, random.Pick(IntentKind.Join, IntentKind.Say, IntentKind.Part), random);
        }
        else
        {
            AskFor(link, IrcWishes.Some(this, link, random), random);
        }
    }

    private void AskFor(Link link, Intent intent, SeededRandom random)
    {
        link.Ask(link.Intents.IsPending(intent) ? new Intent(IntentKind.Ping) { Text = NewText(random, "p") } : intent, random);
    }

    private Intent SomeIntent(SeededRandom random) => random.Below(100) switch
    {
        < 37 => new Intent(IntentKind.Say) { Text = NewText(random), Room = SomeRoom(random, 0.2) },
        < 42 => History(random),
        < 45 => Marks.Count > 0 ? Resume(random) : History(random),
        < 50 => new Intent(IntentKind.Act) { Text = NewText(random, "a"), Room = SomeRoom(random, 0.2) },
        < 54 => new Intent(IntentKind.Topic) { Text = random.Chance(0.8) ? NewText(random, "t") : "", Room = SomeRoom(random, 0.2) },
        < 60 => new Intent(IntentKind.Nick) { Nick = SomeNick(random) },
        < 72 => new Intent(IntentKind.Join) { Room = SomeRoom(random, 1) },
        < 78 => new Intent(IntentKind.Part)
        {
            Room = SomeRoom(random, 0.6, isPart: true),
            Text = Model.Protocol == "frame" && random.Chance(0.3) ? "bye" : ""
        },
        < 84 => new Intent(IntentKind.Message)
        {
            Nick = random.Chance(0.8) ? random.Pick("guest-", "guest-", "i") + random.Between(1, _world.Plan.Clients) : "alice",
            Text = NewText(random, "m")
        },
        < 90 => new Intent(IntentKind.Ping) { Text = NewText(random, "p") },
        < 92 => new Intent(IntentKind.Who) { Room = SomeRoom(random, 0.5, isPart: true) },
        < 94 => new Intent(IntentKind.Rooms),
        < 95 => new Intent(IntentKind.Stats),
        < 96 => new Intent(IntentKind.Help),
        _ => new Intent(IntentKind.Garbage),
    };
}
