namespace MuxChat.Core.Chat.History;

/// <summary>Finds events that a room holds by when they happened.</summary>
internal static class TimeIndex
{
    /// <summary>How many of the events held happened before a time. Times rise from event to event.</summary>
    /// <param name="log">The events.</param>
    /// <param name="unixMs">The time, in milliseconds since 1970-01-01 UTC.</param>
    public static int CountBefore(EventLog log, long unixMs)
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
}
