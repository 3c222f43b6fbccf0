using System.Diagnostics;
using System.Globalization;
using MuxChat.Testing.Processes;

namespace MuxChat.Simulation.Crash;

/// <summary>A running muxchat with a journal, and its end by SIGKILL.</summary>
internal sealed class KilledServer : IDisposable
{
    private readonly Process _process;

    private KilledServer(Process process)
    {
        _process = process;

        // When this program is stopped itself, it leaves nothing running.
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The port for frames.</summary>
    public int Port { get; private set; }

    /// <summary>From the start of the process to its "ready".</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended before it was ready; the message is what it said.</exception>
    public static KilledServer Start(CampaignSettings settings)
    {
        var clock = Stopwatch.StartNew();
        var process = Launch(["serve", "--listen", "frame://127.0.0.1:0", "--io", settings.Io, .. Journal(settings), "--flood", "off",
            "--log-level", "warning"]);
        var server = new KilledServer(process);
        const string Listening = "listening on frame://127.0.0.1:";
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                server.Port = int.Parse(line.AsSpan(Listening.Length), CultureInfo.InvariantCulture);
            }

            if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                server.ReadyAfter = clock.Elapsed;
                return server;
            }
        }

        process.WaitForExit();
        throw new InvalidOperationException($"The server ended with {process.ExitCode} before it was ready.");
    }

    /// <summary>Every line that was said and is in the journal, as the program itself dumps it.</summary>
    public static IEnumerable<string> Dump(string data)
    {
        using var process = Launch(["journal", "dump", data]);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            yield return line;
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"muxchat journal dump ended with {process.ExitCode}.");
        }
    }

    /// <summary>SIGKILL: it gets no chance to do anything more.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();

    private static string[] Journal(CampaignSettings settings) =>
        ["--data", settings.Data, "--durability", settings.Durability, "--retain-mb", "0"];

    private static Process Launch(IEnumerable<string> arguments)
    {
        var start = Muxchat.StartInfo(arguments);
        start.RedirectStandardError = false;
        return Process.Start(start)!;
    }
}
