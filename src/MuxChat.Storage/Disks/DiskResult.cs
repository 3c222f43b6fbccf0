namespace MuxChat.Storage.Disks;

/// <summary>How a call to the disk went, and what the system said when it did not work.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Message">What the system said, for people; empty when it worked.</param>
public readonly record struct DiskResult(DiskStatus Status, string Message)
{
    /// <summary>It was done.</summary>
    public static readonly DiskResult Done = new(DiskStatus.Ok, "");

    /// <summary>There is no such file.</summary>
    public static readonly DiskResult Missing = new(DiskStatus.Missing, "there is no such file");

    /// <summary>Whether it was done.</summary>
    public bool IsOk => Status == DiskStatus.Ok;

    /// <summary>It failed.</summary>
    public static DiskResult Failed(string message) => new(DiskStatus.Failed, message);
}
