using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>Reads whole segments, and supplies an index for each: the stored one, or a new one when that is missing or invalid.</summary>
internal sealed class IndexedScanner(JournalStore store, IReadOnlySet<string> names, StandingTable standings)
{
    private readonly SegmentScanner _scanner = new(store.Disk);

    /// <summary>
    /// Reads a segment other than the newest. If the header is invalid or the segment is damaged, the index has no meaning.
    /// </summary>
    public SegmentReport ReadSealed(long number, out SegmentIndex index)
    {
        var problem = IndexFile.Read(store.Disk, number, names, out var stored);
        if (problem is null && stored!.TailEvents < store.Options.HistoryEvents)
        {
            problem = "it has fewer events of each room than this server remembers";
        }

        if (problem is null)
        {
            var report = _scanner.Scan(number, null, standings);
            if (stored!.Segment == number && stored.SegmentBytes == report.Bytes && stored.Events == report.Events)
            {
                index = stored;
                return report;
            }

            problem = "it belongs to another segment";
        }

        return ReadAnew(number, problem, out index);
    }

    /// <summary>Reads the newest segment, which has no stored index yet.</summary>
    public SegmentReport ReadNewest(long number, out SegmentIndex index)
    {
        var tally = new RoomTally(store.Options.HistoryEvents);
        var report = _scanner.Scan(number, tally, standings);
        index = tally.ToIndex(number, report.BadAt ?? report.Bytes);
        return report;
    }

    private SegmentReport ReadAnew(long number, string problem, out SegmentIndex index)
    {
        var report = ReadNewest(number, out index);
        if (report is { BadAt: null, Unreadable: null })
        {
            var path = store.Disk.PathOf(JournalNames.Index(number));
            store.Observer.IndexRebuilt(path, problem);
            var result = IndexFile.Write(store.Disk, index);
            if (!result.IsOk)
            {
                store.Observer.HousekeepingFailed(path, result.Message);
            }
        }

        return report;
    }
}
