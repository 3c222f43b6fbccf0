namespace MuxChat.DeepTests.PlantedBugs;

/// <summary>Mistakes of the journal.</summary>
public static partial class BugList
{
    private const string Storage = "MuxChat.Storage";

    public static IReadOnlyList<PlantedBug> Journal { get; } =
    [
        new("a skipped fsync", "JournalWriter.cs",
            "_store.Options.Durability == Durability.Fsync ? Sync(batch) : result",
            "_store.Options.Durability == Durability.Fsync ? result : result",
            "durability") { Project = Storage, IsOnlyFinder = true },
        new("a new segment whose name is not made durable", "SegmentWriter.cs",
            "result = result.IsOk ? NeverAgain(disk.SyncDirectory()) : result;",
            "",
            "durability") { Project = Storage },
        new("a torn tail is not cut", "Recovery/JournalOpener.cs",
            "SegmentWriter.Continue(file!, last.Header!.Value, end)",
            "SegmentWriter.Continue(file!, last.Header!.Value, last.Bytes)",
            "restart") { Project = Storage },
        new("what a killed server wrote is not made durable at the next start", "Recovery/JournalOpener.cs",
            "result = result.IsOk ? file!.Sync() : result;",
            "",
            "restart") { Project = Storage, FromSeed = 18_500 },
        new("what a sync that failed has lost is not written again at the next start", "Recovery/JournalOpener.cs",
            "file!.WriteAgain(last.SyncedUpTo, end) : result;",
            "result : result;",
            "durability") { Project = Storage, FromSeed = 4_900 },
        new("a new segment that cannot be opened is the end of the journal", "JournalWriter.cs",
            "if (rotated.Status == DiskStatus.NotOpened)",
            "if (rotated.Status == DiskStatus.Missing)",
            "durability") { Project = Storage },
        new("an outcome is reported for one batch too many", "Journal.cs",
            "_outcomes.Add(done.UpTo, done.Status);",
            "_outcomes.Add(_open?.UpTo ?? done.UpTo, done.Status);",
            "durability") { Project = Storage, FromSeed = 13, IsOnlyFinder = true },
        new("events that were given up are said to be stored", "Journal.cs",
            "_outcomes.Add(_lostUpTo, JournalStatus.Full);",
            "_outcomes.Add(_lostUpTo, JournalStatus.Stored);",
            "durability") { Project = Storage },
        new("a full disk is full for ever", "JournalWriter.cs",
            "_state = State.Working;\n                return JournalStatus.Stored;",
            "return _state == State.Full ? JournalStatus.Full : JournalStatus.Stored;",
            "convergence") { Project = Storage, IsOnlyFinder = true },
        new("an end is called clean though events were lost", "JournalSession.cs",
            "isWhole: !Journal.HasLost && !Writer.HasLost",
            "isWhole: true",
            "epochs") { Project = Storage },
        new("an unclean end is forgotten at the clean one behind it", "Recovery/TailRestorer.cs",
            "            sink.OnUncleanShutdown();",
            "",
            "epochs") { Project = Storage, FromSeed = 580 },
    ];
}
