using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage.Tools;

/// <summary>
/// What an operator can do with a journal that no server runs on, or, without changing it, with one that is in use. Whoever only reads
/// takes no lock, and passes over what a server deletes meanwhile.
/// </summary>
public static class JournalDirectory
{
    /// <summary>Reads everything and says what is there and what is wrong. Changes nothing.</summary>
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
                // All before it are gone as well.
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
    /// Keeps everything that is whole. A segment in which something is not is kept beside it under the name it has and ".damaged",
    /// and rewritten with all its whole records; for one that is missing an empty one is made. After that no end is clean: rooms
    /// have new epochs at the next start.
    /// </summary>
    public static JournalRepair Repair(IDisk disk)
    {
        var result = disk.Lock(out var held);
        if (!result.IsOk)
        {
            return new(result.Status == DiskStatus.InUse ? $"a server uses the journal in {disk.PathOf("")}: stop it first" : result.Message, []);
        }

        using (held)
        {
            return new DirectoryRepair(disk).Run();
        }
    }

    /// <summary>Hands on every whole event and standing, oldest first, also those behind damaged places. Changes nothing.</summary>
    /// <param name="disk">The directory.</param>
    /// <param name="room">Only what is of this room; all when it is empty.</param>
    /// <param name="visit">Takes the events, and says whether it wants more.</param>
    /// <param name="visitStanding">Takes the standings; null when they are not wanted.</param>
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

    // What is lost at the end of the newest one only may be a write that was not finished, or is under way.
    private static JournalDamage Lost(string path, RecordSalvage salvage, long length, bool isNewest) =>
        new(path, salvage.FirstLostAt, "there is no whole record there", isNewest && salvage.LostBytes == length - salvage.FirstLostAt);

    private static void AddDamages(IDisk disk, SegmentReport report, SegmentReport? previous, bool isNewest, List<JournalDamage> damages)
    {
        if (previous is not null && previous.Number != report.Number - 1)
        {
            damages.Add(Tell(disk, Damage.Missing(previous.Number + 1)));
            previous = null;
        }

        // Of a segment that is damaged its length says nothing new.
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

    // Retention takes the oldest first: while an older one is there, it did not take this one.
    private static bool IsOldestGone(IDisk disk, long number) => SegmentList.Read(disk, out var list).IsOk
        && list.Numbers.All(left => left > number);
}

/// <summary>Takes one event of a journal.</summary>
/// <returns>Whether the next one is wanted.</returns>
public delegate bool EventVisitor(in StoredEvent past);

/// <summary>What a journal's directory holds, and what is wrong with it.</summary>
public sealed record JournalCheck
{
    /// <summary>What kept the disk from being read, in words; then nothing else counts. Null when nothing did.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Segments that are there.</summary>
    public int Segments { get; init; }

    /// <summary>Their length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Whole events in them, without those behind a damaged place in the same segment.</summary>
    public long Events { get; init; }

    /// <summary>Rooms that those events are of.</summary>
    public int Rooms { get; init; }

    /// <summary>
    /// Whether the last server had stored everything it was given when it ended. Not while one runs: then the end may be torn because it is
    /// being written.
    /// </summary>
    public bool IsClean { get; init; }

    /// <summary>All places where something is wrong, the first of each segment, oldest first.</summary>
    public IReadOnlyList<JournalDamage> Damages { get; init; } = [];

    /// <summary>Whether a start would be refused: there is damage that is no torn end.</summary>
    public bool IsDamaged => Damages.Any(damage => !damage.IsTornTail);
}

/// <summary>A place in a journal where something is wrong.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">The first byte concerned.</param>
/// <param name="Reason">What is wrong, in words.</param>
/// <param name="IsTornTail">Whether it may be the end of a write that was not finished: the next start cuts it off.
/// Else the start is refused.</param>
public sealed record JournalDamage(string Path, long Offset, string Reason, bool IsTornTail)
{
    /// <summary>The same as a line for people.</summary>
    public string Message => IsTornTail
        ? $"{Path} has a torn end at byte {Offset}: {Reason}. The last write did not finish; the next start cuts it off."
        : $"{Path} is damaged at byte {Offset}: {Reason}.";
}

/// <summary>How it went to go through a journal's events.</summary>
/// <param name="Trouble">What kept the disk from being read, in words; null when nothing did.</param>
/// <param name="Events">Events that were handed on.</param>
/// <param name="LostBytes">Bytes that belong to no whole record.</param>
/// <param name="FirstLost">Where the first of them are; null without any.</param>
public sealed record JournalDump(string? Trouble, long Events, long LostBytes, JournalDamage? FirstLost);
