using MuxChat.Storage.Disks;

namespace MuxChat.Storage;

/// <summary>The objects that all parts of one journal share.</summary>
internal sealed record JournalStore(IDisk Disk, JournalOptions Options, IJournalObserver Observer, TimeProvider Time)
{
    // About 17,000 years: clamp later times, which would overflow.
    private const long MaxMs = 1L << 49;

    /// <summary>Returns the age of a time, by the wall clock; negative for a time in the future.</summary>
    public TimeSpan AgeOf(long unixMs) =>
        TimeSpan.FromMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds() - Math.Clamp(unixMs, -MaxMs, MaxMs));
}
