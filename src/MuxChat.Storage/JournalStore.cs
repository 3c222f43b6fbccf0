using MuxChat.Storage.Disks;

namespace MuxChat.Storage;

/// <summary>What all parts of one journal work with.</summary>
internal sealed record JournalStore(IDisk Disk, JournalOptions Options, IJournalObserver Observer, TimeProvider Time)
{
    /// <summary>How long ago that was, by the clock on the wall.</summary>
    public TimeSpan AgeOf(long unixMs) => Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
