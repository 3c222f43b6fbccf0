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
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.Testing.Clients;
using MuxChat.UnitTests.Core.Protocols.Http;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>In steady state a line, a delivery and a tick allocate nothing at all.</summary>
[Collection(nameof(Alone))]
[Trait("run", "deep")]
public sealed class ZeroAllocationTests
{
    private const int Members = 100;
    private const int Senders = 10;
    private const int WarmUpTicks = 300;
    private const int Ticks = 600;

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(400)]
    public void Lines_inSteadyState_allocateNothing(int maxSend)
    {
        var says = Bytes.Utf8("hello, here is a line of chat \u00e9\U0001F600\n/me waves\n\nand another one, unfinished at first\n");
        var network = new SinkNetwork(_time, Members, Senders, says, maxSend);
        AssertNothingIsAllocated(network, new LineProtocol(), linesPerSay: 3);
    }

    [Fact]
    public void Lines_ofMembersInSeveralRooms_allocateNothing()
    {
        // Joining again turns to the room, so that each says something in both, in turns.
        var says = Bytes.Utf8("/join side\nhello side\n/join lobby\nhello lobby\n/ping token\n");
        AssertNothingIsAllocated(new SinkNetwork(_time, Members, Senders, says, int.MaxValue), new LineProtocol(), linesPerSay: 2);
    }

    [Fact]
    public void PrivateMessages_inSteadyState_allocateNothing()
    {
        var says = Bytes.Utf8("/msg guest-50 psst\n/ping token\n/msg guest-51 psst\n");
        AssertNothingIsAllocated(new SinkNetwork(_time, Members, Senders, says, int.MaxValue), new LineProtocol(), linesPerSay: 2);
    }

    [Fact]
    public void Frames_inSteadyState_allocateNothing()
    {
        byte[] says =
        [
            .. Bytes.Frame("""{"type":"say","text":"hello, here is a line of chat é😀","id":7}"""),
            .. Bytes.Frame("""{"type":"say","room":"#lobby","text":"escaped \u0041\ttoo \" \u003c"}"""),
            .. Bytes.Frame("""{"type":"msg","to":"guest-50","text":"psst"}"""),
        ];
        AssertNothingIsAllocated(new SinkNetwork(_time, Members, Senders, says, int.MaxValue), new JsonProtocol(), linesPerSay: 3);
    }

    [Fact]
    public void Irc_inSteadyState_allocatesNothing()
    {
        // Once in, who logs in or enters again is only refused, or does nothing.
        var says = Bytes.Utf8("@a=b;+c=d PRIVMSG #lobby :hello, here is a line of chat \u00e9\r\nPRIVMSG #lobby :\u0001ACTION "
            + "waves\u0001\r\nPING token\r\nNOTICE #lobby :psst\r\n@+typing=active;+draft/x TAGMSG #lobby\r\n");
        var network = new SinkNetwork(_time, Members, Senders, says,
            int.MaxValue)
        {
            FirstWords = static client =>
                Bytes.Utf8($"CAP REQ :message-tags server-time\r\nNICK n{client}\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN #lobby\r\n")
        };
        AssertNothingIsAllocated(network, new IrcProtocol(), linesPerSay: 3);
    }

    [Fact]
    public void WebSockets_inSteadyState_allocateNothing()
    {
        byte[] says =
        [
            .. WebSocketFrames.Of(WebSocketFrames.Text, "{\"type\":\"say\",\"text\":\"hello, here is "u8, isFinal: false),
            .. WebSocketFrames.Of(WebSocketFrames.Ping, "between"u8),
            .. WebSocketFrames.Of(WebSocketFrames.Continuation, "a line of chat\",\"id\":7}"u8),
            .. WebSocketFrames.Of(WebSocketFrames.Text, "{\"type\":\"msg\",\"to\":\"guest-50\",\"text\":\"psst\"}"u8),
        ];
        var network = new SinkNetwork(_time, Members, Senders, says, int.MaxValue)
        {
            FirstWords = static _ => Bytes.Latin(HttpFixture.Upgrade("Sec-WebSocket-Protocol: json.muxchat\r\n")),
        };
        AssertNothingIsAllocated(network, new HttpFixture().Set.Find("http")!, linesPerSay: 2);
    }

    [Fact]
    public void Ticks_thatAreWatched_allocateNothing()
    {
        var network = new SinkNetwork(_time, Members, Senders, Bytes.Utf8("hello\n"), int.MaxValue);
        AssertNothingIsAllocated(network, new LineProtocol(), linesPerSay: 1, isWatched: true);
    }

    private void AssertNothingIsAllocated(SinkNetwork network, IProtocol protocol, int linesPerSay, bool isWatched = false)
    {
        var clock = new TickClock(_time);
        var metrics = new MuxChat.Core.Metrics.MetricSet();
        var broadcaster = new Broadcaster(new SegmentPool());
        var hub = new ChatHub(broadcaster, metrics, clock, new ChatLimits(), Bytes.Utf8("#lobby"), new Epochs(1));
        var context = new ClientContext(
            hub, broadcaster, clock, new ProtocolDetector(new LineProtocol()), new Acknowledgements(new NoJournal()),
            new ClientLimits { FloodPerSecond = 1_000_000, FloodBurst = 1_000_000 });
        var watch = new LoopWatch(metrics);
        var loop = new EventLoop(network, [protocol], context, new LoopLimits(), metrics, new RecordingObserver(), watch: watch);
        var watcher = new Watcher();
        if (isWatched)
        {
            var recipient = new Recipient(broadcaster, watcher);
            watcher.Recipient = recipient;
            recipient.SetProtocol(new LoopEventsProtocol(new FrameLimits(), watch));
            Assert.True(watch.TryAdd(recipient));
        }

        long lines = 0, sent = 0;
        void WarmUp()
        {
            Run(loop, network, WarmUpTicks);
            (lines, sent) = (metrics.LinesIn.Value, network.BytesSent);
        }

        var allocated = Allocations.Of(WarmUp, () => Run(loop, network, Ticks));

        Assert.Equal(isWatched, watcher.Reports > (Ticks + WarmUpTicks) / 2 / LoopWatch.PeriodMs);
        Assert.Equal(Members, hub.SessionCount);
        Assert.Equal(Ticks / 3 * Senders * linesPerSay, metrics.LinesIn.Value - lines);
        Assert.True(network.BytesSent - sent > (metrics.LinesIn.Value - lines) * 10, "Hardly anything was delivered.");
        Assert.True(allocated == 0, $"{allocated} bytes were allocated in {Ticks} ticks, for {metrics.LinesIn.Value - lines} lines");
    }

    // Each says its piece every third tick: the two reads of it, and a tick with nothing.
    private static void Run(EventLoop loop, SinkNetwork network, int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            if (i % 3 == 0)
            {
                network.Arm();
            }

            loop.Tick();
        }
    }

    /// <summary>One that watches the loop, and drops at once what it is sent.</summary>
    private sealed class Watcher : IOutputOwner
    {
        public Recipient? Recipient { get; set; }

        public int Reports { get; private set; }

        public string RemoteName => "watcher";

        public PeerAddress Address => default;

        public void Flush()
        {
            Reports++;
            Recipient!.Outbox.Clear();
        }

        public void Fail(long number) => Assert.Fail($"internal error {number}");

        public void Abandon() => Assert.Fail("abandoned");
    }
}
