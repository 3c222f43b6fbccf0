using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;

namespace MuxChat.Storage.Tools;

/// <summary>Repairs a journal's directory, segment by segment. A power cut leaves each segment either unchanged or repaired.</summary>
internal sealed class DirectoryRepair(IDisk disk)
{
    /// <summary>The most missing segments that are replaced by empty ones: 1,000. With more missing, the repair refuses.</summary>
    private const int MaxMissing = 1000;

    private readonly SegmentWindow _window = new();
    private readonly List<RepairedSegment> _done = [];
    private SegmentList _list = null!;
    private long? _previousBytes;
    private bool _hasBegun;

    /// <summary>Runs the repair.</summary>
    public JournalRepair Run()
    {
        var result = SegmentList.Read(disk, out _list);
        if (!result.IsOk || _list.Numbers.Count == 0)
        {
            return new(result.IsOk ? null : $"{disk.PathOf("")}: {result.Message}", _done);
        }

        var missing = _list.Numbers[^1] - _list.Numbers[0] + 1 - _list.Numbers.Count;
        if (missing > MaxMissing)
        {
            return new($"{missing} segments are missing between {JournalNames.Segment(_list.Numbers[0])} and "
                + $"{JournalNames.Segment(_list.Numbers[^1])}", _done);
        }

        for (var number = _list.Numbers[0]; number <= _list.Numbers[^1] && result.IsOk; number++)
        {
            result = _list.Numbers.Contains(number) ? RepairSegment(number) : Fill(number);
            if (!result.IsOk)
            {
                return new($"{disk.PathOf(JournalNames.Segment(number))}: {result.Message}", _done);
            }
        }

        // An earlier repair may have renamed a segment without syncing the directory.
        result = disk.SyncDirectory();
        return new(result.IsOk ? null : $"{disk.PathOf("")}: {result.Message}", _done);
    }

    private DiskResult RepairSegment(long number)
    {
        var name = JournalNames.Segment(number);
        var result = disk.Open(name, DiskOpening.Change, out var opened);
        if (!result.IsOk)
        {
            return result;
        }

        using var file = opened!;
        _window.LookAt(file);
        var problem = SegmentHeader.Read(_window.At(0, SegmentHeader.Bytes), number, out var header);
        var report = new SegmentScanner(disk).Scan(number, new RoomTally(0));
        if (!_window.Trouble.IsOk || report.Unreadable is not null)
        {
            return DiskResult.Failed(report.Unreadable ?? _window.Trouble.Message);
        }

        if (problem is not null && SegmentHeader.IsWhole(_window.At(0, SegmentHeader.Bytes)))
        {
            return DiskResult.Failed(problem);
        }

        var hasWrongLength = _previousBytes is { } bytes && bytes != header.PreviousBytes;
        if (report.BadAt is null && !hasWrongLength)
        {
            // Valid bytes may be in the system's memory only, if an earlier repair could not sync them.
            _previousBytes = report.Bytes;
            result = file.WriteAgain(0, SegmentHeader.Bytes);
            result = result.IsOk ? file.WriteAgain(Math.Max(report.SyncedUpTo, SegmentHeader.Bytes), report.Bytes) : result;
            return result.IsOk ? file.Sync() : result;
        }

        result = RemoveCleanEnd();
        if (!result.IsOk || report.BadAt is not null)
        {
            return result.IsOk ? Rewrite(number, problem is null ? header : null, report.Bytes) : result;
        }

        result = Mend(file, number, header, _previousBytes!.Value);
        _previousBytes = report.Bytes;
        return result;
    }

    // Corrects the header's length of the previous segment; the rest of the segment is valid.
    private DiskResult Mend(IDiskFile file, long number, SegmentHeader header, long previousBytes)
    {
        var bytes = new byte[SegmentHeader.Bytes];
        (header with { PreviousBytes = previousBytes }).Write(bytes);
        var result = file.WriteAll(0, bytes);
        result = result.IsOk ? file.Sync() : result;
        if (result.IsOk && _done.All(done => done.Path != disk.PathOf(JournalNames.Segment(number - 1))))
        {
            var lost = Math.Max(header.PreviousBytes - previousBytes, 0);
            var path = disk.PathOf(JournalNames.Segment(number - 1));
            _done.Add(new(path, null, 0, lost, $"{path} is {lost} bytes shorter than it was; the rest is whole"));
        }

        return result;
    }

    private DiskResult Rewrite(long number, SegmentHeader? header, long oldBytes)
    {
        var kept = KeptName(number);
        var result = Copy(kept);
        if (!result.IsOk)
        {
            return result;
        }

        result = disk.Open(JournalNames.Rewritten(number), DiskOpening.Create, out var opened);
        if (!result.IsOk)
        {
            return result;
        }

        using var file = opened!;
        var salvage = new RecordSalvage(_window, number);
        salvage.Begin(header is not null);
        var rewriter = new SegmentRewriter(file, number);
        var previous = _previousBytes ?? header?.PreviousBytes ?? 0;
        result = rewriter.Write((header ?? new(number, 1, 0, 0)) with { PreviousBytes = previous }, salvage);
        result = result.IsOk ? _window.Trouble : result;
        result = result.IsOk ? DropIndex(number) : result;
        result = result.IsOk ? disk.Rename(JournalNames.Rewritten(number), JournalNames.Segment(number)) : result;
        result = result.IsOk ? disk.SyncDirectory() : result;
        if (result.IsOk)
        {
            var (path, keptPath) = (disk.PathOf(JournalNames.Segment(number)), disk.PathOf(kept));
            var what = $"{path}: {rewriter.Events} events kept, {salvage.LostBytes} of {oldBytes} bytes lost; "
                + $"the damaged file is kept in {keptPath}";
            _done.Add(new(path, keptPath, rewriter.Events, salvage.LostBytes, what));
            _previousBytes = rewriter.Length;
        }

        return result;
    }

    private DiskResult Fill(long number)
    {
        SegmentWriter? segment = null;
        var result = RemoveCleanEnd();
        result = result.IsOk ? SegmentWriter.Create(disk, new(number, 1, 0, _previousBytes ?? 0), out segment) : result;
        if (result.IsOk)
        {
            segment!.Dispose();
            var path = disk.PathOf(JournalNames.Segment(number));
            _done.Add(new(path, null, 0, 0, $"{path} was missing; an empty file takes its place"));
            _previousBytes = SegmentHeader.Bytes;
        }

        return result;
    }

    // The clean end goes first: if the power fails during the repair, the journal must not look complete.
    private DiskResult RemoveCleanEnd()
    {
        if (_hasBegun)
        {
            return DiskResult.Done;
        }

        var newest = _list.Numbers[^1];
        var report = new SegmentScanner(disk).Scan(newest, null);
        if (report.Unreadable is { } message)
        {
            return DiskResult.Failed(message);
        }

        _hasBegun = true;
        if (report.CleanEndAt is not { } cleanEnd)
        {
            return DiskResult.Done;
        }

        var result = disk.Open(JournalNames.Segment(newest), DiskOpening.Change, out var opened);
        if (!result.IsOk)
        {
            return result;
        }

        using var file = opened!;
        result = file.Truncate(cleanEnd);
        return result.IsOk ? file.Sync() : result;
    }

    private string KeptName(long number)
    {
        var name = JournalNames.Damaged(number);
        for (var copy = 2; _list.Names.Contains(name); copy++)
        {
            name = JournalNames.Damaged(number) + copy;
        }

        return name;
    }

    private DiskResult Copy(string to)
    {
        var result = disk.Open(to, DiskOpening.Create, out var opened);
        if (!result.IsOk)
        {
            return result;
        }

        using var file = opened!;
        for (var at = 0L; at < _window.Length && result.IsOk;)
        {
            var bytes = _window.At(at, SegmentWindow.Bytes);
            result = _window.Trouble.IsOk ? file.WriteAll(at, bytes) : _window.Trouble;
            at += bytes.Length;
        }

        result = result.IsOk ? file.Sync() : result;
        return result.IsOk ? disk.SyncDirectory() : result;
    }

    private DiskResult DropIndex(long number) =>
        _list.Names.Contains(JournalNames.Index(number)) ? disk.Delete(JournalNames.Index(number)) : DiskResult.Done;
}

/// <summary>The outcome of a repair.</summary>
/// <param name="Refused">The reason, in words, why the repair did nothing or stopped early; null when it was completed.</param>
/// <param name="Segments">The segments that it changed, oldest first; empty when nothing was wrong.</param>
public sealed record JournalRepair(string? Refused, IReadOnlyList<RepairedSegment> Segments);

/// <summary>The repair of one segment.</summary>
/// <param name="Path">The segment's file.</param>
/// <param name="KeptPath">The copy of the unrepaired file; null when there was none to keep.</param>
/// <param name="Events">Valid events in the segment now.</param>
/// <param name="LostBytes">Bytes that belonged to no valid record, as far as known.</param>
/// <param name="Message">A line for people that says all of this.</param>
public sealed record RepairedSegment(string Path, string? KeptPath, long Events, long LostBytes, string Message);
