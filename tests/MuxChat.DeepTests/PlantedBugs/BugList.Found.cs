namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes that were in the code until the simulation found them.</summary>
public static partial class BugList
{
    public static IReadOnlyList<PlantedBug> Found { get; } =
    [
        new("an epoch is forgotten one event too early", "Chat/History/EventLog.cs",
            "        var isHeld = MakeRoom(length);\n        LastSeq++;\n",
            "        LastSeq++;\n        var isHeld = MakeRoom(length);\n",
            "resume") { FromSeed = 10_900 },
        new("a server goes on in a segment whose name is not durable", "Recovery/JournalOpener.cs",
            "        result = result.IsOk ? _store.Disk.SyncDirectory() : result;\n        if (!result.IsOk)\n        {\n            "
                + "file!.Dispose();",
            "        if (!result.IsOk)\n        {\n            file!.Dispose();",
            "durability") { Project = Storage, FromSeed = 1_800 },
        new("a disk that cannot be read for a moment is taken for a damaged journal", "Recovery/TailRestorer.cs",
            "step == ReadStep.Unreadable ? -1 : reader.Offset",
            "reader.Offset",
            "restart") { Project = Storage, FromSeed = 3_020 },
    ];
}
