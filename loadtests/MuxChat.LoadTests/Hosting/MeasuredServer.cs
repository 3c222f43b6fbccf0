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

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private readonly DirectoryInfo? _certificate;

    private MeasuredServer(Process process, int processors, DirectoryInfo? certificate, IPEndPoint lines, IPEndPoint endPoint)
    {
        Processors = processors;
        _process = process;
        _certificate = certificate;
        Lines = lines;
        EndPoint = endPoint;
    }

    /// <summary>The listener for lines, which every measured server has.</summary>
    public IPEndPoint Lines { get; }

    /// <summary>The listener for the simulated clients.</summary>
    public IPEndPoint EndPoint { get; }

    public int ProcessId => _process.Id;

    /// <summary>How many processors it may use.</summary>
    public int Processors { get; }

    /// <summary>
    /// Starts the server that lies beside this program, or the one that <c>MUXCHAT_SERVER</c> names: a native executable, or a
    /// <c>muxchat.dll</c>.
    /// </summary>
    /// <exception cref="LoadException">It did not start.</exception>
    public static MeasuredServer Start(string io, Transport transport, bool isOnAll = false, string? program = null)
    {
        var certificate = transport.NeedsCertificate ? CreateCertificate() : null;
        string[] more =
        [
            .. transport == Transport.Tcp ? [] : (string[])["--listen", $"{transport.Scheme}://127.0.0.1:0"],
            .. certificate is null ? [] : (string[])["--tls-cert", In(certificate, CertificateFile), "--tls-key", In(certificate, KeyFile)],
        ];
        var start = StartOf(
            ["serve", "--listen", "line://127.0.0.1:0", "--io", io, "--flood", "off", "--max-clients", "100000", .. more],
            program);
        var process = Affinity.StartServer(start, isOnAll);
        var processors = Affinity.IsBound && !isOnAll ? 1 : Environment.ProcessorCount;
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
                return new MeasuredServer(process, processors, certificate, endPoints[Line], endPoints[transport.Scheme]);
            }
        }

        process.Dispose();
        certificate?.Delete(recursive: true);
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
        _certificate?.Delete(recursive: true);
    }

    /// <summary>The server's version with the commit, and whether it is native or compiled while it runs.</summary>
    /// <exception cref="LoadException">There is no such server.</exception>
    /// <param name="program">The server; the usual one if it is not given.</param>
    public static string Describe(string? program = null)
    {
        var start = StartOf(["--version"], program);
        using var process = Process.Start(start) ?? throw new LoadException("the server could not be started");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var version = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return $"{version}, {(start.FileName == Host ? "compiled while it runs (JIT)" : "a native executable")}";
    }

    private static ProcessStartInfo StartOf(string[] arguments, string? given)
    {
        var program = given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "muxchat.dll"));
        if (!File.Exists(program))
        {
            throw new LoadException(
                $"there is no server at {program}: {(given is null ? Variable : "--versus")} takes the path of a native executable "
                    + "or of a muxchat.dll");
        }

        string[] words = program.EndsWith(".dll", StringComparison.Ordinal) ? [Host, program] : [program];
        var start = new ProcessStartInfo(words[0], [.. words[1..], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Variable);
        return start;
    }

    private static DirectoryInfo CreateCertificate()
    {
        var folder = Directory.CreateTempSubdirectory("muxchat-load-");
        var now = DateTimeOffset.UtcNow;
        var (certificate, key) = SelfSignedCertificate.Create(["localhost"], now.AddDays(-1), now.AddDays(CertificateDays));
        File.WriteAllText(In(folder, CertificateFile), certificate);
        File.WriteAllText(In(folder, KeyFile), key);
        return folder;
    }

    private static string In(DirectoryInfo folder, string file) => Path.Combine(folder.FullName, file);
}
