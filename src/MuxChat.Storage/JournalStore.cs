using MuxChat.Storage.Disks;

namespace MuxChat.Storage;

/// <summary>What all parts of one journal work with.</summary>
internal sealed record JournalStore(IDisk Disk, JournalOptions Options, IJournalObserver Observer, TimeProvider Time)
{
    // Some 17,000 years: a time beyond that is no time, and must not overflow.
    private const long MaxMs = 1L << 49;

    /// <summary>How long ago that was, by the clock on the wall; negative when it is to come.</summary>
    public TimeSpan AgeOf(long unixMs) =>
        TimeSpan.FromMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds() - Math.Clamp(unixMs, -MaxMs, MaxMs));
}
