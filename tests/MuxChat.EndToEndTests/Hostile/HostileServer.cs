using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>
/// The server that the table is played against, one after the other: its log says how every connection ended. It has a listener of each
/// kind that its I/O model and this machine can have.
/// </summary>
public sealed class HostileServer : IDisposable
{
    private static readonly string[] OfEveryModel = ["auto://127.0.0.1:0", "line://127.0.0.1:0", "frame://127.0.0.1:0"];

    private static readonly string[] OfTheLoop =
    [
        "frame+tcp://127.0.0.1:0?header=le32", "utf://127.0.0.1:0", "echo://127.0.0.1:0", "upper://127.0.0.1:0",
        "echo+utf://127.0.0.1:0", "upper+utf://127.0.0.1:0", "upload://127.0.0.1:0?room=files",
        "exec://127.0.0.1:0", "echo+udp://127.0.0.1:0", "upper+udp://127.0.0.1:0", "notify+udp://127.0.0.1:0?room=alerts&key=s3cret",
    ];

    private static readonly string[] Commands =
    [
        "--command-for", "members", "--command-s", "1000", "--command", "echo=/bin/echo {[^-].*}*", "--command", "number=/bin/echo {\\d+}",
        "--command", "print=/usr/bin/printf {[^-].*}", "--command", "sleep=/bin/sleep 1000",
        "--command", "zeros=/usr/bin/head -c 500000 /dev/zero",
    ];

    private static readonly string[] LocalProtocols = ["line", "irc", "frame", "auto"];

    private readonly DataFolder _sockets = new();
    private readonly Lazy<ServerProcess> _process;

    /// <summary>On the loop.</summary>
    public HostileServer()
        : this(IoModels.Default)
    {
    }

    internal HostileServer(string io)
    {
        IsLoop = io is not ("threads" or "async");
        _process = new(() => Start(io));
    }

    private bool IsLoop { get; }

    public ServerProcess Process => _process.Value;

    public PingTimes PingTimes { get; } = new();

    /// <summary>Whether the server has the listener of a case.</summary>
    public bool Has(HostileCase hostile) => Process.HasListener(hostile.Listener) && (IsLoop || !hostile.IsForLoop);

    /// <summary>
    /// Whether it may be played while others are. Newcomers over Unix sockets have one name, by which they are told apart elsewhere.
    /// </summary>
    public bool CanPlayBesideOthers(HostileCase hostile) => Has(hostile) && (hostile.IsResident || !hostile.IsLocal);

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
            Figures.Note($"one case after the other: {PingTimes}");
        }

        _sockets.Dispose();
    }

    private ServerProcess Start(string io)
    {
        string[] uris =
        [
            .. OfEveryModel,
            .. IsLoop ? OfTheLoop : [],
            .. IsLoop && OperatingSystem.IsLinux()
                ? LocalProtocols.Select(protocol => $"{protocol}+unix://{_sockets.Path}/{protocol}") : [],
            .. IsLoop && Machine.HasIPv6 ? (string[])["auto+tcp6://[::1]:0"] : [],
        ];
        return ServerProcess.Start(["--io", io, "--flood", "off", "--datagram-rate", "1000000", "--log-level", "debug",
            .. IsLoop ? Commands : [],
            .. uris.SelectMany(uri => (string[])["--listen", uri])]);
    }
}
