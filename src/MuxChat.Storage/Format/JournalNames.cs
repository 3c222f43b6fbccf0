using System.Globalization;

namespace MuxChat.Storage.Format;

/// <summary>The names of a journal's files: 00000001.journal, 00000001.index and so on.</summary>
internal static class JournalNames
{
    private const string SegmentEnd = ".journal";
    private const string IndexEnd = ".index";
    private const string RewrittenEnd = ".rewritten";
    private const int MinDigits = 8;

    /// <summary>Returns the name of a segment.</summary>
    public static string Segment(long number) => Digits(number) + SegmentEnd;

    /// <summary>Returns the name of a segment's index.</summary>
    public static string Index(long number) => Digits(number) + IndexEnd;

    /// <summary>Returns the name under which a repair keeps a damaged segment.</summary>
    public static string Damaged(long number) => Segment(number) + ".damaged";

    /// <summary>Returns the name of a segment's rewritten copy, before a rename replaces the segment.</summary>
    public static string Rewritten(long number) => Segment(number) + RewrittenEnd;

    /// <summary>Whether the name is that of an unfinished rewritten copy.</summary>
    public static bool IsRewritten(string name) => name.EndsWith(RewrittenEnd, StringComparison.Ordinal);

    /// <summary>Parses the number in a segment's name.</summary>
    public static bool TryReadSegment(string name, out long number) => TryRead(name, SegmentEnd, out number) && name == Segment(number);

    /// <summary>Parses the number in an index's name.</summary>
    public static bool TryReadIndex(string name, out long number) => TryRead(name, IndexEnd, out number) && name == Index(number);

    private static string Digits(long number) => number.ToString("D" + MinDigits, CultureInfo.InvariantCulture);

    private static bool TryRead(string name, string end, out long number)
    {
        number = 0;
        return name.EndsWith(end, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, name.Length - end.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }
}
