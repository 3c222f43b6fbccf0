using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage.Tools;

/// <summary>The admin's tools for a journal: check, repair and dump.</summary>
/// <remarks>
/// Repair needs a journal that no server uses. Check and dump only read. They do not lock the
/// directory, and skip segments that a server deletes meanwhile.
/// </remarks>
public static class JournalDirectory
{
    /// <summary>Reads the whole journal and reports its contents and problems. Changes nothing.</summary>
    public static JournalCheck Check(IDisk disk)
    {
        var result = SegmentList.Read(disk, out var list);
        if (!result.IsOk)
        {
            return new() { Unreadable = $"{disk.PathOf("")}: {result.Message}" };
        }

        var damages = new List<JournalDamage>();
        var rooms = new HashSet<byte[]>(AsciiCaseInsensitive.Instance);
        var reports = new List<SegmentReport>();
        var scanner = new SegmentScanner(disk);
        SegmentReport? previous = null;
        foreach (var number in list.Numbers)
        {
            var tally = new RoomTally(0);
            var report = scanner.Scan(number, tally);
            if (report.IsMissing && IsOldestGone(disk, number))
            {
                // All older segments are deleted as well.
                previous = null;
                continue;
            }

            if (report.Unreadable is { } message)
            {
                return new() { Unreadable = $"{disk.PathOf(JournalNames.Segment(number))}: {message}" };
            }

            AddDamages(disk, report, previous, isNewest: number == list.Numbers[^1], damages);
            rooms.UnionWith(tally.ToIndex(number, report.Bytes).Rooms.Select(room => room.Name));
            reports.Add(report);
            previous = report;
        }

        return new()
        {
            Segments = reports.Count,
            Bytes = reports.Sum(report => report.Bytes),
            Events = reports.Sum(report => report.Events),
            Rooms = rooms.Count,
            IsClean = reports.Count == 0 || reports[^1].CleanEndAt is not null,
            Damages = damages,
        };
    }

    /// <summary>
    /// Keeps every valid record. Rewrites a damaged segment with all its valid records, and keeps the original with ".damaged" added to its
    /// name. Replaces a missing segment by an empty one. Afterwards no end is clean, so rooms get new epochs at the next start.
    /// </summary>
    public static JournalRepair Repair(IDisk disk)
    {
        var result = disk.Lock(out var held);
        if (!result.IsOk)
        {
            return new(result.Status == DiskStatus.InUse ? $"a server uses the journal in {disk.PathOf("")}: stop it first"
                : result.Message, []);
        }

        using (held)
        {
            return new DirectoryRepair(disk).Run();
        }
    }

    /// <summary>Passes on every valid event and standing, oldest first, including those after damage. Changes nothing.</summary>
    /// <param name="disk">The directory.</param>
    /// <param name="room">The room to dump; all rooms when it is empty.</param>
    /// <param name="visit">Receives the events, and returns whether to continue.</param>
    /// <param name="visitStanding">Receives the standings; null to skip them.</param>
    public static JournalDump Dump(IDisk disk, ReadOnlySpan<byte> room, EventVisitor visit, Action<RoomStanding>? visitStanding = null)
    {
        var result = SegmentList.Read(disk, out var list);
        var events = 0L;
        var lostBytes = 0L;
        JournalDamage? firstLost = null;
        var window = new SegmentWindow();
        var wantsMore = true;
        for (var i = 0; i < list.Numbers.Count && result.IsOk && wantsMore; i++)
        {
            var name = JournalNames.Segment(list.Numbers[i]);
            result = disk.Open(name, DiskOpening.Read, out var file);
            if (result.Status == DiskStatus.Missing)
            {
                result = DiskResult.Done;
                continue;
            }

            if (!result.IsOk)
            {
                break;
            }

            using (file)
            {
                window.LookAt(file!);
                var salvage = new RecordSalvage(window, list.Numbers[i]);
                salvage.Begin(SegmentHeader.IsWhole(window.At(0, SegmentHeader.Bytes)));
                while (wantsMore && salvage.Next())
                {
                    if (salvage.Kind == RecordKind.Event && EventRecord.TryRead(salvage.Body, out var past)
                        && (room.IsEmpty || AsciiCaseInsensitive.AreEqual(room, past.Room)))
                    {
                        events++;
                        wantsMore = visit(past);
                    }
                    else if (salvage.Kind == RecordKind.Standing && StandingRecord.TryRead(salvage.Body, out var standing)
                        && (room.IsEmpty || AsciiCaseInsensitive.AreEqual(room, standing.Room)))
                    {
                        visitStanding?.Invoke(standing);
                    }
                }

                lostBytes += salvage.LostBytes;
                firstLost ??= salvage.FirstLostAt < 0 ? null
                    : Lost(disk.PathOf(name), salvage, window.Length, isNewest: i == list.Numbers.Count - 1);
                result = window.Trouble;
            }
        }

        return new(result.IsOk ? null : result.Message, events, lostBytes, firstLost);
    }

    // Only bytes lost at the end of the newest segment may be an unfinished write, or one in progress.
    private static JournalDamage Lost(string path, RecordSalvage salvage, long length, bool isNewest) =>
        new(path, salvage.FirstLostAt, "there is no whole record there", isNewest && salvage.LostBytes == length - salvage.FirstLostAt);

    private static void AddDamages(IDisk disk, SegmentReport report, SegmentReport? previous, bool isNewest, List<JournalDamage> damages)
    {
        if (previous is not null && previous.Number != report.Number - 1)
        {
            damages.Add(Tell(disk, Damage.Missing(previous.Number + 1)));
            previous = null;
        }

        // The length of a damaged segment tells nothing new.
        previous = previous?.BadAt is null ? previous : null;
        if (Damage.Of(report, previous, isNewest) is { } damage)
        {
            damages.Add(Tell(disk, damage));
        }
        else if (report.BadAt is { } bad)
        {
            damages.Add(new(disk.PathOf(JournalNames.Segment(report.Number)), bad, report.Reason, IsTornTail: true));
        }
    }

    private static JournalDamage Tell(IDisk disk, Damage damage) =>
        new(disk.PathOf(JournalNames.Segment(damage.Segment)), damage.Offset, damage.Reason, IsTornTail: false);

    // Retention deletes the oldest first, so it did not delete this segment while an older one exists.
    private static bool IsOldestGone(IDisk disk, long number) => SegmentList.Read(disk, out var list).IsOk
        && list.Numbers.All(left => left > number);
}

/// <summary>Receives one event of a journal.</summary>
/// <returns>Whether to continue with the next event.</returns>
public delegate bool EventVisitor(in StoredEvent past);

/// <summary>The contents of a journal's directory, and its problems.</summary>
public sealed record JournalCheck
{
    /// <summary>
    /// The error, in words, that kept the disk from being read; the other members then have no meaning. Null without one.
    /// </summary>
    public string? Unreadable { get; init; }

    /// <summary>The number of existing segments.</summary>
    public int Segments { get; init; }

    /// <summary>The length of all segments, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Valid events, except those after a damaged place in the same segment.</summary>
    public long Events { get; init; }

    /// <summary>The number of rooms with such events.</summary>
    public int Rooms { get; init; }

    /// <summary>Whether the last server stored all its events before it ended. False while a server runs.</summary>
    public bool IsClean { get; init; }

    /// <summary>The first problem of each segment, oldest segment first.</summary>
    public IReadOnlyList<JournalDamage> Damages { get; init; } = [];

    /// <summary>Whether a start would be refused, because there is damage other than a torn end.</summary>
    public bool IsDamaged => Damages.Any(damage => !damage.IsTornTail);
}

/// <summary>A problem at one place in a journal.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Offset of the first bad byte.</param>
/// <param name="Reason">The problem, in words.</param>
/// <param name="IsTornTail">Whether it may be the end of an unfinished write, which the next start cuts
/// off. Any other damage makes the start fail.</param>
public sealed record JournalDamage(string Path, long Offset, string Reason, bool IsTornTail)
{
    /// <summary>The same, as a line for people.</summary>
    public string Message => IsTornTail
        ? $"{Path} has a torn end at byte {Offset}: {Reason}. The last write did not finish; the next start cuts it off."
        : $"{Path} is damaged at byte {Offset}: {Reason}.";
}

/// <summary>The outcome of a dump.</summary>
/// <param name="Trouble">The error, in words, that kept the disk from being read; null without one.</param>
/// <param name="Events">Events passed on.</param>
/// <param name="LostBytes">Bytes that belong to no valid record.</param>
/// <param name="FirstLost">The place of the first of them; null without any.</param>
public sealed record JournalDump(string? Trouble, long Events, long LostBytes, JournalDamage? FirstLost);
