using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Server.Options;
using MuxChat.Sockets.Polling;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>Loads the code that serving needs, by running one short exchange in each protocol without a client.</summary>
/// <remarks>
/// The runtime opens an assembly's file when its code is first needed. If that happened for a client
/// after the descriptors had run out, the process would end.
/// </remarks>
internal static class Warmup
{
    /// <summary>
    /// Runs the exchanges under the JIT compiler. Does nothing in a native executable, which
    /// contains all its code and opens no file for it.
    /// </summary>
    public static void Run()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            LoadAssemblies();
            RunAll();
        }
    }

    private static void RunAll()
    {
        var pool = new SegmentPool();
        var protocols = new ProtocolSet(new FrameLimits(), web: new WebSettings(pool, WebAssets.Read(), []));
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(pool);
        var hub = new ChatHub(broadcaster, new MetricSet(), clock, new ChatLimits(), "#rehearsal"u8.ToArray(), new Epochs(1));
        var acknowledgements = new Acknowledgements(new NoJournal());
        var context = new ClientContext(hub, broadcaster, clock, protocols.Detector, acknowledgements, new ClientLimits());
        foreach (var row in ProtocolTable.Rows)
        {
            var protocol = protocols.Find(row.Scheme);
            var isDetected = row.Recognise is not null || protocol == protocols.Detector.Fallback;
            foreach (var exchange in row.Warmup)
            {
                Run(context, isDetected ? null : protocol, exchange);
            }
        }

        ProcessSources.Connect(hub.Metrics, tls: null);
        var admin = AdminSite.Create(new ServerOptions(), new FrameLimits(), pool, hub.Metrics, new LoopWatch(hub.Metrics));
        Run(context, admin, [.. "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"u8]);
        foreach (var protocol in protocols.All)
        {
            RejectionNotice.Encode(protocol, new ConnectionLimiter(new LoopLimits()).Full, new SegmentWriter(broadcaster.Pool));
        }
    }

    // The processor decides which precompiled methods the JIT compiler uses, and so which assemblies it looks up. The
    // exchanges therefore do not load all of them. Load the assemblies that the serving ones reference, and their
    // references. Do not go further, because each keeps descriptors open.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Runs under the just-in-time compiler only, which trims nothing.")]
    private static void LoadAssemblies()
    {
        Assembly[] serving = [typeof(ChatHub).Assembly, typeof(Pollers).Assembly, typeof(Journal).Assembly];
        var named = serving.SelectMany(assembly => assembly.GetReferencedAssemblies()).DistinctBy(name => name.Name).Select(Assembly.Load);
        foreach (var name in named.SelectMany(assembly => assembly.GetReferencedAssemblies()).DistinctBy(name => name.Name))
        {
            Assembly.Load(name);
        }
    }

    private static void Run(ClientContext context, IProtocol? protocol, byte[] input)
    {
        var recipient = new Recipient(context.Broadcaster, owner: null);
        var connection = new ProtocolConnection(context, recipient);
        connection.Begin(protocol);
        connection.Feed(input, out _);
        context.Broadcaster.Distribute();
        recipient.Close();
    }
}
