using MuxChat.Simulation.Clients;

namespace MuxChat.Simulation.Moderation;

/// <summary>What somebody asks for as an operator, or as if it were one: of rooms that it may order about, mostly, and of others.</summary>
internal static class ModerationWishes
{
    /// <summary>A mode that there is not.</summary>
    public const string UnknownMode = "+x";

    private const int MaxLimit = 4;

    /// <summary>Something to ask for.</summary>
    public static Intent Some(SimClient client, Link link, SeededRandom random) =>
        Ordered(client, link).Count == 0 && random.Chance(0.4) ? Enter(client, random) : Any(client, link, random);

    private static Intent Any(SimClient client, Link link, SeededRandom random) => random.Below(100) switch
    {
        < 12 when !link.HasClaimed =>
            new Intent(IntentKind.Oper) { Nick = SimWorker.Name, Text = random.Chance(0.8) ? SimWorker.Password : "guess" },
        < 12 => link.IsServerOperator || random.Chance(0.3)
            ? new Intent(IntentKind.Kill) { Nick = SomeNick(client, random), Text = random.Chance(0.5) ? client.NewText(random, "x") : "" }
            : Enter(client, random),
        < 30 => Enter(client, random),
        < 44 => new Intent(IntentKind.Invite) { Room = Room(client, link, random), Nick = SomeNick(client, random) },
        < 60 => Kick(client, link, random),
        _ => Mode(client, link, random),
    };

    // With the right key, a wrong one or none.
    private static Intent Enter(SimClient client, SeededRandom random)
    {
        var room = AnyRoom(random);
        var key = client.World.Life.Book!.Of(room).Key;
        return new Intent(IntentKind.Join) { Room = room, Key = random.Chance(0.6) ? key : random.Pick("", "k1", "sesame") };
    }

    private static Intent Kick(SimClient client, Link link, SeededRandom random)
    {
        var room = Room(client, link, random);
        var nick = random.Chance(0.8) ? Member(client, room, random) : SomeNick(client, random);
        return new Intent(IntentKind.Kick) { Room = room, Nick = nick, Text = random.Chance(0.5) ? client.NewText(random, "k") : "" };
    }

    private static Intent Mode(SimClient client, Link link, SeededRandom random)
    {
        var room = Room(client, link, random);
        var isLobby = room == RoomBook.Lobby;
        var state = client.World.Life.Book!.Of(room);
        if (state.IsClosed && random.Chance(0.3))
        {
            // Whoever closes a room opens it again.
            return new Intent(IntentKind.Mode) { Room = room, Text = state.Key.Length > 0 ? "-ik" : "-i" };
        }

        var text = random.Below(isLobby ? 60 : 100) switch
        {
            < 25 => Switch(random, isLobby ? "mtn" : "mtnsi"),
            < 55 => Rank(client, room, random),
            < 60 => random.Chance(0.5) ? UnknownMode : "+t-t",
            < 68 => random.Chance(0.6) ? $"+k {random.Pick("k1", "k2", "sesame")}" : "-k",
            < 75 => random.Chance(0.6) ? $"+l {random.Between(1, MaxLimit)}" : "-l",
            _ => Mask(client, room, random),
        };
        return new Intent(IntentKind.Mode) { Room = room, Text = text };
    }

    private static string Switch(SeededRandom random, string letters)
    {
        var (one, other) = (letters[random.Below(letters.Length)], letters[random.Below(letters.Length)]);
        var (sign, otherSign) = (random.Pick('+', '-'), random.Pick('+', '-'));
        return one == other || random.Chance(0.6) ? $"{sign}{one}" : $"{sign}{one}{otherSign}{other}";
    }

    private static string Rank(SimClient client, string room, SeededRandom random)
    {
        var change = $"{random.Pick("+", "-", "+")}{random.Pick("o", "v")}";
        return $"{change} {(random.Chance(0.9) ? Member(client, room, random) : SomeNick(client, random))}";
    }

    private static string Mask(SimClient client, string room, SeededRandom random)
    {
        var letter = random.Pick('b', 'b', 'b', 'e', 'e', 'I', 'I');
        var masks = client.World.Life.Book!.Of(room).ListOf(letter);
        if (random.Chance(0.4) && masks.Count > 0)
        {
            return $"-{letter} {masks[random.Below(masks.Count)].ToUpperInvariant()}";
        }

        var nick = random.Chance(0.7) ? SomeNick(client, random) : Member(client, room, random);
        var mask = random.Pick(nick, nick + "!*@*", $"*!{random.Pick("line", "frame", "~sim*")}@*", $"?{nick[1..]}", "*1*!*");

        if (letter is 'b' or 'e' && random.Chance(0.3))
        {
            return letter == 'e' && random.Chance(0.5) ? $"+be m:*!*@* m:{mask}" : $"+{letter} m:{mask}";
        }

        // An exception from nothing says nothing, and neither does a welcome where everybody may enter.
        return letter switch
        {
            'e' when random.Chance(0.5) => $"+be *!*@* {mask}",
            'I' when random.Chance(0.7) => $"+iI {random.Pick(mask, "*!*@*")}",
            _ => $"+{letter} {mask}",
        };
    }

    private static string Room(SimClient client, Link link, SeededRandom random)
    {
        var inside = link.Rooms.ConvertAll(static room => room.Name);
        var ordered = Ordered(client, link);
        var rooms = ordered.Count > 0 && random.Chance(0.8) ? ordered : inside;
        return rooms.Count > 0 && random.Chance(0.9) ? rooms[random.Below(rooms.Count)] : AnyRoom(random);
    }

    private static List<string> Ordered(SimClient client, Link link) => link.Rooms.ConvertAll(static room => room.Name)
        .FindAll(room => client.World.Life.Book!.Of(room).IsOperator(link));

    private static string AnyRoom(SeededRandom random) => random.Pick("#tea", "#TEA", "#lobby", "#room-2", "#世界");

    private static string Member(SimClient client, string room, SeededRandom random)
    {
        var members = client.World.Life.Book!.Of(room).Members.Keys
            .Select(static member => member.LogNick!).Order(StringComparer.Ordinal).ToList();
        return members.Count > 0 ? members[random.Below(members.Count)] : SomeNick(client, random);
    }

    private static string SomeNick(SimClient client, SeededRandom random)
    {
        var links = client.World.Clients.Select(static one => one.Open?.Picture.Nick ?? "").Where(static nick => nick.Length > 0).ToList();
        return links.Count > 0 && random.Chance(0.9) ? links[random.Below(links.Count)] : "nobody";
    }
}
