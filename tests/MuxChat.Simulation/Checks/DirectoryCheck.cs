using MuxChat.Simulation.Disk;
using MuxChat.Storage;

namespace MuxChat.Simulation.Checks;

/// <summary>Looks at the files of the journal's directory, by their names and lengths alone.</summary>
internal static class DirectoryCheck
{
    private const string SegmentEnd = ".journal";
    private const string IndexEnd = ".index";

    /// <summary>A segment was deleted: it was the oldest, and with it all segments took more than may be kept.</summary>
    public static void Deleted(SimDisk disk, JournalOptions options, string path, long bytes)
    {
        var left = Segments(disk);
        var name = path[(path.LastIndexOf('/') + 1)..];
        Check.Fail(
            left.Count == 0 || string.CompareOrdinal(name, left[0]) >= 0,
            CheckNames.Housekeeping,
            $"{name} is deleted, and {(left.Count == 0 ? "it was the last" : left[0] + " is older")}");

        // The newest counts as if it were full: it will be before anything is looked at again.
        var taken = left.SkipLast(1).Sum(disk.LengthOf) + Math.Max(disk.LengthOf(left[^1]), options.SegmentBytes) + bytes;
        Check.Fail(
            options.RetainBytes == 0 || taken <= options.RetainBytes,
            CheckNames.Housekeeping,
            $"{name} is deleted, and with it all take {taken} bytes of the {options.RetainBytes} that may be kept");
    }

    /// <summary>
    /// The writer has nothing to do any more: no more is kept than may be, and each segment but the newest has its index.
    /// </summary>
    public static void Tidy(SimDisk disk, JournalOptions options, bool areIndexesWhole)
    {
        var segments = Segments(disk);
        var taken = segments.Sum(disk.LengthOf);
        Check.Fail(
            options.RetainBytes > 0 && taken > options.RetainBytes && segments.Count > 1,
            CheckNames.Housekeeping,
            $"{segments.Count} segments take {taken} bytes, {options.RetainBytes} may be kept");
        if (areIndexesWhole)
        {
            Indexed(disk, segments);
        }
    }

    /// <summary>
    /// A server has started on a disk that works: each segment but the newest has its index, and nothing else lies about.
    /// </summary>
    public static void Started(SimDisk disk) => Indexed(disk, Segments(disk));

    private static void Indexed(SimDisk disk, List<string> segments)
    {
        var leftOver = disk.Names.FirstOrDefault(
            name => !segments.Contains(name) && !(name.EndsWith(IndexEnd, StringComparison.Ordinal) && segments.Contains(SegmentOf(name))));
        Check.Fail(leftOver is not null, CheckNames.Housekeeping, $"{leftOver} lies about, and nothing is to be done any more");
        var names = disk.Names.ToHashSet();
        var bare = segments.SkipLast(1).FirstOrDefault(segment => !names.Contains(segment[..^SegmentEnd.Length] + IndexEnd));
        Check.Fail(bare is not null, CheckNames.Housekeeping, $"{bare} has no index");
    }

    private static List<string> Segments(SimDisk disk) =>
        [.. disk.Names.Where(static name => name.EndsWith(SegmentEnd, StringComparison.Ordinal))];

    private static string SegmentOf(string index) => index[..^IndexEnd.Length] + SegmentEnd;
}
