namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>
/// Who should hear what, in which order: the rules of the chat written down a second time, without batches, groups or bytes. Each client's
/// expectation is made at the moment that a thing happens.
/// </summary>
internal sealed class DeliveryModel
{
    public const string Lobby = "#lobby";

    private readonly Dictionary<string, Room> _rooms = new() { [Lobby] = new Room(Lobby) };

    public void Connect(Person who)
    {
        who.Expected.Add(who.IsFrame
            ? $"welcome {who.Nick} {Lobby}"
            : $"* Welcome to MuxChat! You are {who.Nick}, in {Lobby}. Type to talk in the room; /help lists the commands.");
        Enter(who, _rooms[Lobby]);
    }

    public void Join(Person who, string name)
    {
        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms[name] = room = new Room(name);
        }

        if (!who.Rooms.Contains(room))
        {
            Enter(who, room);
            return;
        }

        who.Current = room;
        TellState(who, room);
    }

    public static bool Part(Person who, string name)
    {
        var room = who.Rooms.Find(room => room.Name == name);
        if (room is null)
        {
            return false;
        }

        room.Seq++;
        room.Members.ForEach(member =>
            member.Expected.Add(member.IsFrame ? $"left {name} {room.Seq} {who.Nick}" : $"* {who.Nick} left {name}"));
        who.Rooms.Remove(room);
        room.Members.Remove(who);
        who.Current = who.Current == room ? who.Rooms.LastOrDefault() : who.Current;
        return true;
    }

    public static bool Say(Person who, string name, string text, bool isAct)
    {
        var room = who.Rooms.Find(room => room.Name == name);
        if (room is null)
        {
            return false;
        }

        room.Seq++;
        foreach (var member in room.Members.Where(member => member != who))
        {
            var prefix = member.Rooms.Count > 1 ? $"[{name}] " : "";
            var line = prefix + (isAct ? $"** {who.Nick} {text}" : $"<{who.Nick}> {text}");
            member.Expected.Add(member.IsFrame ? $"{(isAct ? "acted" : "said")} {name} {room.Seq} {who.Nick} {text}" : line);
        }

        return true;
    }

    public static bool SetTopic(Person who, string name, string topic)
    {
        // Nobody is an operator of the lobby.
        var room = who.Rooms.Find(room => room.Name == name);
        if (room is null or { Name: "#lobby" })
        {
            return false;
        }

        room.Seq++;
        room.Topic = topic;
        room.Members.ForEach(member => member.Expected.Add(
            member.IsFrame ? $"topic {name} {room.Seq} {who.Nick} {topic}" : $"* {who.Nick} set the topic of {name}: {topic}"));
        return true;
    }

    public static void Message(Person from, Person to, string text) =>
        to.Expected.Add(to.IsFrame ? $"msg {from.Nick} {to.Nick} {text}" : $"<{from.Nick} -> {to.Nick}> {text}");

    public static void Ping(Person who, string token) => who.Expected.Add(who.IsFrame ? $"pong {token}" : $"* pong {token}");

    public static void Rename(Person who, string nick)
    {
        if (who.Rooms.Count == 0)
        {
            who.Expected.Add(who.IsFrame ? $"renamed {who.Nick} {nick}" : $"* {who.Nick} is now {nick}");
        }

        Announce(who.Rooms, room => $"renamed {room.Name} {room.Seq} {who.Nick} {nick}", $"* {who.Nick} is now {nick}");
        who.Nick = nick;
    }

    public static void Quit(Person who, string reason)
    {
        who.Rooms.ForEach(room => room.Members.Remove(who));
        Announce(who.Rooms, room => $"quit {room.Name} {room.Seq} {who.Nick} {reason}", $"* {who.Nick} quit: {reason}");
        who.Rooms.Clear();
    }

    // Once for each room on frames, once for each person on lines.
    private static void Announce(List<Room> rooms, Func<Room, string> frame, string line)
    {
        var told = new HashSet<Person>();
        foreach (var room in rooms)
        {
            room.Seq++;
            foreach (var member in room.Members.Where(member => member.IsFrame || told.Add(member)))
            {
                member.Expected.Add(member.IsFrame ? frame(room) : line);
            }
        }
    }

    private static void Enter(Person who, Room room)
    {
        room.Members.Add(who);
        who.Rooms.Add(room);
        who.Current = room;
        room.Seq++;
        foreach (var member in room.Members.Where(member => member.IsFrame || member != who))
        {
            member.Expected.Add(member.IsFrame ? $"joined {room.Name} {room.Seq} {who.Nick}" : $"* {who.Nick} joined {room.Name}");
        }

        TellState(who, room);
    }

    private static void TellState(Person who, Room room)
    {
        var topic = room.Topic.Length == 0 ? "no topic" : $"topic: {room.Topic}";
        who.Expected.Add(who.IsFrame
            ? $"room {room.Name} {room.Topic} {room.Members.Count} {room.Seq}"
            : $"* you are in {room.Name} ({room.Members.Count} here), {topic}");
    }

    internal sealed class Room(string name)
    {
        public string Name { get; } = name;

        public string Topic { get; set; } = "";

        public long Seq { get; set; }

        public List<Person> Members { get; } = [];
    }

    internal sealed class Person(string nick, bool isFrame)
    {
        public string Nick { get; set; } = nick;

        public bool IsFrame { get; } = isFrame;

        public List<Room> Rooms { get; } = [];

        public Room? Current { get; set; }

        public List<string> Expected { get; } = [];
    }
}
