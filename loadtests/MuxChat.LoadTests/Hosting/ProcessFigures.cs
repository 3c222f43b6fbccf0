using System.Diagnostics;
using System.Globalization;

namespace MuxChat.LoadTests.Hosting;

/// <summary>What the operating system says of the server's process at one moment: proc(5), or the base library elsewhere.</summary>
internal sealed record ProcessFigures
{
    public double UserSeconds { get; init; }

    public double SystemSeconds { get; init; }

    public long ResidentKb { get; init; }

    public int Threads { get; init; }

    /// <summary>Voluntary and involuntary context switches of all threads that live at this moment; 0 where it cannot be told.</summary>
    public long ContextSwitches { get; init; }

    /// <summary>Open descriptors; 0 where it cannot be told.</summary>
    public int Descriptors { get; init; }

    public double CpuSeconds => UserSeconds + SystemSeconds;

    public static ProcessFigures Read(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return new ProcessFigures
        {
            UserSeconds = process.UserProcessorTime.TotalSeconds,
            SystemSeconds = process.PrivilegedProcessorTime.TotalSeconds,
            ResidentKb = process.WorkingSet64 / 1024,
            Threads = process.Threads.Count,
            ContextSwitches = OperatingSystem.IsLinux() ? ReadSwitches(processId) : 0,
            Descriptors = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length : 0,
        };
    }

    private static long ReadSwitches(int processId)
    {
        long switches = 0;
        foreach (var task in Directory.GetDirectories($"/proc/{processId}/task"))
        {
            switches += ReadTask(Path.Combine(task, "status"));
        }

        return switches;
    }

    private static long ReadTask(string file)
    {
        try
        {
            return File.ReadLines(file)
                .Where(line => line.Contains("ctxt_switches:", StringComparison.Ordinal))
                .Sum(line => long.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The thread ended between the two looks: what it did counts no more.
            return 0;
        }
    }
}
