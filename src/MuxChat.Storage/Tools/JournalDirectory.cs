using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Opening;

namespace MuxChat.Storage.Tools;

/// <summary>What an operator can do with a journal that no server runs on, or, without changing it, with one that is in use.</summary>
public static class JournalDirectory
{
    /// <summary>Reads everything and says what is there and what is wrong. Changes nothing.</summary>
    public static JournalCheck Check(IDisk disk)
    {
        using var _ = LockIfFree(disk, out var isInUse);
        var result = SegmentList.Read(disk, out var list);
        if (!result.IsOk)
        {
            return new() { Unreadable = $"{disk.PathOf("")}: {result.Message}" };
        }

        var damages = new List<JournalDamage>();
        var rooms = new HashSet<byte[]>(AsciiCaseInsensitive.Instance);
        var reports = new List<SegmentReport>();
        var scanner = new SegmentScanner(disk);
        foreach (var number in list.Numbers)
        {
            var tally = new RoomTally(0);
            var report = scanner.Scan(number, tally);
            if (report.Unreadable is { } message)
            {
                return new() { Unreadable = $"{disk.PathOf(JournalNames.Segment(number))}: {message}" };
            }

            var previous = reports.LastOrDefault();
            if (previous is not null && previous.Number != number - 1)
            {
                damages.Add(Tell(disk, Damage.Missing(previous.Number + 1)));
                previous = null;
            }

            // Of a segment that is damaged its length says nothing new.
            previous = previous?.BadAt is null ? previous : null;
            var isNewest = number == list.Numbers[^1];
            if (Damage.Of(report, previous, isNewest) is { } damage)
            {
                damages.Add(Tell(disk, damage));
            }
            else if (report.BadAt is { } bad)
            {
                damages.Add(new(disk.PathOf(JournalNames.Segment(number)), bad, report.Reason, IsTornTail: true));
            }

            rooms.UnionWith(tally.ToIndex(number, report.Bytes).Rooms.Select(room => room.Name));
            reports.Add(report);
        }

        return new()
        {
            IsInUse = isInUse,
            Segments = reports.Count,
            Bytes = reports.Sum(report => report.Bytes),
            Events = reports.Sum(report => report.Events),
            Rooms = rooms.Count,
            IsClean = reports.Count == 0 || reports[^1].CleanEndAt is not null,
            Damages = damages,
        };
    }

    /// <summary>
    /// Keeps everything that is whole. A segment in which something is not is kept beside it under the name it has and ".damaged", and rewritten with all its
    /// whole records; for one that is missing an empty one is made. After that no end is clean: rooms have new epochs at the next start.
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

    /// <summary>Hands on every whole event, oldest first, also those behind damaged places. Changes nothing.</summary>
    /// <param name="disk">The directory.</param>
    /// <param name="room">Only the events of this room; all when it is empty.</param>
    /// <param name="visit">Takes them, and says whether it wants more.</param>
    public static JournalDump Dump(IDisk disk, ReadOnlySpan<byte> room, EventVisitor visit)
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
                }

                lostBytes += salvage.LostBytes;
                firstLost ??= salvage.FirstLostAt < 0 ? null : new(disk.PathOf(name), salvage.FirstLostAt, "no whole record stands there", IsTornTail: false);
                result = window.Trouble;
            }
        }

        return new(result.IsOk ? null : result.Message, events, lostBytes, firstLost);
    }

    private static JournalDamage Tell(IDisk disk, Damage damage) =>
        new(disk.PathOf(JournalNames.Segment(damage.Segment)), damage.Offset, damage.Reason, IsTornTail: false);

    // Who only reads goes on without the lock, but says that the end may be moving.
    private static IDisposable? LockIfFree(IDisk disk, out bool isInUse)
    {
        isInUse = disk.Lock(out var held).Status == DiskStatus.InUse;
        return held;
    }
}
