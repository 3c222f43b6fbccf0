using System.Globalization;
using MuxChat.Core.Chat;
using MuxChat.Storage;

namespace MuxChat.Server.Options;

/// <summary>The options of what is remembered: by rooms in memory, and by the journal on disk.</summary>
internal static class HistoryOptions
{
    private const int BytesPerMegabyte = 1024 * 1024;

    private static readonly string[] DurabilityNames = ["fsync", "os", "none"];
    private static readonly ChatLimits Chat = new();
    private static readonly JournalOptions Journal = new();

    /// <summary>Name, name of the value, default as it is shown, and what it does.</summary>
    public static IReadOnlyList<(string Name, string ValueName, string Default, string Description)> All { get; } =
    [
        ("--history", "N", Format(Chat.History), "Events that a room remembers."),
        ("--history-mb", "N", Format(Chat.HistoryBytes / BytesPerMegabyte), "Memory in MiB for what all rooms remember."),
        ("--replay", "N", Format(Chat.Replay), "Lines last said that a newcomer on lines or IRC is shown; 0 for none."),
        ("--data", "DIR", "none", "Keep a journal in this directory: rooms remember across restarts, and what was acknowledged is not lost."),
        ("--durability", "LEVEL", "fsync", $"What an acknowledgement promises with --data: {string.Join(", ", DurabilityNames)}."),
        ("--retain-mb", "N", Format(Journal.RetainBytes / BytesPerMegabyte),
            "Journal size in MiB beyond which the oldest is deleted, an eighth (1 to 64 MiB) more for a moment; 0 for no limit."),
        ("--retain-days", "N", "0", "Age in days at which the journal's oldest is deleted; 0 for never."),
    ];

    /// <exception cref="StartupException">Something is wrong.</exception>
    public static ChatLimits Read(OptionValues values, ChatLimits others) => others with
    {
        History = values.Number("--history", 0, 1_000_000),
        HistoryBytes = (long)values.Number("--history-mb", 1, 1_000_000) * BytesPerMegabyte,
        Replay = values.Number("--replay", 0, 1000),
    };

    /// <exception cref="StartupException">Something is wrong, or there is no journal for it.</exception>
    public static JournalOptions Read(OptionValues values)
    {
        var journal = new JournalOptions
        {
            Durability = Enum.Parse<Durability>(values.Word("--durability", DurabilityNames), ignoreCase: true),
            HistoryEvents = values.Number("--history", 0, 1_000_000),
            RetainBytes = (long)values.Number("--retain-mb", 0, 1_000_000) * BytesPerMegabyte,
            RetainFor = TimeSpan.FromDays(values.Number("--retain-days", 0, 36_500)),
        };
        values.Need(values.IsGiven("--data"), "--data DIR", ["--durability", "--retain-mb", "--retain-days"]);
        return journal;
    }

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
