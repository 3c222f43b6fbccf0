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
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Sockets.Polling;
using MuxChat.Storage;

namespace MuxChat.Server.Hosting;

/// <summary>
/// Loads what will be needed and plays one short exchange in each protocol, with no client at the other end. The runtime
/// opens an assembly's file when its code is first needed: for a first frame client that comes when the descriptors have run
/// out, that would end the process.
/// </summary>
internal static class Warmup
{
    /// <summary>
    /// Plays the exchanges under the just-in-time compiler. Does nothing in a native executable: it holds all its code from the
    /// start, and opens no file for it.
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
        var protocols = new ProtocolSet(new FrameLimits());
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(new SegmentPool());
        var hub = new ChatHub(broadcaster, new MetricSet(), clock, new ChatLimits(), "#rehearsal"u8.ToArray(), new Epochs(1));
        var acknowledgements = new Acknowledgements(new NoJournal());
        var context = new ClientContext(hub, broadcaster, clock, protocols.Detector, acknowledgements, new ClientLimits());
        foreach (var exchange in ProtocolTable.Rows.SelectMany(static row => row.Warmup))
        {
            Run(context, exchange);
        }

        foreach (var protocol in protocols.All)
        {
            RejectionNotice.Encode(protocol, new ConnectionLimiter(new LoopLimits()).Full, new SegmentWriter(broadcaster.Pool));
        }
    }

    // Which methods the compiler takes ready made and which it makes anew, and so what it looks up, depends on the processor: a
    // warm-up does not show all of it. These are what serving needs by name, and what that names; not all that hangs on it,
    // for each keeps descriptors open.
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

    private static void Run(ClientContext context, byte[] input)
    {
        var recipient = new Recipient(context.Broadcaster, owner: null);
        new ProtocolConnection(context, recipient).Feed(input, out _);
        context.Broadcaster.Distribute();
        recipient.Close();
    }
}
