using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;

namespace MuxChat.Storage.Recovery;

/// <summary>The segments and other files in the directory.</summary>
internal sealed class SegmentList
{
    private SegmentList(HashSet<string> names, List<long> numbers)
    {
        Names = names;
        Numbers = numbers;
    }

    /// <summary>The names of all files.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>The numbers of the segments, lowest first.</summary>
    public IReadOnlyList<long> Numbers { get; }

    /// <summary>The first missing number between two existing segments; null when none is missing.</summary>
    public long? Missing
    {
        get
        {
            for (var i = 1; i < Numbers.Count; i++)
            {
                if (Numbers[i] != Numbers[i - 1] + 1)
                {
                    return Numbers[i - 1] + 1;
                }
            }

            return null;
        }
    }

    /// <summary>Reads the directory.</summary>
    public static DiskResult Read(IDisk disk, out SegmentList list)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var result = disk.List(names);
        var numbers = new List<long>();
        foreach (var name in names)
        {
            if (JournalNames.TryReadSegment(name, out var number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        list = new(names, numbers);
        return result;
    }
}
