using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;
using MuxChat.Core.Loop.Watching;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>
/// The event loop over a network in memory and a virtual clock, one tick at a time. Listener 0 is for lines, 1 for frames, 2 for either,
/// and 3 for datagrams if there is a service. Listener 1 may have another protocol, for those who watch the loop.
/// </summary>
internal sealed class LoopFixture
{
    public const int Line = 0;
    public const int Frame = 1;
    public const int Auto = 2;

    private const int MaxTicks = 20_000;

    public LoopFixture(ClientLimits? talking = null, LoopLimits? limits = null, ChatLimits? chat = null, IJournal? journal = null,
        IProtocol? lines = null, Func<ChatHub, IDatagramService>? datagrams = null, Func<LoopWatch, IProtocol>? watchers = null)
    {
        Network = new FakeNetwork(Time, listeners: 3, datagrams is null ? null : Datagrams);
        Limits = new ServerLimits(
            limits ?? new LoopLimits(), talking ?? new ClientLimits { Flood = false }, chat ?? new ChatLimits(), new FrameLimits());
        var clock = new TickClock(Time);
        var metrics = new MuxChat.Core.Metrics.MetricSet();
        Broadcaster = new Broadcaster(Pool);
        Hub = new ChatHub(Broadcaster, metrics, clock, Limits.Chat, Bytes.Utf8("#lobby"), new Epochs(1));
        Hub.FinishRestoring(journal ?? new NoJournal(), wasClean: true);
        var line = lines ?? new LineProtocol(Limits.Frames);
        var frame = new JsonProtocol(Limits.Frames);
        var context = new ClientContext(
            Hub, Broadcaster, clock, new ProtocolDetector(line, new JsonProtocol.Signature(frame)),
            new Acknowledgements(journal ?? new NoJournal()),
            Limits.Clients);
        Watch = new LoopWatch(metrics);
        var second = watchers?.Invoke(Watch) ?? frame;
        IProtocol?[] protocols = datagrams is null ? [line, second, null] : [line, second, null, null];
        IDatagramService?[]? services = datagrams is null ? null : [null, null, null, datagrams(Hub)];
        Loop = new EventLoop(Network, protocols, context, Limits.Loop, metrics, Observer, services, Watch);
    }

    public FakeTimeProvider Time { get; } = Clocks.Create();

    public FakeNetwork Network { get; }

    /// <summary>The datagrams of the last listener.</summary>
    public FakeDatagrams Datagrams { get; } = new();

    /// <summary>All limits, which a test may replace.</summary>
    public ServerLimits Limits { get; }

    public SegmentPool Pool { get; } = new();

    public Broadcaster Broadcaster { get; }

    public ChatHub Hub { get; }

    public EventLoop Loop { get; }

    public LoopWatch Watch { get; }

    public RecordingObserver Observer { get; } = new();

    /// <summary>Bytes of reassembly memory that all connections hold.</summary>
    public int ReassemblyBytes
    {
        get
        {
            var table = TableOf(Loop);
            return Enumerable.Range(0, table.Places).Sum(place => table[place] is { } connection ? connection.HeldInputBytes : 0);
        }
    }

    /// <summary>A client that is in, and has read what it was greeted with.</summary>
    public FakeChannel Connect(int listener = Line)
    {
        var channel = Network.Knock(listener);
        Tick();
        channel.ReadBytes();
        return channel;
    }

    /// <summary>Several of them; nobody has anything left to read.</summary>
    public List<FakeChannel> Connect(int count, int listener)
    {
        var channels = Enumerable.Range(0, count).Select(_ => Network.Knock(listener)).ToList();
        Tick((count / 64) + 1);
        channels.ForEach(static channel => channel.ReadBytes());
        return channels;
    }

    public void Tick(int ticks = 1)
    {
        for (var i = 0; i < ticks; i++)
        {
            Assert.True(Loop.Tick(), "The loop has ended.");
        }
    }

    /// <summary>Ticks until that much time has gone by and nothing is left to do. A loop that spins fails.</summary>
    /// <returns>Whether the loop still runs.</returns>
    public bool RunFor(long milliseconds)
    {
        Network.HorizonMs = Time.NowMs + milliseconds;
        for (var ticks = 0; ticks < MaxTicks; ticks++)
        {
            var before = Time.NowMs;
            if (!Loop.Tick())
            {
                return false;
            }

            if (before == Network.HorizonMs && Network.WasIdle)
            {
                return true;
            }
        }

        Assert.Fail($"{MaxTicks} ticks within {milliseconds} ms: the loop spins.");
        return true;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_table")]
    private static extern ref ConnectionTable TableOf(EventLoop loop);
}
