using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Metrics;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
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
    private static readonly byte[] Lines = [.. "hello\n/who\n/rooms\n/stats\n/help\n/history\n/pass a\n/oper a b\n/kill a\n/rehash\n/wallops a\n/nonsense\n"u8, 0xFF, 0xFF, .. "\n/quit\n"u8];

    private static readonly string[] Frames =
    [
        """{"type":"say","text":"hello \u4e16","id":1}""",
        """{"type":"who"}""",
        """{"type":"rooms"}""",
        """{"type":"stats"}""",
        """{"type":"help"}""",
        """{"type":"history"}""",
        """{"type":"oper","name":"a","password":"b"}""",
        """{"type":"resume","room":"#rehearsal","epoch":1,"after":1}""",
        """{"type":"say","text":"\ud800"}""",
        "{",
        """{"type":"quit"}""",
    ];

    private static readonly byte[] IrcLines =
    [
        .. "CAP LS 302\nNICK rehearsal\nUSER u 0 * :u\nCAP REQ :server-time message-tags\nCAP END\nJOIN #rehearsal\nPRIVMSG #rehearsal :hello\nWHO #rehearsal\nWHOIS rehearsal\nLIST\n"u8,
        .. "MODE rehearsal +wB\nOPER a b\nKILL a :b\nREHASH\nWALLOPS a\nNONSENSE\nQUIT\n"u8,
    ];

    private static readonly byte[] LabeledLines =
    [
        .. ("CAP REQ :server-time message-tags echo-message batch labeled-response draft/chathistory setname\nNICK rehearsal\nUSER u 0 * :u\nCAP END\n"
            + "@label=1 JOIN #rehearsal\n@label=2;+a PRIVMSG #rehearsal :hello\n@+a TAGMSG #rehearsal\n@label=3 CHATHISTORY AFTER #rehearsal timestamp=1970-01-01T00:00:00.000Z 10\n"
            + "MONITOR + a,rehearsal\nSETNAME :r\nNICK other\nWHOWAS rehearsal\nQUIT\n").Select(static letter => (byte)letter),
    ];

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
        var line = new LineProtocol();
        var frame = new JsonProtocol();
        var irc = new IrcProtocol();
        var clock = new TickClock(TimeProvider.System);
        var broadcaster = new Broadcaster(new SegmentPool());
        var hub = new ChatHub(broadcaster, new MetricSet(), clock, new ChatLimits(), "#rehearsal"u8.ToArray(), new Epochs(1));
        var context = new ClientContext(hub, broadcaster, clock,
            new ProtocolDetector(line, new JsonSignature(frame), new IrcSignature(irc)), new Acknowledgements(new NoJournal()),
            new ClientLimits());
        Run(context, Lines);
        Run(context, IrcLines);
        Run(context, LabeledLines);
        Run(context, [.. Frames.SelectMany(text => (byte[])[0, 0, 0, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)])]);
        RejectionNotice.Encode(frame, new ConnectionLimiter(new LoopLimits()).Full, new SegmentWriter(broadcaster.Pool));
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
