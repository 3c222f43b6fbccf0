using System.Diagnostics;
using System.Net;

namespace MuxChat.LoadTests.Hosting;

/// <summary>A server as a process of its own, on a free port, bound to a processor of its own where there are two.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private const string Variable = "MUXCHAT_SERVER";
    private const string Line = "line";
    private const string Listening = "listening on ";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private MeasuredServer(Process process, IPEndPoint lines, IPEndPoint endPoint)
    {
        _process = process;
        Lines = lines;
        EndPoint = endPoint;
    }

    /// <summary>The listener for lines, which every measured server has.</summary>
    public IPEndPoint Lines { get; }

    /// <summary>The listener for the simulated clients.</summary>
    public IPEndPoint EndPoint { get; }

    public int ProcessId => _process.Id;

    /// <summary>
    /// Starts the server that lies beside this program, or the one that <c>MUXCHAT_SERVER</c> names: a native executable, or a
    /// <c>muxchat.dll</c>.
    /// </summary>
    /// <exception cref="LoadException">It did not start.</exception>
    public static MeasuredServer Start(string io, string scheme)
    {
        var program = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "muxchat.dll");
        if (!File.Exists(program))
        {
            throw new LoadException(
                $"there is no server at {program}: {Variable} takes the path of a native executable or of a muxchat.dll");
        }

        string[] more = scheme == Line ? [] : ["--listen", $"{scheme}://127.0.0.1:0"];
        string[] words = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];
        var start = new ProcessStartInfo(
            words[0],
            [.. words[1..], "serve", "--listen", "line://127.0.0.1:0", "--io", io, "--flood", "off", "--max-clients", "100000", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Variable);
        var isBound = Affinity.CanSeparate && Affinity.TryBind(Affinity.Server);
        var process = Process.Start(start) ?? throw new LoadException("the server could not be started");
        if (isBound)
        {
            Affinity.TryBind(Affinity.Load);
        }

        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var endPoints = new Dictionary<string, IPEndPoint>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                var uri = line[Listening.Length..].Split("://");
                endPoints[uri[0]] = IPEndPoint.Parse(uri[1]);
            }
            else if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                return new MeasuredServer(process, endPoints[Line], endPoints[scheme]);
            }
        }

        process.Dispose();
        throw new LoadException("the server ended before it was ready");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(StopLimit);
        }

        _process.Dispose();
    }
}
