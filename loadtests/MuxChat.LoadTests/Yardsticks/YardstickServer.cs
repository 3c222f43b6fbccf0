using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Hosting;
using MuxChat.LoadTests.Wires;

namespace MuxChat.LoadTests.Yardsticks;

/// <summary>
/// A yardstick that runs: a process of its own on a free port, on the processor of the server. It ends with this object, and its files go.
/// </summary>
internal sealed class YardstickServer : IDisposable
{
    private const int MaxAttempts = 5;

    /// <summary>The pause between two attempts to connect; it ends early when the process ends.</summary>
    private const int PauseMs = 10;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ServerProcess _server;
    private readonly Lock _gate = new();
    private string? _lastOutput;
    private string? _lastError;
    private bool _isPortTaken;

    private YardstickServer(Yardstick yardstick, string program, DirectoryInfo folder, int port, IReadOnlyList<string> words)
    {
        EndPoint = new IPEndPoint(IPAddress.Loopback, port);
        Transport = yardstick.Transport;
        Version = yardstick.VersionOf(program);
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        _server = ServerProcess.Start(start, folder);
        Process.OutputDataReceived += (_, line) => Note(line.Data, ref _lastOutput);
        Process.ErrorDataReceived += (_, line) => Note(line.Data, ref _lastError);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What they speak.</summary>
    public Transport Transport { get; }

    public int ProcessId => Process.Id;

    /// <summary>The program and its version, for the report.</summary>
    public string Version { get; }

    /// <summary>Starts a yardstick and waits until it answers a client.</summary>
    /// <remarks>When another program takes the port first, the next attempt has another port.</remarks>
    /// <exception cref="LoadException">It is not installed, or did not start.</exception>
    public static YardstickServer Start(Yardstick yardstick) => Start(yardstick, FreePort);

    /// <summary>The same with a choice of ports.</summary>
    public static YardstickServer Start(Yardstick yardstick, Func<int> choosePort)
    {
        var program = yardstick.FindProgram(Yardstick.Folders);
        for (var attempt = 1; ; attempt++)
        {
            var server = Launch(yardstick, program, choosePort());
            try
            {
                if (server.IsReady())
                {
                    return server;
                }

                if (attempt == MaxAttempts || !server.IsPortTaken)
                {
                    var what = server.Process.HasExited ? "did not start" : $"did not answer within {StartLimit.TotalSeconds:0} s";
                    throw new LoadException($"--with {yardstick.Name}: {program} {what}: {server.LastLine}");
                }
            }
            catch
            {
                server.Dispose();
                throw;
            }

            server.Dispose();
        }
    }

    /// <summary>A port of 127.0.0.1 that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _server.Dispose();

    private Process Process => _server.Process;

    // Errors say more than other output.
    private string LastLine
    {
        get
        {
            lock (_gate)
            {
                return _lastError ?? _lastOutput ?? "it printed nothing";
            }
        }
    }

    private bool IsPortTaken
    {
        get
        {
            lock (_gate)
            {
                return _isPortTaken;
            }
        }
    }

    private static YardstickServer Launch(Yardstick yardstick, string program, int port)
    {
        var folder = Directory.CreateTempSubdirectory("muxchat-yardstick-");
        try
        {
            var words = yardstick.Command(new YardstickPlace(program, folder.FullName, port));
            return new YardstickServer(yardstick, program, folder, port, words);
        }
        catch
        {
            // A server that could not be started has taken its folder with it.
            folder.Refresh();
            if (folder.Exists)
            {
                folder.Delete(recursive: true);
            }

            throw;
        }
    }

    // InspIRCd runs on without its port.
    private bool IsReady()
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < StartLimit && !IsPortTaken)
        {
            if (Answers(StartLimit - Stopwatch.GetElapsedTime(since)) && !IsPortTaken && !Process.HasExited)
            {
                return true;
            }

            if (Process.WaitForExit(PauseMs))
            {
                // With all that it printed.
                Process.WaitForExit();
                return false;
            }
        }

        return false;
    }

    private bool Answers(TimeSpan limit)
    {
        using var swarm = new Swarm(EndPoint, LineBody.MinBytes, Transport);
        try
        {
            var client = swarm.Connect("/nick ready\n");
            swarm.PumpUntil(() => client.IsReady || client.IsClosed || IsPortTaken || Process.HasExited, limit);
            return client.IsReady;
        }
        catch (LoadException)
        {
            // Nothing listens there yet.
            return false;
        }
    }

    private void Note(string? line, ref string? last)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_gate)
        {
            last = line.Trim();
            _isPortTaken |= line.Contains("address already in use", StringComparison.OrdinalIgnoreCase);
        }
    }
}
