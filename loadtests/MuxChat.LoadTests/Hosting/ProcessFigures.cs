using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>What the operating system says of the server's process at one moment: proc(5), or the base library elsewhere.</summary>
internal sealed partial record ProcessFigures
{
    private const int BytesPerKb = 1024;

    public double UserSeconds { get; init; }

    public double SystemSeconds { get; init; }

    /// <summary>
    /// Processor time, user and system. On Linux it is exact (clock_getcpuclockid(3)); its two parts come in steps of 10 ms.
    /// </summary>
    public double CpuSeconds { get; init; }

    public long ResidentKb { get; init; }

    public int Threads { get; init; }

    /// <summary>Voluntary and involuntary context switches of all threads that live at this moment; 0 where it cannot be told.</summary>
    public long ContextSwitches { get; init; }

    /// <summary>Open descriptors; 0 where it cannot be told.</summary>
    public int Descriptors { get; init; }

    /// <summary>
    /// All of it. Where there are thousands of threads it takes tens of milliseconds: call it only while nothing is measured.
    /// </summary>
    public static ProcessFigures Read(int processId) => !OperatingSystem.IsLinux() ? ReadQuickly(processId) : ReadQuickly(processId) with
    {
        ContextSwitches = ReadSwitches(processId),
        Descriptors = Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length,
    };

    /// <summary>Times, memory and the number of threads, in microseconds whatever their number. The rest is 0.</summary>
    public static ProcessFigures ReadQuickly(int processId)
    {
        if (OperatingSystem.IsLinux())
        {
            return Parse(File.ReadAllText($"/proc/{processId}/stat")) with { CpuSeconds = ReadCpuSeconds(processId) };
        }

        using var process = Process.GetProcessById(processId);
        return new ProcessFigures
        {
            UserSeconds = process.UserProcessorTime.TotalSeconds,
            SystemSeconds = process.PrivilegedProcessorTime.TotalSeconds,
            CpuSeconds = process.TotalProcessorTime.TotalSeconds,
            ResidentKb = process.WorkingSet64 / BytesPerKb,
            Threads = process.Threads.Count,
        };
    }

    // The name of the process is in parentheses and may hold anything. So the fields are counted from the last of these: the state is the
    // third.
    private static ProcessFigures Parse(string stat)
    {
        const int State = 3;
        const int User = 14;
        const int System = 15;
        const int ThreadCount = 20;
        const int ResidentPages = 24;
        const double TicksPerSecond = 100;
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - State], CultureInfo.InvariantCulture);
        return new ProcessFigures
        {
            UserSeconds = Field(User) / TicksPerSecond,
            SystemSeconds = Field(System) / TicksPerSecond,
            ResidentKb = Field(ResidentPages) * Environment.SystemPageSize / BytesPerKb,
            Threads = (int)Field(ThreadCount),
        };
    }

    private static double ReadCpuSeconds(int processId)
    {
        const double NanosecondsPerSecond = 1e9;
        if (ClockOf(processId, out var clock) != 0 || ReadClock(clock, out var time) != 0)
        {
            throw new IOException($"the processor time of process {processId} cannot be read");
        }

        return time.Seconds + (time.Nanoseconds / NanosecondsPerSecond);
    }

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static partial int ClockOf(int processId, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec time);

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

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
