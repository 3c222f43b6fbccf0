using System.Diagnostics;
using System.Globalization;
using System.Net;

using MuxChat.Testing.Clients;

namespace MuxChat.Testing.Processes;

/// <summary>One running muxchat: its ports, what it prints, its signals, its end. Killed by its own process id when disposed of.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly string[] AnyFreePorts = ["--listen", "auto://127.0.0.1:0", "--listen", "line://127.0.0.1:0", "--listen", "frame://127.0.0.1:0"];

    private readonly Process _process;
    private readonly List<(string Protocol, IPEndPoint EndPoint)> _listeners = [];

    /// <summary>Starts a process and captures what it prints; does not wait for anything.</summary>
    public ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, data) => Output.Add(data.Data);
        _process.ErrorDataReceived += (_, data) => Errors.Add(data.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public LineLog Output { get; } = new();

    public LineLog Errors { get; } = new();

    public int Id => _process.Id;

    public IReadOnlyList<(string Protocol, IPEndPoint EndPoint)> Listeners => _listeners;

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

    /// <summary>Starts a server and waits until it is ready. Without a --listen it has one listener of each protocol on free ports.</summary>
    public static ServerProcess Start(params string[] arguments) => Serve(Muxchat.StartInfo(WithListeners(arguments)));

    /// <summary>Starts a server that may open only so many descriptors.</summary>
    public static ServerProcess StartWithDescriptors(int descriptors, params string[] arguments) =>
        Serve(Muxchat.StartInfoWithDescriptors(descriptors, WithListeners(arguments)));

    /// <summary>Starts a server as told and waits until it is ready.</summary>
    public static ServerProcess Serve(ProcessStartInfo start)
    {
        var server = new ServerProcess(start);
        try
        {
            server.WaitUntilReady();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public IPEndPoint EndPoint(string protocol) => _listeners.First(listener => listener.Protocol == protocol).EndPoint;

    public LineClient ConnectLines(string protocol = "line") => new(EndPoint(protocol));

    public FrameClient ConnectFrames(string protocol = "frame") => new(EndPoint(protocol));

    /// <summary>Gives it this on its standard input, and the end of that.</summary>
    public void SendInput(string input)
    {
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
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
        Assert.True(_process.WaitForExit(guardMs), "The program did not end. It said:\n" + string.Join('\n', [.. Output.Lines, .. Errors.Lines]));
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>For the message of a failed test: whether it still runs, what it has open, and what it printed.</summary>
    public string Describe()
    {
        // It may be dying, and what it says then comes with its end.
        var state = _process.WaitForExit(1000) ? $"it ended with {WaitForExit()}" : $"it runs, with {OpenDescriptors} descriptors open:\n{string.Join('\n', Descriptors())}";
        return $"The server: {state}. It said:\n{string.Join('\n', [.. Output.Lines, .. Errors.Lines])}";
    }

    /// <summary>What each open descriptor is, as proc(5) names it.</summary>
    public IReadOnlyList<string> Descriptors() =>
        [.. Directory.GetFileSystemEntries($"/proc/{Id}/fd").Select(path => $"{Path.GetFileName(path)} {new FileInfo(path).LinkTarget}")];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(Guard.Ms);
        }

        _process.Dispose();
    }

    private static string[] WithListeners(string[] arguments) =>
        arguments.Contains("--listen") ? ["serve", .. arguments] : ["serve", .. AnyFreePorts, .. arguments];

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        Assert.True(process.WaitForExit(Guard.Ms));
        Assert.Equal(0, process.ExitCode);
    }

    private void WaitUntilReady()
    {
        if (Output.WaitFor(line => line.StartsWith("ready: ", StringComparison.Ordinal)) is null)
        {
            throw new InvalidOperationException("The server did not start:\n" + string.Join('\n', Errors.Lines));
        }

        const string Listening = "listening on ";
        foreach (var line in Output.Lines.Where(line => line.StartsWith(Listening, StringComparison.Ordinal)))
        {
            var uri = line[Listening.Length..].Split("://");
            _listeners.Add((uri[0], IPEndPoint.Parse(uri[1])));
        }
    }
}
