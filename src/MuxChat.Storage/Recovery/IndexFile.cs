using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>Reads and writes the file of an index. The file is not synced: a torn one is rejected and rebuilt.</summary>
internal static class IndexFile
{
    /// <summary>Reads the index of a segment.</summary>
    /// <returns>The reason, in words, why there is no valid index; null on success.</returns>
    public static string? Read(IDisk disk, long segment, IReadOnlySet<string> names, out SegmentIndex? index)
    {
        index = null;
        var name = JournalNames.Index(segment);
        if (!names.Contains(name))
        {
            return "the file is missing";
        }

        var result = disk.Open(name, DiskOpening.Read, out var file);
        if (!result.IsOk)
        {
            return result.Message;
        }

        using (file)
        {
            result = file!.ReadAll(SegmentIndex.MaxBytes, out var bytes);
            return !result.IsOk ? result.Message : SegmentIndex.TryRead(bytes, out index) ? null : "it is damaged";
        }
    }

    /// <summary>Writes the index of a segment, without a sync.</summary>
    public static DiskResult Write(IDisk disk, SegmentIndex index)
    {
        var result = disk.Open(JournalNames.Index(index.Segment), DiskOpening.Create, out var file);
        if (!result.IsOk)
        {
            return result;
        }

        using (file)
        {
            return file!.WriteAll(0, index.ToBytes());
        }
    }
}
