using System.Diagnostics;
using System.Net;

using MuxChat.Testing.Clients;

namespace MuxChat.Testing.Processes;

/// <summary>One running muxchat that is ready: its ports, and clients for them.</summary>
public sealed class ServerProcess : ProgramProcess
{
    private static readonly string[] AnyFreePorts = ["--listen", "auto://127.0.0.1:0", "--listen", "line://127.0.0.1:0", "--listen",
        "frame://127.0.0.1:0"];

    private readonly List<(string Protocol, IPEndPoint EndPoint)> _listeners = [];

    private ServerProcess(ProcessStartInfo start)
        : base(start)
    {
    }

    public IReadOnlyList<(string Protocol, IPEndPoint EndPoint)> Listeners => _listeners;

    /// <summary>
    /// Starts a server and waits until it is ready. Without a --listen it has one listener of each protocol on free ports.
    /// </summary>
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

    private static string[] WithListeners(string[] arguments) =>
        arguments.Contains("--listen") ? ["serve", .. arguments] : ["serve", .. AnyFreePorts, .. arguments];

    private void WaitUntilReady()
    {
        if (Output.WaitFor(line => line.StartsWith("ready: ", StringComparison.Ordinal)) is null)
        {
            throw new InvalidOperationException($"This did not start: {CommandLine}\n{string.Join('\n', Errors.Lines)}");
        }

        const string Listening = "listening on ";
        foreach (var line in Output.Lines.Where(line => line.StartsWith(Listening, StringComparison.Ordinal)))
        {
            var uri = line[Listening.Length..].Split("://");
            _listeners.Add((uri[0], IPEndPoint.Parse(uri[1])));
        }
    }
}
