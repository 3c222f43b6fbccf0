using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MuxChat.LoadTests.Hosting;

/// <summary>
/// A server's process, with the folder of its files. Both end with this object. They also end when a signal ends this program, such as
/// Ctrl-C: signal(7).
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private static readonly Lock Gate = new();

    private static readonly HashSet<ServerProcess> Running = [];

    private static PosixSignalRegistration[]? _signals;

    private readonly DirectoryInfo _folder;

    private ServerProcess(Process process, DirectoryInfo folder)
    {
        Process = process;
        _folder = folder;
    }

    public Process Process { get; }

    /// <summary>Starts a server on its processor: <see cref="Affinity.StartServer"/>.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="folder">The folder of its files. It is deleted when the server ends, and when the start fails.</param>
    /// <param name="isOnAll">Whether the server may use all processors.</param>
    /// <exception cref="LoadException">It could not be started.</exception>
    public static ServerProcess Start(ProcessStartInfo start, DirectoryInfo folder, bool isOnAll = false)
    {
        lock (Gate)
        {
            _signals ??= [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
                .Select(static signal => PosixSignalRegistration.Create(signal, static _ => EndAll()))];
            try
            {
                var server = new ServerProcess(Affinity.StartServer(start, isOnAll), folder);
                Running.Add(server);
                return server;
            }
            catch
            {
                folder.Delete(recursive: true);
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (Running.Remove(this))
            {
                End();
                Process.Dispose();
            }
        }
    }

    private static void EndAll()
    {
        lock (Gate)
        {
            foreach (var server in Running)
            {
                server.End();
            }

            Running.Clear();
        }
    }

    private void End()
    {
        // A server may be a script that starts another program. Without a limit, this would wait for whoever else has its output open.
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }

        Process.WaitForExit(EndLimit);
        _folder.Delete(recursive: true);
    }
}
