using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

using MuxChat.Testing.Clients;

namespace MuxChat.Testing.Processes;

/// <summary>One running muxchat that is ready: its ports, and clients for them.</summary>
public sealed class ServerProcess : ProgramProcess
{
    private const string Admin = "admin on http://";

    private static readonly string[] AnyFreePorts = ["--listen", "auto://127.0.0.1:0", "--listen", "line://127.0.0.1:0", "--listen",
        "frame://127.0.0.1:0"];

    private readonly List<(string Protocol, EndPoint Address)> _listeners = [];

    private ServerProcess(ProcessStartInfo start)
        : base(start)
    {
    }

    /// <summary>The listeners over TCP and UDP.</summary>
    public IReadOnlyList<(string Protocol, IPEndPoint EndPoint)> Listeners =>
        [.. _listeners.Where(one => one.Address is IPEndPoint).Select(one => (one.Protocol, (IPEndPoint)one.Address))];

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

    /// <summary>The address of a listener over TCP or UDP, by its scheme.</summary>
    public IPEndPoint EndPoint(string protocol) => (IPEndPoint)Address(protocol);

    /// <summary>The address of any listener, by its scheme: of a Unix socket its path.</summary>
    public EndPoint Address(string protocol) => _listeners.First(listener => listener.Protocol == protocol).Address;

    /// <summary>The address of the first listener for admins, which must be there.</summary>
    public IPEndPoint AdminEndPoint => IPEndPoint.Parse(
        Output.Lines.First(static line => line.StartsWith(Admin, StringComparison.Ordinal))[Admin.Length..].Split('/')[0]);

    public bool HasListener(string protocol) => _listeners.Exists(listener => listener.Protocol == protocol);

    public LineClient ConnectLines(string protocol = "line") => WithTls(new LineClient(Address(protocol)), protocol);

    /// <summary>
    /// A client of an auto listener that is greeted after half a second of silence. It has an address from which no test speaks HTTP: the
    /// server would take it for a browser, and wait longer.
    /// </summary>
    public LineClient ConnectSilent() => new(Address("auto"), from: OperatingSystem.IsLinux() ? IPAddress.Parse("127.0.0.2") : null);

    /// <summary>
    /// Waits for about a second of the server's clock: two clients that say nothing are greeted after half a second each.
    /// </summary>
    /// <param name="meanwhile">What others do again and again until then.</param>
    public void LetASecondPass(Action? meanwhile = null)
    {
        for (var i = 0; i < 2; i++)
        {
            using var silent = ConnectSilent();
            silent.WhileWaiting = meanwhile;
            silent.ReadLine();
        }
    }

    public FrameClient ConnectFrames(string protocol = "frame") => WithTls(new FrameClient(Address(protocol)), protocol);

    public IrcClient ConnectIrc(string protocol = "irc") => WithTls(new IrcClient(Address(protocol)), protocol);

    private static T WithTls<T>(T client, string protocol)
        where T : WireClient
    {
        if (protocol.EndsWith("+tls", StringComparison.Ordinal) || protocol == "ircs")
        {
            client.StartTls();
        }

        return client;
    }

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
            _listeners.Add((uri[0], uri[1].StartsWith('/') ? new UnixDomainSocketEndPoint(uri[1]) : IPEndPoint.Parse(uri[1])));
        }
    }
}
