using MuxChat.Storage.Disks;


namespace MuxChat.Testing.Disks;

/// <summary>What goes wrong on a <see cref="MemoryDisk"/>, and when.</summary>
public sealed class DiskFaults
{
    /// <summary>All files together may have this many bytes; then the disk is full.</summary>
    public long RoomBytes { get; set; } = long.MaxValue;

    /// <summary>One write takes this many bytes at the most.</summary>
    public int WriteBytes { get; set; } = int.MaxValue;

    /// <summary>So many more changes (writes, syncs, names) work, and at the next the power goes.</summary>
    public long ChangesUntilPowerLoss { get; set; } = long.MaxValue;

    /// <summary>Says, for a call ("write 00000001.journal"), how it fails; null when it works. Asked before anything is done. A sync
    /// that fails loses what it should have written, though programs still see it.</summary>
    public Func<string, DiskResult?>? Failing { get; set; }

    /// <summary>Makes calls that begin like this fail.</summary>
    public void Fail(string call, DiskStatus status = DiskStatus.Failed) =>
        Failing = made => made.StartsWith(call, StringComparison.Ordinal) ? new(status, "a fault") : null;
}
