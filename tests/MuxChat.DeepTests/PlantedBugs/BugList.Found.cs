namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes that were in the code until the simulation found them.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Found { get; } =
    [
        new("an epoch is forgotten one event too early", "Chat/History/EventLog.cs",
            "        var isHeld = MakeRoom(length);\n        LastSeq++;\n",
            "        LastSeq++;\n        var isHeld = MakeRoom(length);\n",
            "resume"),
        new("a server goes on in a segment whose name is not durable", "Opening/JournalOpener.cs",
            "        result = result.IsOk ? _store.Disk.SyncDirectory() : result;\n        if (!result.IsOk)\n        {\n            file!.Dispose();",
            "        if (!result.IsOk)\n        {\n            file!.Dispose();",
            "durability", "restart") { Project = Storage },
    ];
}
