using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Echo;
using MuxChat.Core.Protocols.Notify;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>The loop's path for datagrams: boundaries, rate, errors, and services that throw.</summary>
public sealed class DatagramTests
{
    private const int Rate = 5;

    [Fact]
    public void Datagrams_areAnsweredOneByOne_alsoTheEmptyOne()
    {
        var bench = Of(new EchoDatagrams(isUpper: true));
        bench.Datagrams.Arrive("one"u8.ToArray());
        bench.Datagrams.Arrive([]);
        bench.Datagrams.Arrive("two"u8.ToArray(), from: 2);
        bench.Tick();
        Assert.Equal(["ONE to 1", " to 1", "TWO to 2"], Answered(bench));
        Assert.Equal((3, 0), Counted(bench));
    }

    [Fact]
    public void Datagram_overTheRateOfItsAddress_isDropped_andOthersAreServed()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        for (var i = 0; i < 3 * Rate; i++)
        {
            bench.Datagrams.Arrive("x"u8.ToArray());
        }

        bench.Datagrams.Arrive("y"u8.ToArray(), from: 2);
        bench.Tick();
        Assert.Equal(Rate, bench.Datagrams.Answers.Count(static one => one.To == 1));
        Assert.Equal(1, bench.Datagrams.Answers.Count(static one => one.To == 2));
        Assert.Equal(((3 * Rate) + 1, 2 * Rate), Counted(bench));
        Assert.Contains("dropped from address 1: is one too many from its address", bench.Observer.Log);

        bench.RunFor(1000);
        bench.Datagrams.Arrive("z"u8.ToArray());
        bench.Tick();
        Assert.Equal("z", Bytes.Utf8(bench.Datagrams.Answers[^1].Bytes));
    }

    [Fact]
    public void Error_ofOneDatagram_endsNothing()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        bench.Datagrams.Fail();
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.Datagrams.Fail();
        bench.Datagrams.Arrive("y"u8.ToArray());
        bench.Tick();
        Assert.Equal(["x to 1", "y to 1"], Answered(bench));
        Assert.Equal((2, 0), Counted(bench));
    }

    [Fact]
    public void Answer_thatCannotBeSent_isDropped()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        foreach (var status in new[] { DatagramStatus.WouldBlock, DatagramStatus.Failed, DatagramStatus.Ok })
        {
            bench.Datagrams.AnswerStatus = status;
            bench.Datagrams.Arrive("x"u8.ToArray());
            bench.Tick();
        }

        Assert.Equal(["x to 1"], Answered(bench));
        Assert.Equal((3, 2), Counted(bench));
    }

    [Fact]
    public void Socket_thatFailsAlways_restsInsteadOfSpinning()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        bench.Datagrams.AlwaysFails = true;
        bench.RunFor(5000);
        Assert.InRange(bench.Network.Waits, 10, 100);
        Assert.Equal(11, bench.Observer.Log.Count(static line => line == "datagrams paused 500"));
        Assert.True(bench.Network.IsListening(LoopFixture.Line));
        bench.Datagrams.AlwaysFails = false;
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.RunFor(5000);
        Assert.Equal(["x to 1"], Answered(bench));
    }

    [Fact]
    public void Datagrams_ofOneTick_areBounded_andTheRestComesInTheNext()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        for (var i = 0UL; i < 100; i++)
        {
            bench.Datagrams.Arrive("x"u8.ToArray(), from: i);
        }

        bench.Tick();
        Assert.Equal(64, bench.Datagrams.Answers.Count);
        bench.Tick();
        Assert.Equal(100, bench.Datagrams.Answers.Count);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(53, false)]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    public void Echo_answersNoSystemPort(int port, bool isAnswered)
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        bench.Datagrams.SenderPort = port;
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.Tick();
        Assert.Equal(isAnswered ? 1 : 0, bench.Datagrams.Answers.Count);
        Assert.Equal((1, isAnswered ? 0 : 1), Counted(bench));
    }

    [Fact]
    public void Datagrams_goOn_whileAcceptingPausesForDescriptors()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        bench.Network.IsOutOfDescriptors = true;
        bench.Network.Knock();
        bench.Tick();
        Assert.False(bench.Network.IsListening(LoopFixture.Line));
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.Tick();
        Assert.Equal(["x to 1"], Answered(bench));
    }

    [Fact]
    public void Service_thatThrows_losesOneDatagram()
    {
        var bench = Of(new Throwing());
        var faults = new FaultObserver();
        bench.Broadcaster.Errors.Observer = faults;
        bench.Datagrams.Arrive("throw"u8.ToArray());
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.Tick();
        Assert.Equal(["x to 1"], Answered(bench));
        Assert.Equal(["1 handling a datagram"], faults.Noted);
    }

    [Fact]
    public void Datagram_afterTheStop_isNotServed()
    {
        var bench = Of(new EchoDatagrams(isUpper: false));
        bench.Connect();
        bench.Loop.RequestStop();
        bench.Datagrams.Arrive("x"u8.ToArray());
        bench.RunFor(10_000);
        Assert.Empty(bench.Datagrams.Answers);
        Assert.True(bench.Network.AreListenersClosed);
    }

    [Fact]
    public void Notification_isHeardInItsRoomInTheSameTick()
    {
        var bench = Of(hub => new NotifyDatagrams(hub, "#lobby"u8.ToArray(), []));
        var member = bench.Connect();
        bench.Datagrams.Arrive("disk full"u8.ToArray(), from: 0xFFFF_C000_0207);
        bench.Tick();
        Assert.Equal("<udp/192.0.2.7> disk full\n", member.ReadText());
        Assert.Empty(bench.Datagrams.Answers);
    }

    [Theory]
    [InlineData("k3y", "was refused by the service")]
    [InlineData("disk full", "does not begin with the key")]
    [InlineData("", "does not begin with the key")]
    public void Notification_that_is_dropped_is_named_with_the_reason(string datagram, string why)
    {
        var bench = Of(static hub => new NotifyDatagrams(hub, "#lobby"u8.ToArray(), "k3y"u8.ToArray()));
        bench.Datagrams.Arrive(Bytes.Utf8(datagram), from: 1);
        bench.Tick();
        Assert.Contains($"dropped from address 1: {why}", bench.Observer.Log);
        Assert.Equal((1L, 1L), Counted(bench));
    }

    private static LoopFixture Of(IDatagramService service) => Of(_ => service);

    private static LoopFixture Of(Func<ChatHub, IDatagramService> service) => new(
        new ClientLimits { Flood = false }, new LoopLimits { DatagramsPerSecond = Rate }, datagrams: service);

    private static IEnumerable<string> Answered(LoopFixture bench) =>
        bench.Datagrams.Answers.Select(static one => $"{Bytes.Utf8(one.Bytes)} to {one.To}");

    private static (long In, long Dropped) Counted(LoopFixture bench) =>
        (bench.Hub.Metrics.DatagramsIn.Value, bench.Hub.Metrics.DatagramsDropped.Value);

    private sealed class Throwing : IDatagramService
    {
        public DatagramResult Handle(Span<byte> datagram, IDatagramSender sender) => datagram.SequenceEqual("throw"u8)
            ? throw new FaultException()
            : DatagramResult.Answer;
    }
}
