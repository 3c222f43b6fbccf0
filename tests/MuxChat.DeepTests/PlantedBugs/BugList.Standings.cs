namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes in how rooms stand: what is handed to the journal, kept there, and given back.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Standings { get; } =
    [
        new("how rooms stand is not written to a new segment", "JournalWriter.cs",
            "_owesStandings = _standings.Count > 0;",
            "_owesStandings = false;",
            "standings") { Project = Storage },
        new("how a room stands is not handed on with what changed it", "Chat/ChatState.cs",
            "kind is EventKind.TopicSet or EventKind.ModeSet || room.StandingBytes == 0",
            "room.StandingBytes == 0",
            "standings") { IsOnlyFinder = true },
        new("a room that was forgotten is not said to be", "Chat/Rooms/RoomDirectory.cs",
            "            Journal.Keep(new RoomStanding { Room = room.Name, IsForgotten = true });",
            "",
            "standings") { IsOnlyFinder = true },
        new("of several standings of a room the first counts", "StandingTable.cs",
            "_byRoom[standing.Room] = (standing, segment ?? known);",
            "_byRoom.TryAdd(standing.Room, (standing, segment ?? known));",
            "standings") { Project = Storage },
        new("who comes first is the operator, whatever was decided", "Chat/Rooms/RoomCommands.cs",
            "room.MemberCount == 0 && room.HasDefaultStanding && !room.IsLobby",
            "room.MemberCount == 0 && !room.IsLobby",
            "standing"),
        new("a room in which nobody is keeps nobody out", "Chat/Rooms/RoomCommands.cs",
            "var room = state.Rooms.FindDormantToo(name);",
            "var room = state.Rooms.Find(name);",
            "rights"),
        new("a room comes back without its modes", "Chat/Rooms/Room.cs",
            "(Rules.Modes, Rules.Key, Rules.Limit) = (standing.Modes, standing.Key, standing.Limit);",
            "",
            "standing"),
        new("a room comes back without its bans", "Chat/Rooms/Room.cs",
            "Rules.Bans.Restore(standing.Bans);",
            "",
            "standing"),
        new("a room has no topic when it comes back", "Chat/Rooms/Room.cs",
            "SetTopic(standing.Topic, standing.TopicBy, standing.TopicUnixMs);",
            "",
            "views"),
    ];
}
