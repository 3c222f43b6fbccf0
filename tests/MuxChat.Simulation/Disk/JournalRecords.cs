using System.Buffers.Binary;
using MuxChat.Testing.Disks;

namespace MuxChat.Simulation.Disk;

/// <summary>
/// Finds the events in a journal's segments by the description of the format, without the code that writes and reads them.
/// </summary>
internal static class JournalRecords
{
    private const int SegmentHeaderBytes = 48;
    private const int RecordHeaderBytes = 8;
    private const byte EventKindByte = 2;

    /// <summary>The names of the segments, oldest first.</summary>
    public static IReadOnlyList<string> Segments(MemoryDisk disk) =>
        [.. disk.Names.Where(static name => name.EndsWith(".journal", StringComparison.Ordinal))];

    /// <summary>All events of a journal in which nothing is damaged, by segment, each where it begins and with all its bytes.</summary>
    public static IReadOnlyDictionary<string, List<(int At, byte[] Bytes)>> Read(MemoryDisk disk)
    {
        var all = new Dictionary<string, List<(int At, byte[] Bytes)>>(StringComparer.Ordinal);
        foreach (var name in Segments(disk))
        {
            var (bytes, events) = (disk[name], new List<(int At, byte[] Bytes)>());
            for (var at = SegmentHeaderBytes; at + RecordHeaderBytes < bytes.Length;)
            {
                var end = at + RecordHeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
                if (end <= at || end > bytes.Length)
                {
                    break;
                }

                if (bytes[at + RecordHeaderBytes] == EventKindByte)
                {
                    events.Add((at, bytes[at..end]));
                }

                at = end;
            }

            all[name] = events;
        }

        return all;
    }

    /// <summary>Which of these events are still there, byte for byte in the same place, in a damaged copy of the journal.</summary>
    public static IReadOnlyDictionary<string, List<byte[]>> Left(IReadOnlyDictionary<string, List<(int At, byte[] Bytes)>> whole,
        MemoryDisk damaged)
    {
        var left = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        foreach (var name in Segments(damaged))
        {
            var bytes = damaged[name];
            left[name] = [.. whole[name].Where(
                one => one.At + one.Bytes.Length <= bytes.Length && bytes.AsSpan(one.At, one.Bytes.Length).SequenceEqual(one.Bytes))
                    .Select(static one => one.Bytes)];
        }

        return left;
    }
}
