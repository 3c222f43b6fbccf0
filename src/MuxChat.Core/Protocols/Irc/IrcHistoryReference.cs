using System.Globalization;
using System.Text;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.Core.Protocols.Irc;

/// <summary>
/// A point in a room's past: <c>timestamp=YYYY-MM-DDThh:mm:ss.sssZ</c> or <c>msgid=epoch-number</c> (IRCv3 chathistory and message-ids).
/// </summary>
/// <param name="UnixMs">The time of a timestamp, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Epoch">The epoch of a message id; 0 for a timestamp.</param>
/// <param name="Seq">The event number in that epoch.</param>
internal readonly record struct IrcHistoryReference(long UnixMs, long Epoch, long Seq)
{
    private const int MaxTimeBytes = 40;
    private const long NoEpoch = -1;

    public bool IsTime => Epoch == 0;

    /// <summary>Parses a reference.</summary>
    /// <returns>The error code for FAIL; null on success.</returns>
    public static string? Read(ReadOnlySpan<byte> word, out IrcHistoryReference reference)
    {
        var equals = word.IndexOf((byte)'=');
        var value = word[(equals + 1)..];
        reference = default;
        return equals < 0 ? "INVALID_PARAMS"
            : word[..equals].SequenceEqual("timestamp"u8) ? ReadTime(value, out reference) ? null : "INVALID_PARAMS"
            : word[..equals].SequenceEqual("msgid"u8) ? ReadId(value, out reference) ? null : "INVALID_PARAMS"
            : "INVALID_MSGREFTYPE";
    }

    /// <summary>
    /// Locates the reference among the events that a room holds. Earlier events end before the first index, and later ones begin at the
    /// second. Returns false when the room never had that event.
    /// </summary>
    public bool TryPlace(EventLog log, out (int Before, int After) place)
    {
        if (IsTime)
        {
            place = (CountBefore(log, UnixMs), CountBefore(log, UnixMs + 1));
            return true;
        }

        var index = log.Find(Epoch, Seq);
        place = (Math.Max(0, index ?? 0), (index ?? 0) + 1);
        return index is not null;
    }

    // Counts the held events before a time. Times rise from event to event.
    private static int CountBefore(EventLog log, long unixMs)
    {
        int first = 0, end = log.Count;
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (log.TimeOf(middle) < unixMs)
            {
                first = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return first;
    }

    private static bool ReadTime(ReadOnlySpan<byte> value, out IrcHistoryReference reference)
    {
        reference = default;
        Span<char> text = stackalloc char[MaxTimeBytes];
        if (value.Length > MaxTimeBytes || !Ascii.IsValid(value))
        {
            return false;
        }

        Ascii.ToUtf16(value, text, out var length);
        var isTime = DateTime.TryParseExact(
            text[..length], "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        reference = new IrcHistoryReference(new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds(), 0, 0);
        return isTime;
    }

    // No room has the id of a private message. So it is a good reference, and no room ever had it.
    private static bool ReadId(ReadOnlySpan<byte> value, out IrcHistoryReference reference)
    {
        var isEvent = MessageId.TryReadPair(value, out var epoch, out var seq);
        reference = isEvent ? new IrcHistoryReference(0, epoch, seq) : new IrcHistoryReference(0, NoEpoch, 0);
        return isEvent || MessageId.TryRead(value, out _);
    }
}
