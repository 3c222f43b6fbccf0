using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>
/// Opens a journal. Reads every record once, cuts a torn tail, refuses damage, restores each room's last events, and writes a start mark.
/// </summary>
public sealed class JournalOpener
{
    private readonly JournalStore _store;
    private readonly IEventSink _sink;
    private readonly List<SegmentReport> _reports = [];
    private readonly List<SegmentIndex> _indexes = [];
    private readonly StandingTable _standings = new();
    private SegmentList _list = null!;
    private long _restored;

    private JournalOpener(JournalStore store, IEventSink sink)
    {
        _store = store;
        _sink = sink;
    }

    /// <summary>Opens the journal on a disk.</summary>
    /// <param name="disk">The directory.</param>
    /// <param name="options">The limits and the durability.</param>
    /// <param name="sink">Receives the standings, and then the last events of each room, oldest first. If the opening fails, it may
    /// have received some, which it must discard.</param>
    /// <param name="observer">Receives cuts, failures and later events.</param>
    /// <param name="time">The clock.</param>
    public static JournalOpening Open(IDisk disk, JournalOptions options, IEventSink sink, IJournalObserver observer, TimeProvider time)
    {
        var result = disk.Lock(out var held);
        if (!result.IsOk)
        {
            var directory = disk.PathOf("");
            return result.Status == DiskStatus.InUse
                ? new(JournalOpeningStatus.InUse, $"another server uses the journal in {directory}", null)
                : new(JournalOpeningStatus.DiskFailed, $"the journal in {directory} cannot be locked: {result.Message}", null);
        }

        var opening = new JournalOpener(new(disk, options, observer, time), sink).Run(held!);
        if (opening.Session is null)
        {
            held!.Dispose();
        }

        return opening;
    }

    private JournalOpening Run(IDisposable held)
    {
        var result = SegmentList.Read(_store.Disk, out _list);
        if (!result.IsOk)
        {
            return Trouble("", result);
        }

        if (_list.Missing is { } missing)
        {
            return Refuse(Damage.Missing(missing));
        }

        return ReadSegments() ?? RestoreTails() ?? Begin(held);
    }

    private JournalOpening? ReadSegments()
    {
        var scanner = new IndexedScanner(_store, _list.Names, _standings);
        foreach (var number in _list.Numbers)
        {
            var isNewest = number == _list.Numbers[^1];
            SegmentIndex index;
            var report = isNewest ? scanner.ReadNewest(number, out index) : scanner.ReadSealed(number, out index);
            if (report.Unreadable is { } message)
            {
                return Trouble(JournalNames.Segment(number), DiskResult.Failed(message));
            }

            if (Damage.Of(report, _reports.LastOrDefault(), isNewest) is { } damage)
            {
                return Refuse(damage);
            }

            if (report.Header is null)
            {
                return DropTorn(report);
            }

            _reports.Add(report);
            _indexes.Add(index);
        }

        return null;
    }

    // The power failed while the newest segment was created. That segment has no events yet, and all older ones are durable.
    private JournalOpening? DropTorn(SegmentReport report)
    {
        var name = JournalNames.Segment(report.Number);
        var result = _store.Disk.Delete(name);
        result = result.IsOk ? _store.Disk.SyncDirectory() : result;
        if (!result.IsOk)
        {
            return Trouble(name, result);
        }

        _store.Observer.TailCut(_store.Disk.PathOf(name), 0, report.Bytes, report.Reason);
        return null;
    }

    private JournalOpening? RestoreTails()
    {
        foreach (var standing in _standings.All)
        {
            _sink.Restore(standing);
        }

        var plan = new RestorePlan(_store.Options.HistoryEvents);
        var plans = _indexes.AsEnumerable().Reverse().Select(plan.Next).ToList();
        plans.Reverse();
        var restorer = new TailRestorer(_store.Disk, _sink);
        var interrupted = _reports.FindLastIndex(static report => report.UncleanStartAt is not null);
        for (var i = 0; i < plans.Count; i++)
        {
            restorer.InterruptedAt = i == interrupted ? _reports[i].UncleanStartAt : null;
            var result = restorer.Restore(_indexes[i].Segment, _indexes[i].SegmentBytes, plans[i], out var badAt);
            if (!result.IsOk)
            {
                return badAt >= 0 ? Refuse(new(_indexes[i].Segment, badAt, result.Message))
                    : Trouble(JournalNames.Segment(_indexes[i].Segment), result);
            }

            restorer.ReportUncleanShutdown();
        }

        _restored = restorer.Restored;
        return null;
    }

    private JournalOpening Begin(IDisposable held)
    {
        var last = _reports.Count == 0 ? null : _reports[^1];
        var result = last is null ? CreateFirst(out var segment) : Continue(last, out segment);
        if (!result.IsOk)
        {
            return Trouble(JournalNames.Segment(last?.Number ?? 1), result);
        }

        var batch = Math.Max(last?.LastBatch ?? 0, segment!.Header.FirstBatch - 1) + 1;
        result = JournalWriter.AppendMark(segment, RecordKind.Start, batch, _store.Time);
        var isFull = result.Status == DiskStatus.Full;
        if (isFull)
        {
            // There is no space for a start mark, so remove the last clean end instead, which needs none.
            _store.Observer.Full(_store.Disk.PathOf(JournalNames.Segment(segment.Header.Segment)), result.Message);
            result = last?.CleanEndAt is { } cleanEnd ? segment.Cut(cleanEnd) : DiskResult.Done;
        }

        if (!result.IsOk)
        {
            segment.Dispose();
            return Trouble(JournalNames.Segment(segment.Header.Segment), result);
        }

        DeleteLeftovers();
        return new(JournalOpeningStatus.Opened, "", CreateSession(held, segment, batch, isFull));
    }

    private DiskResult CreateFirst(out SegmentWriter? segment)
    {
        var number = _list.Numbers.Count == 0 ? 1 : _list.Numbers[^1];
        return SegmentWriter.Create(_store.Disk, new(number, 1, _store.Time.GetUtcNow().ToUnixTimeMilliseconds(), 0), out segment);
    }

    // If the last server was killed, the bytes read and the segment's name may be in the system's memory only. Make
    // them durable before anything is added. After a failed sync the system may count unwritten bytes as written,
    // and the next sync would skip them, so write them again.
    private DiskResult Continue(SegmentReport last, out SegmentWriter? segment)
    {
        segment = null;
        var result = _store.Disk.Open(JournalNames.Segment(last.Number), DiskOpening.Change, out var file);
        if (!result.IsOk)
        {
            return result;
        }

        var end = last.BadAt ?? last.Bytes;
        result = last.BadAt is { } bad ? file!.Truncate(bad) : result;
        result = result.IsOk ? file!.WriteAgain(last.SyncedUpTo, end) : result;
        result = result.IsOk ? file!.Sync() : result;
        result = result.IsOk ? _store.Disk.SyncDirectory() : result;
        if (!result.IsOk)
        {
            file!.Dispose();
            return result;
        }

        if (last.BadAt is { } cut)
        {
            _store.Observer.TailCut(_store.Disk.PathOf(JournalNames.Segment(last.Number)), cut, last.Bytes - cut, last.Reason);
        }

        segment = SegmentWriter.Continue(file!, last.Header!.Value, end);
        return result;
    }

    // Deletes indexes of deleted segments, and the files of an unfinished repair.
    private void DeleteLeftovers()
    {
        foreach (var name in _list.Names)
        {
            if (JournalNames.IsRewritten(name) || (JournalNames.TryReadIndex(name, out var number) && !_list.Numbers.Contains(number)))
            {
                var result = _store.Disk.Delete(name);
                if (!result.IsOk)
                {
                    _store.Observer.HousekeepingFailed(_store.Disk.PathOf(name), result.Message);
                }
            }
        }
    }

    private JournalSession CreateSession(IDisposable held, SegmentWriter segment, long batch, bool isFull)
    {
        var sealedSegments = _indexes.SkipLast(1).Select(index => new SealedSegment(index.Segment, index.SegmentBytes, index.NewestUnixMs));
        var slot = new BatchSlot();
        var journal = new Journal(_store.Options, _store.Observer, slot);
        var writer = new JournalWriter(_store, slot, new Housekeeping(_store, sealedSegments), _standings, segment, batch, isFull);
        return new(journal, writer, held)
        {
            WasClean = _list.Numbers.Count == 0 || (_reports.Count > 0 && _reports[^1].CleanEndAt is not null),
            BeganFull = isFull,
            Events = _reports.Sum(report => report.Events),
            Restored = _restored,
            Segments = Math.Max(_reports.Count, 1),
        };
    }

    private JournalOpening Refuse(Damage damage)
    {
        var directory = _store.Disk.PathOf("");
        return new(
            JournalOpeningStatus.Damaged,
            $"{_store.Disk.PathOf(JournalNames.Segment(damage.Segment))} is damaged at byte {damage.Offset}: {damage.Reason}. "
            + $"Stored data is affected, so nothing is cut off. See \"muxchat journal check {directory}\"; \"muxchat journal repair "
            + $"{directory}\" keeps every whole record.",
            null);
    }

    private JournalOpening Trouble(string name, DiskResult result) =>
        new(JournalOpeningStatus.DiskFailed, $"{_store.Disk.PathOf(name)}: {result.Message}", null);
}

/// <summary>The outcome of opening a journal.</summary>
/// <param name="Status">Whether the journal is open.</param>
/// <param name="Message">The reason why not, with the file, the place and a remedy, for people; empty when it is open.</param>
/// <param name="Session">The open journal; null when it is not open.</param>
public sealed record JournalOpening(JournalOpeningStatus Status, string Message, JournalSession? Session);

/// <summary>Whether a journal could be opened.</summary>
public enum JournalOpeningStatus
{
    /// <summary>The journal is open.</summary>
    Opened,

    /// <summary>Another server has it open.</summary>
    InUse,

    /// <summary>A record that had been durable is damaged. The journal is left unchanged.</summary>
    Damaged,

    /// <summary>The disk could not be read or written.</summary>
    DiskFailed,
}
