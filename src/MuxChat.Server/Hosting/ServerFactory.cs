using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MuxChat.Comparison.Async;
using MuxChat.Comparison.Threaded;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Files;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;
using MuxChat.Server.Running;
using MuxChat.Sockets.Channels;
using MuxChat.Sockets.Listening;
using MuxChat.Sockets.Polling;
using MuxChat.Sockets.Tls;
using MuxChat.Storage;
using MuxChat.Storage.Files;

namespace MuxChat.Server.Hosting;

/// <summary>Creates a server: the one place that connects all parts.</summary>
internal static class ServerFactory
{
    public static RunningServer Create(
        ServerOptions options, ListenerSet listeners, byte[]? motd, TlsServer? tls, BackgroundWorker worker, ILogger logger)
    {
        var observer = new LoggingObserver(logger, TimeProvider.System);
        var frames = new FrameLimits { LineBytes = options.MaxLineBytes, FrameBytes = options.MaxFrameBytes };
        var limits = new ServerLimits(options.Loop, options.Clients, options.Chat, frames);
        var pool = new SegmentPool();
        var web = options.HasEventLoop ? NewWeb(options, listeners, pool) : null;
        var spoken = new ProtocolSet(limits.Frames, options.EchoGreeting, web, listeners.PolicyOf(options), options.Irc);
        var metrics = new MetricSet();
        var watch = new LoopWatch(metrics);
        var admin = options.Admin.Count == 0 ? null : AdminSite.Create(options, limits.Frames, pool, metrics, watch);
        var protocols = listeners.ProtocolsFrom(spoken, admin);

        ProcessSources.Connect(metrics, tls);
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(pool);
        broadcaster.Errors.Observer = observer;
        var hub = new ChatHub(broadcaster, metrics, clock, limits.Chat, options.Lobby, NewEpochs(), motd);
        hub.Operators.Use(worker);
        hub.Files.PublicUrl = web?.PublicUrl ?? [];
        var session = options.Data is null ? null : ServerJournal.Open(options.Data, options.Journal, hub, logger);
        broadcaster.Hosts = new HostNames(HostKey.Of(options.Data, logger));
        IJournal journal = session is null ? new NoJournal() : session.Journal;
        var trusted = new TrustedPeers(options.Proxies, options.Gateways.Keys.ToHashSet());
        var acknowledgements = new Acknowledgements(journal);
        var key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var shared = new ClientContext(hub, broadcaster, clock, spoken.Detector, acknowledgements, limits.Clients)
        {
            Password = options.Password,
            Trusted = trusted,
            AddressKey = key,
            Browsers = new BrowserAddresses(key),
        };

        if (options.Io == ServerOptions.Threads)
        {
            metrics.Io.Text = options.Io;
            var threads = new ThreadedServer(listeners.Sockets, protocols, shared, limits.Loop, observer);
            worker.Start(threads.OnOutcome);
            return new RunningServer(threads.Run, threads.RequestStop, threads, StartJournal(session, logger, threads.OnOutcome));
        }

        if (options.Io == ServerOptions.Async)
        {
            metrics.Io.Text = options.Io;
            var tasks = new AsyncServer(listeners.Sockets, protocols, shared, limits.Loop, observer);
            worker.Start(tasks.OnOutcome);
            void Serve() => tasks.RunAsync().GetAwaiter().GetResult();
            return new RunningServer(Serve, tasks.RequestStop, tasks, StartJournal(session, logger, tasks.OnOutcome));
        }

        var network = new SocketNetwork(Pollers.Create(options.Io), listeners.Sockets, new LocalUsers(options.LocalOperators), trusted,
            tls is null ? null : (listener, channel) => listeners.Wrap(listener, channel, tls));
        var loop = new EventLoop(network, protocols, shared, limits.Loop, metrics, observer, listeners.DatagramServices(hub), watch);
        var files = StartFiles(options.Data, hub, limits.Chat.Current.Files, session, logger, network.Wake);
        worker.Start(network.Wake);
        var resources = WithRunner(network, hub, options, logger);
        return new RunningServer(loop.Run, loop.RequestStop, resources, StartJournal(session, logger, network.Wake), files);
    }

    private static Resources WithRunner(SocketNetwork network, ChatHub hub, ServerOptions options, ILogger logger)
    {
        var runner = ProgramRunner.Start(options, hub.Metrics.Commands, logger, network.Wake);
        hub.Programs.Use(runner);
        return new Resources(runner, network);
    }

    // Commands wake the network, so they end first.
    private sealed record Resources(ProgramRunner Runner, SocketNetwork Network) : IDisposable
    {
        public void Dispose()
        {
            Runner.Dispose();
            Network.Dispose();
        }
    }

    /// <summary>Returns the descriptors that shared files need.</summary>
    public static int DescriptorsForFiles(ServerOptions options) =>
        options is { Data: not null, HasEventLoop: true, Chat.Files.FileBytes: > 0 } ? FileStoreSession.MaxDescriptors : 0;

    /// <summary>Opens the store of shared files, which only the event loop has, and gives it to the hub.</summary>
    /// <returns>Null if the server takes no files.</returns>
    /// <exception cref="StartupException">The folder cannot be used. The journal then has a clean end.</exception>
    internal static SharedFileStore? StartFiles(
        string? directory, ChatHub hub, FileLimits limits, JournalSession? journal, ILogger logger, Action wake)
    {
        if (limits.FileBytes == 0)
        {
            return null;
        }

        try
        {
            var files = SharedFileStore.Open(directory, limits, logger);
            hub.Files.Use(files.Store, files.Records, static () => FileId.Of(RandomNumberGenerator.GetBytes(FileId.TextBytes / 2)));
            files.Start(wake);
            return files;
        }
        catch (StartupException)
        {
            journal?.Close();
            throw;
        }
    }

    private static WebSettings NewWeb(ServerOptions options, ListenerSet listeners, SegmentPool pool) =>
        new(pool, WebAssets.Read(), options.Origins)
        {
            MachineName = Environment.MachineName,
            PublicUrl = listeners.PublicUrlOf(options),
        };

    private static ServerJournal? StartJournal(JournalSession? session, ILogger logger, Action wake) =>
        session is null ? null : new ServerJournal(session, StorageThread.Start(session, wake), logger);

    private static Epochs NewEpochs() => new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
}
