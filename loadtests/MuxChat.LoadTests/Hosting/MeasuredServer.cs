using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using MuxChat.LoadTests.Wires;
using MuxChat.Sockets.Tls;

namespace MuxChat.LoadTests.Hosting;

/// <summary>A server as a process of its own, on a free port, bound to a processor of its own where there are two.</summary>
internal sealed class MeasuredServer : IDisposable
{
    /// <summary>The environment variable that names another build of the server.</summary>
    public const string Variable = "MUXCHAT_SERVER";

    private const string Line = "line";
    private const string CertificateFile = "cert.pem";
    private const string KeyFile = "key.pem";

    /// <summary>Far longer than any run.</summary>
    private const int CertificateDays = 365;
    private const string Host = "dotnet";
    private const string Listening = "listening on ";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ServerProcess _process;

    private MeasuredServer(ServerProcess process, int processors, IPEndPoint lines, IPEndPoint endPoint)
    {
        Processors = processors;
        _process = process;
        Lines = lines;
        EndPoint = endPoint;
    }

    /// <summary>The listener for lines, which every measured server has.</summary>
    public IPEndPoint Lines { get; }

    /// <summary>The listener for the simulated clients.</summary>
    public IPEndPoint EndPoint { get; }

    public int ProcessId => _process.Process.Id;

    /// <summary>How many processors it may use.</summary>
    public int Processors { get; }

    /// <summary>
    /// Starts the server that lies beside this program, or the one that <c>MUXCHAT_SERVER</c> names: a native executable, or a
    /// <c>muxchat.dll</c>.
    /// </summary>
    /// <exception cref="LoadException">It did not start.</exception>
    public static MeasuredServer Start(string io, Transport transport, bool isOnAll = false, string? program = null)
    {
        program = FindProgram(program);
        var folder = Directory.CreateTempSubdirectory("muxchat-load-");
        string[] tls = transport.NeedsCertificate ? CreateCertificate(folder) : [];
        string[] listener = transport == Transport.Tcp ? [] : ["--listen", $"{transport.Scheme}://127.0.0.1:0"];
        var start = StartOf(["serve", "--listen", "line://127.0.0.1:0", "--io", io, "--flood", "off", "--max-clients", "100000",
            .. listener, .. tls], program);

        // The runtime's own files for debuggers stay when a process is killed, unless they are here.
        start.Environment["TMPDIR"] = folder.FullName;
        var process = ServerProcess.Start(start, folder, isOnAll);
        try
        {
            var endPoints = ReadEndPoints(process.Process, program);
            return endPoints.TryGetValue(Line, out var lines) && endPoints.TryGetValue(transport.Scheme, out var endPoint)
                ? new MeasuredServer(process, Affinity.IsBound && !isOnAll ? 1 : Environment.ProcessorCount, lines, endPoint)
                : throw new LoadException($"{program} does not say where it listens: it is no MuxChat server");
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    public void Dispose() => _process.Dispose();

    /// <summary>The server's version with the commit, and whether it is native or compiled while it runs.</summary>
    /// <param name="program">The server; the usual one if it is not given. A given one is named.</param>
    /// <exception cref="LoadException">There is no such server, or it is no MuxChat server.</exception>
    public static string Describe(string? program = null)
    {
        var file = FindProgram(program);
        var start = StartOf(["--version"], file);
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new LoadException($"{file} could not be started");
        }
        catch (Win32Exception error)
        {
            throw new LoadException($"{file} cannot be started: {error.Message}");
        }

        using (process)
        {
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var reading = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(StartLimit) || reading.GetAwaiter().GetResult().Trim() is not { Length: > 0 } version
                || !char.IsAsciiDigit(version[0]))
            {
                process.Kill();
                throw new LoadException($"{file} --version says no version: it is no MuxChat server");
            }

            return $"{version}, {(start.FileName == Host ? "compiled while it runs (JIT)" : "a native executable")}"
                + (program is null ? "" : $", {program}");
        }
    }

    // The addresses of the listeners, by their schemes. The server says them, and then that it is ready.
    private static Dictionary<string, IPEndPoint> ReadEndPoints(Process process, string program)
    {
        var lastError = "it printed nothing";
        process.ErrorDataReceived += (_, line) => lastError = string.IsNullOrWhiteSpace(line.Data) ? lastError : line.Data.Trim();
        process.BeginErrorReadLine();
        var endPoints = new Dictionary<string, IPEndPoint>();
        using var limit = new CancellationTokenSource(StartLimit);
        try
        {
            while (process.StandardOutput.ReadLineAsync(limit.Token).AsTask().WaitAsync(limit.Token).GetAwaiter().GetResult() is { } line)
            {
                if (line.StartsWith(Listening, StringComparison.Ordinal)
                    && line[Listening.Length..].Split("://") is [var scheme, var address]
                    && IPEndPoint.TryParse(address, out var endPoint))
                {
                    endPoints[scheme] = endPoint;
                }
                else if (line.StartsWith("ready: ", StringComparison.Ordinal))
                {
                    return endPoints;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new LoadException($"{program} was not ready within {StartLimit.TotalSeconds:0} s: {lastError}");
        }

        process.WaitForExit(StartLimit);
        throw new LoadException($"{program} ended before it was ready: {lastError}");
    }

    private static string FindProgram(string? given)
    {
        var program = given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "muxchat.dll"));
        return File.Exists(program) ? program : throw new LoadException(
            $"there is no server at {program}: {(given is null ? Variable : "--versus")} takes the path of a native executable "
                + "or of a muxchat.dll");
    }

    private static ProcessStartInfo StartOf(string[] arguments, string program)
    {
        string[] words = program.EndsWith(".dll", StringComparison.Ordinal) ? [Host, program] : [program];
        var start = new ProcessStartInfo(words[0], [.. words[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Variable);
        return start;
    }

    private static string[] CreateCertificate(DirectoryInfo folder)
    {
        var now = DateTimeOffset.UtcNow;
        var (certificate, key) = SelfSignedCertificate.Create(["localhost"], now.AddDays(-1), now.AddDays(CertificateDays));
        File.WriteAllText(In(folder, CertificateFile), certificate);
        File.WriteAllText(In(folder, KeyFile), key);
        return ["--tls-cert", In(folder, CertificateFile), "--tls-key", In(folder, KeyFile)];
    }

    private static string In(DirectoryInfo folder, string file) => Path.Combine(folder.FullName, file);
}
