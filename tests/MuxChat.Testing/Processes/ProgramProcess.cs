using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MuxChat.Testing.Processes;

/// <summary>
/// One program that runs as a process of its own: what it prints, its signals, its end. Killed by its own process id when disposed of.
/// </summary>
public class ProgramProcess : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<ProgramProcess> Running = [];
    private static bool _isEnding;

    private readonly Process _process;

    // A run that is ended, by SIGTERM or by the end of its terminal, disposes of nothing: without this its servers would stay.
    private static readonly PosixSignalRegistration[] Endings =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => KillAll()),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => KillAll()),
    ];

    /// <summary>Starts a process and captures what it prints; does not wait for anything.</summary>
    public ProgramProcess(ProcessStartInfo start)
    {
        CommandLine = string.Join(' ', start.ArgumentList.Prepend(start.FileName));
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, data) => Output.Add(data.Data);
        _process.ErrorDataReceived += (_, data) => Errors.Add(data.Data);
        GC.KeepAlive(Endings);
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _process.Start();
            Running.Add(this);
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>How it was started, for messages.</summary>
    public string CommandLine { get; }

    public LineLog Output { get; } = new("standard output");

    public LineLog Errors { get; } = new("standard error");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Processor time used so far, in clock ticks (a hundredth of a second): proc(5), /proc/pid/stat, utime and stime.</summary>
    public long CpuTicks
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Descriptors open at this moment.</summary>
    public int OpenDescriptors => Directory.GetFileSystemEntries($"/proc/{Id}/fd").Length;

    /// <summary>Resident memory at this moment, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Gives it this on its standard input, and the end of that.</summary>
    public void SendInput(string input)
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>Gives it a line on its standard input, which stays open.</summary>
    public void TypeLine(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>Sends a signal such as TERM.</summary>
    public void Signal(string name) => Run("sh", "-c", $"kill -{name} {Id}");

    /// <summary>SIGKILL: it gets no chance to do anything more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>From now on it may have only so many descriptors open: prlimit(1).</summary>
    public void LimitDescriptors(int limit) => Run("prlimit", $"--pid={Id}", $"--nofile={limit}:");

    /// <summary>From now on its files may be only so long, or of any length: prlimit(1).</summary>
    public void LimitFileSize(long? bytes) => Run("prlimit", $"--pid={Id}", $"--fsize={(bytes is null ? "unlimited" : bytes)}:");

    /// <summary>Waits for the end and returns the exit code; everything printed is captured then.</summary>
    public int WaitForExit(int guardMs = Guard.Ms)
    {
        Assert.True(_process.WaitForExit(guardMs),
            $"Within {guardMs} ms this did not end: {CommandLine}\nIt said:\n{string.Join('\n', [.. Output.Lines, .. Errors.Lines])}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>For the message of a failed test: whether it still runs, what it has open, and what it printed.</summary>
    public string Describe()
    {
        // It may be dying, and what it says then comes with its end.
        var state = _process.WaitForExit(1000)
            ? $"it ended with {WaitForExit()}" : $"it runs, with {OpenDescriptors} descriptors open:\n{string.Join('\n', Descriptors())}";
        return $"{CommandLine}: {state}. It said:\n{string.Join('\n', [.. Output.Lines, .. Errors.Lines])}";
    }

    /// <summary>What each open descriptor is, as proc(5) names it.</summary>
    public IReadOnlyList<string> Descriptors() =>
        [.. Directory.GetFileSystemEntries($"/proc/{Id}/fd").Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).LinkTarget}")];

    public void Dispose()
    {
        lock (Gate)
        {
            Running.Remove(this);
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(Guard.Ms);
        }

        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void KillAll()
    {
        // Tests go on until the process is gone: none of them starts another.
        lock (Gate)
        {
            _isEnding = true;
            foreach (var running in Running)
            {
                running._process.Kill();
            }
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        Assert.True(process.WaitForExit(Guard.Ms), $"Within {Guard.Ms} ms this did not end: {program} {string.Join(' ', arguments)}");
        Assert.Equal(0, process.ExitCode);
    }
}
