using MuxChat.Core.Chat.Files;

namespace MuxChat.Simulation.Files;

/// <summary>A run in which clients share files: how long these are, what the server lets them do, and what the disk does.</summary>
internal sealed record FilePlan
{
    /// <summary>The longest file that a client shares, in bytes. Some are one byte longer than the server takes.</summary>
    public required int MaxBytes { get; init; }

    public required FileLimits Limits { get; init; }

    /// <summary>How often an action of a client is about files.</summary>
    public required double Share { get; init; }

    /// <summary>How often the disk is full, or fails, for one call.</summary>
    public double Full { get; init; }

    public double Failed { get; init; }

    /// <summary>How often the store's disk hangs when it is given work, and for how long at the most, in microseconds.</summary>
    public double Hang { get; init; }

    public int MaxHangUs { get; init; }

    /// <summary>Draws the plan of one run of four; null for the others.</summary>
    public static FilePlan? Draw(SeededRandom random)
    {
        if (!random.Chance(0.25))
        {
            return null;
        }

        var bytes = random.Pick(40, 300, 1_500);
        return new FilePlan
        {
            MaxBytes = bytes,
            Share = random.Pick(0.2, 0.5),
            Full = random.Pick(0, 0, 0, 0.05),
            Failed = random.Pick(0, 0, 0, 0.02),
            Hang = random.Pick(0, 0.1, 0.5),
            MaxHangUs = random.Pick(1_000, 100_000, 2_000_000),
            Limits = new FileLimits
            {
                FileBytes = bytes,

                // One address has a quarter of it for its uploads.
                TotalBytes = bytes * random.Pick(1, 8, 24, 200),
                Files = random.Pick(2, 4, 1_000),
                Uploads = random.Pick(2, 32, 32),
                UploadsPerClient = random.Pick(1, 4, 4),
                StalledMs = random.Pick(10, 1_000),
                ResumeMs = random.Pick(1_000, 600_000),
                Downloads = random.Pick(1, 256),
            },
        };
    }
}
