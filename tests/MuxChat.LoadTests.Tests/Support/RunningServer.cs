using System.Diagnostics;
using System.Net;

namespace MuxChat.LoadTests.Tests.Support;

/// <summary>A MuxChat server as a process of its own, on a free port of the loopback.</summary>
internal sealed class RunningServer : IDisposable
{
    private const string Listening = "listening on line://";

    private readonly Process _process;

    private RunningServer(Process process, IPEndPoint endPoint)
    {
        _process = process;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    public static async Task<RunningServer> Start()
    {
        var process = Programs.Start("muxchat.dll", "serve", "--listen", "line://127.0.0.1:0", "--flood", "off");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        IPEndPoint? endPoint = null;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                endPoint = IPEndPoint.Parse(line[Listening.Length..]);
            }
            else if (line.StartsWith("ready: ", StringComparison.Ordinal))
            {
                return new RunningServer(process, endPoint!);
            }
        }

        throw new InvalidOperationException("the server ended before it was ready");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
