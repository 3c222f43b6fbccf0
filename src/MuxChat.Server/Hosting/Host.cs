using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using MuxChat.Core.Chat.Files;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;

namespace MuxChat.Server.Hosting;

/// <summary>Runs a server in this process: opens the listeners, prints the ready line, serves, and stops on a signal.</summary>
internal static class Host
{
    // SIGXFSZ has this number on Linux, macOS and the BSDs.
    private const int FileSizeSignal = 25;

    /// <exception cref="StartupException">The server could not start.</exception>
    public static int Run(ServerOptions options)
    {
        using var logging = LineFormatter.CreateFactory(options.LogLevel);
        var logger = logging.CreateLogger("MuxChat");
        foreach (var (name, nearest) in options.UnknownVariables)
        {
            logger.VariableIgnored(LoggingObserver.Escape(name), nearest);
        }

        CheckIo(options);
        var terminal = new ControllingTerminal();
        var files = new ServerFiles(options, logger, TimeProvider.System);
        var motd = files.Open();
        Warmup.Run();
        using var listeners = ListenerSet.Open([.. options.Listen, .. options.Admin], logger);
        options = LowerClients(options, logger);
        using var worker = new BackgroundWorker(options, files, logger, TimeProvider.System);
        using var server = ServerFactory.Create(options, listeners, motd, files.Tls, worker, logger);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, server, logger));
        using var fileSize = IgnoreFileSizeSignal();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, server, logger));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => HangUp(context, terminal, server, worker, logger));
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Stop(context, server, logger));

        foreach (var line in listeners.Describe())
        {
            Console.Out.WriteLine(line);
        }

        Console.Out.WriteLine($"ready: {DescribeIo(options.Io)}, at most {options.Loop.Clients} clients, {Format(Descriptors.Limit())} "
            + "descriptors");
        Console.Out.Flush();
        logger.Serving(options.Io, options.Loop.Clients, Encoding.UTF8.GetString(options.Lobby));
        if (!server.Run())
        {
            return StartupException.NotAllStored;
        }

        logger.Stopped();
        return 0;
    }

    // Refuses options that the chosen I/O model does not have.
    private static void CheckIo(ServerOptions options)
    {
        if (options.Io == "epoll" && !Pollers.HasEpoll)
        {
            throw new StartupException(StartupException.CouldNotStart, "--io epoll: this system has no epoll; select works everywhere");
        }

        if (!options.HasEventLoop && LoopOnly(options) is { } option)
        {
            throw new StartupException(StartupException.Usage,
                $"{option}: only the event loop serves it; use --io auto, select or epoll");
        }
    }

    private static string? LoopOnly(ServerOptions options) =>
        options.Listen.FirstOrDefault(static uri => !uri.IsForEveryModel) is { } listen ? $"--listen {listen}{listen.ServiceOption}"
        : options.Admin.Count > 0 ? $"--admin {options.Admin[0]}"
        : options.Proxies.Count > 0 ? "--proxy-from"
        : options.Gateways.Count > 0 ? "--gateway"
        : options.Tls.Count > 0 ? $"--tls-cert {options.Tls[0].Certificate}"
        : options.Commands.Count > 0 ? $"--command {options.Commands[0].Name}"
        : options.Origins.Count > 0 ? $"--origin {options.Origins[0]}"
        : options.PublicUrl.Length > 0 ? $"--public-url {Encoding.ASCII.GetString(options.PublicUrl)}"
        : options.Chat.Files != new FileLimits() ? "an option of shared files"
        : null;

    private static ServerOptions LowerClients(ServerOptions options, ILogger logger)
    {
        var max = Descriptors.LeftForClients() - ServerFactory.DescriptorsForFiles(options);
        if (max <= 0)
        {
            throw new StartupException(
                StartupException.CouldNotStart,
                $"too few descriptors: the server itself needs {Descriptors.Limit() - max} of {Descriptors.Limit()}, which leaves none "
                    + "for clients; raise ulimit -n");
        }

        if (options.Loop.Clients <= max)
        {
            return options;
        }

        logger.ClientsLowered(options.Loop.Clients, Descriptors.Limit(), max);
        return options with { Loop = options.Loop with { Clients = max } };
    }

    private static string DescribeIo(string io) => io switch
    {
        "auto" when Pollers.HasEpoll => $"io auto (select up to {Pollers.EpollAbove} sockets, epoll above)",
        "auto" => "io auto (select: this system has no epoll)",
        _ => $"io {io}",
    };

    private static string Format(int descriptors) => descriptors == int.MaxValue ? "unlimited" : $"{descriptors}";

    // A write beyond the largest permitted file size must fail as on a full disk, and not end the process with SIGXFSZ (setrlimit(2)).
    private static PosixSignalRegistration? IgnoreFileSizeSignal() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)FileSizeSignal, context => context.Cancel = true);

    // A terminal that goes away sends SIGHUP, and its server stops. Any other SIGHUP asks to read the files again, as usual for servers.
    private static void HangUp(
        PosixSignalContext context, ControllingTerminal terminal, RunningServer server, BackgroundWorker worker, ILogger logger)
    {
        if (terminal.HasHungUp)
        {
            Stop(context, server, logger);
            return;
        }

        context.Cancel = true;
        worker.RequestReread();
    }

    // Signals arrive on another thread, which only asks the loop to stop.
    private static void Stop(PosixSignalContext context, RunningServer server, ILogger logger)
    {
        context.Cancel = true;

        // A closing terminal sends SIGHUP more than once, and systemd sends it right after SIGTERM. A
        // repeated SIGHUP is therefore no request to stop at once.
        if (!server.RequestStop() && context.Signal != PosixSignal.SIGHUP)
        {
            logger.StoppingAtOnce();
            Environment.Exit(StartupException.CouldNotStart);
        }
    }
}
