namespace MuxChat.Simulation.Clients.Irc;

/// <summary>What an IRC client does next: how it logs in, and what it asks for when it is in.</summary>
internal static class IrcWishes
{
    private const string UserName = "sim";

    /// <summary>The user name that others must see: with a tilde, since nobody has vouched for it.</summary>
    public static string ShownUser(int client) => $"~{UserName}{client}";

    /// <summary>The real name that others must see.</summary>
    public static string RealName(int client) => client % 3 == 0 ? $"Client {client} : 世界 " + new string('r', 60) : $"c{client}";

    /// <summary>The lines of a login, in one of the orders that clients use; some negotiate, some ask for what there is not.</summary>
    public static List<Intent> Login(Link link, SeededRandom random)
    {
        var number = link.ClientNumber;
        var nick = new Intent(IntentKind.Nick)
        {
            Nick = random.Chance(0.7) ? $"i{number}" : random.Pick("Alice", "alice", "bob", "carol", "b\\b`"),
        };
        var user = new Intent(IntentKind.User) { Text = $"USER {UserName}{number} 0 * :{RealName(number)}" };
        List<Intent> login = random.Chance(0.5) ? [nick, user] : [user, nick];
        var isGiven = random.Chance(0.2);
        if (isGiven || (link.World.Plan.HasPassword && !link.IsForgetful))
        {
            var password = link.World.Plan.HasPassword && !link.IsForgetful ? "letmein" : "anything";
            login.Insert(0, new Intent(IntentKind.User) { Text = $"PASS {password}" });
        }

        if (random.Chance(0.2))
        {
            return login;
        }

        var caps = SimIrcCapabilities.Draw(random);
        if (random.Chance(0.6))
        {
            login.Insert(random.Below(login.Count), new Intent(IntentKind.Capability) { Text = random.Chance(0.8) ? "LS 302" : "LS" });
        }

        // The negotiation must be open before both have been said, or the client is in without its end.
        login.Insert(random.Below(login.Count),
            new Intent(IntentKind.Capability) { Text = "REQ", On = caps | IrcCapability.StandardReplies });
        if (random.Chance(0.3))
        {
            login.Add(new Intent(IntentKind.Capability) { Text = "REQ", On = IrcCapability.ServerTime, Refusal = "NAK" });
        }

        if (random.Chance(0.3))
        {
            login.Add(new Intent(IntentKind.Capability) { Text = "REQ", Off = random.Pick(SimIrcCapabilities.Switched) });
        }

        login.Add(new Intent(IntentKind.Capability) { Text = "END" });
        return IrcExtras.AddTo(login, link);
    }

    /// <summary>Something to ask for.</summary>
    public static Intent Some(SimClient client, Link link, SeededRandom random) => random.Below(100) switch
    {
        < 30 => new Intent(IntentKind.Say)
        {
            Text = client.NewText(random),
            Room = Room(link, random, 0.85),
            IsNotice = random.Chance(0.15)
        },
        < 37 => new Intent(IntentKind.Act) { Text = client.NewText(random, "a"), Room = Room(link, random, 0.85) },
        < 42 => new Intent(IntentKind.Topic)
        {
            Text = random.Chance(0.8) ? client.NewText(random, "t") : "",
            Room = Room(link, random, 0.85)
        },
        < 48 => new Intent(IntentKind.Nick)
        {
            Nick = random.Chance(0.6)
            ? random.Pick($"n{client.Number}", $"i{client.Number}") : random.Pick("Alice", "alice", "bob", "carol", "b\\b`")
        },
        < 59 => new Intent(IntentKind.Join) { Room = Room(link, random, 0.1) },
        < 63 => new Intent(IntentKind.Part) { Room = Room(link, random, 0.8), Text = random.Chance(0.4) ? "bye: then" : "" },
        < 71 => Message(client, random),
        < 75 => new Intent(IntentKind.Ping) { Text = client.NewText(random, "p") },
        < 82 => new Intent(IntentKind.Away) { Text = random.Chance(0.6) ? client.NewText(random, "w") : "" },
        < 85 => new Intent(IntentKind.Who) { Room = Room(link, random, 0.8) },
        < 88 => new Intent(IntentKind.Names) { Room = Room(link, random, 0.8) },
        < 90 => new Intent(IntentKind.WhoIs) { Nick = SomeNick(client, random) },
        < 91 => new Intent(IntentKind.Rooms),
        < 92 => new Intent(IntentKind.AskTopic) { Room = Room(link, random, 0.8) },
        < 93 => new Intent(random.Chance(0.5) ? IntentKind.Stats : IntentKind.Help),
        < 97 => Switch(random),
        _ => new Intent(IntentKind.Garbage),
    };

    /// <summary>A room: mostly one that it believes to be in, where a share says so.</summary>
    public static string Room(Link link, SeededRandom random, double insideShare)
    {
        var inside = ((IrcView)link.View).Rooms.Names;
        var any = random.Pick("#tea", "#TEA", "#lobby", "#room-2", "#世界");
        return random.Chance(insideShare) && inside.Count > 0 ? inside[random.Below(inside.Count)] : any;
    }

    private static Intent Message(SimClient client, SeededRandom random)
    {
        var isNotice = random.Chance(0.2);
        return new Intent(IntentKind.Message)
        {
            Nick = SomeNick(client, random),
            Text = client.NewText(random, "m"),
            IsNotice = isNotice,
            IsAction = !isNotice && random.Chance(0.2),
        };
    }

    private static string SomeNick(SimClient client, SeededRandom random)
    {
        var other = random.Below(client.World.Plan.Clients);
        return random.Chance(0.15) ? random.Pick("alice", "bob") : random.Pick($"i{other}", $"i{other}", $"n{other}", $"guest-{other + 1}");
    }

    private static Intent Switch(SeededRandom random)
    {
        if (random.Chance(0.2))
        {
            return new Intent(IntentKind.Capability) { Text = "LIST" };
        }

        var one = random.Pick(SimIrcCapabilities.Switched);
        var isOn = random.Chance(0.6);
        return new Intent(IntentKind.Capability)
        {
            Text = "REQ",
            On = isOn ? one : IrcCapability.None,
            Off = isOn ? IrcCapability.None : one
        };
    }
}
