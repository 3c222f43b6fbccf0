using MuxChat.Core.Loop;
using MuxChat.Sockets.Tls;
using MuxChat.UnitTests.Core;
using MuxChat.UnitTests.Core.Loop;

namespace MuxChat.UnitTests.Sockets.Tls;

/// <summary>TLS over a channel in memory, whose reads and writes fall short as the test says.</summary>
public sealed class TlsChannelTests : IDisposable
{
    private const int SpaceBytes = 32 * 1024;

    private readonly TlsServer _server = TestCertificates.Server();
    private readonly MemoryTlsClient _client = new();
    private readonly FakeChannel _below = new();
    private readonly byte[] _space = new byte[SpaceBytes];

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1, 1)]
    [InlineData(100, 3)]
    public void Records_inReadsAndWritesOfAnySize_areWhole(int maxRead, int maxSend)
    {
        using var channel = Open();
        (_below.MaxRead, _below.MaxSend) = (maxRead, maxSend);
        _below.Type([.. _client.Say("hello "u8), .. _client.Say("world"u8)]);
        Assert.Equal("hello world", ReadAll(channel));
        Assert.Equal((ChannelStatus.Ok, 6), (channel.Send("answer"u8, out var sent), sent));
        PushAll(channel);
        Assert.Equal("answer", Bytes.Utf8(_client.Hear(_below.ReadBytes())));
    }

    [Fact]
    public void Receive_asksForNoMoreThanTheSpaceHolds()
    {
        using var channel = Open();
        var said = new string('x', 60_000);
        var record = _client.Say(Bytes.Utf8(said));
        _below.Type(record[..10_000]);
        Assert.Equal(ChannelStatus.WouldBlock, channel.Receive(_space, out _));
        _below.Type(record[10_000..]);
        Assert.Equal(said, ReadAll(channel));
    }

    [Fact]
    public void Channel_thatTheKernelDoesNotTakeFrom_holdsOneRecordAndNoMore()
    {
        using var channel = Open();
        _below.Window = 0;
        Assert.Equal((ChannelStatus.Ok, 16 * 1024), (channel.Send(new byte[60_000], out var sent), sent));
        Assert.True(channel.HasUnsent);
        Assert.Equal((ChannelStatus.WouldBlock, 0), (channel.Send(new byte[10], out sent), sent));
        Assert.Equal((ChannelStatus.WouldBlock, 0), (channel.Send([], out sent), sent));
        _below.Window = long.MaxValue;
        Assert.Equal((ChannelStatus.Ok, 0), (channel.Send([], out sent), sent));
        Assert.False(channel.HasUnsent);
        Assert.Equal(16 * 1024, _client.Hear(_below.ReadBytes()).Length);
    }

    [Fact]
    public void LongOutput_toAWillingKernel_isSentByOneCall()
    {
        using var channel = Open();
        Assert.Equal((ChannelStatus.Ok, 60_000), (channel.Send(new byte[60_000], out var sent), sent));
        Assert.Equal(60_000, _client.Hear(_below.ReadBytes()).Length);
    }

    [Fact]
    public void Handshake_towardsAKernelThatTakesNothing_isHeldAndThenGoesOn()
    {
        using var channel = (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: false);
        _below.Window = 0;
        _below.Type(_client.ReadCipher());
        Assert.Equal(ChannelStatus.WouldBlock, channel.Receive(_space, out _));
        Assert.Equal((true, true), (channel.IsOpening, channel.HasUnsent));
        Assert.Equal((ChannelStatus.WouldBlock, 0), (channel.Send("early"u8, out var sent), sent));
        _below.Window = long.MaxValue;
        Assert.Equal(ChannelStatus.Ok, channel.Send([], out _));
        _client.Hear(_below.ReadBytes());
        _below.Type(_client.ReadCipher());
        channel.Receive(_space, out _);
        Assert.Equal((false, true), (channel.IsOpening, _client.IsOpen));
    }

    [Fact]
    public void FirstBytesOfTheClient_withItsLastOfTheHandshake_areReturnedByThatCall()
    {
        using var channel = (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: false);
        _below.Type(_client.ReadCipher());
        channel.Receive(_space, out _);
        _client.Hear(_below.ReadBytes());
        var finished = _client.ReadCipher();
        _below.Type([.. finished, .. _client.Say("hello"u8)]);
        Assert.Equal((ChannelStatus.Ok, 5, false), (channel.Receive(_space, out var received), received, channel.IsOpening));
    }

    [Fact]
    public void Optional_clientWithoutTLS_passesThrough()
    {
        using var channel = Optional();
        Assert.Equal(ChannelStatus.WouldBlock, channel.Receive(_space, out _));
        _below.Type("hello\n");
        Assert.Equal("hello\n", ReadAll(channel));
        Assert.False(channel.IsOpening);
        channel.Send("answer\n"u8, out _);
        Assert.Equal("answer\n", _below.ReadText());
        channel.ShutdownSend();
        Assert.True(_below.IsShutDown);
    }

    [Fact]
    public void Optional_clientWithTLS_opensAtItsFirstByteAndLeavesTheRestBelow()
    {
        using var channel = Optional();
        var hello = _client.ReadCipher();
        _below.Type(hello);
        Assert.Equal((ChannelStatus.WouldBlock, true), (channel.Receive(_space, out _), channel.IsOpening));
        Assert.Equal(hello.Length - 1, _below.BytesToRead);
        Finish(channel);
        Assert.Equal((false, true), (channel.IsOpening, _client.IsOpen));
    }

    [Fact]
    public void Optional_clientThatWasGreeted_neverOpens()
    {
        using var channel = Optional();
        channel.Send("welcome\n"u8, out _);
        var hello = _client.ReadCipher();
        _below.Type(hello);
        Assert.Equal((ChannelStatus.Ok, hello.Length), (channel.Receive(_space, out var received), received));
        Assert.False(channel.IsOpening);
    }

    [Fact]
    public void Goodbye_ofTheClientWithItsLastWords_isTheEndOfInputWithThem()
    {
        using var channel = Open();
        _below.Type([.. _client.Say("last"u8), .. _client.SayGoodbye()]);
        Assert.Equal((ChannelStatus.EndOfInput, 4), (channel.Receive(_space, out var received), received));
        Assert.Equal((ChannelStatus.EndOfInput, 0), (channel.Receive(_space, out received), received));
        channel.Send("answer"u8, out _);
        channel.ShutdownSend();
        Assert.Equal("answer", Bytes.Utf8(_client.Hear(_below.ReadBytes())));
        Assert.Equal((true, true), (_client.IsEnded, _below.IsShutDown));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void EndOfTheChannelBelow_isTheEndOfInput_evenWithinARecord(int bytes)
    {
        using var channel = Open();
        if (bytes > 0)
        {
            _below.Type(_client.Say("cut"u8)[..bytes]);
        }

        _below.PeerHasClosed = true;
        Assert.Equal((ChannelStatus.EndOfInput, 0), (channel.Receive(_space, out var received), received));
    }

    [Fact]
    public void Client_thatShowsNoTLS_isAFaultAndItsBytesAreDropped()
    {
        using var channel = (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: false);
        _below.Type("hello\n");
        Assert.Equal((ChannelStatus.Broken, 0), (channel.Receive(_space, out var received), received));
        Assert.Equal(("TLS: the client did not speak TLS", true), (channel.OpeningFault, channel.IsOpening));
        channel.ShutdownSend();
        Assert.True(_below.IsShutDown);
    }

    [Fact]
    public void Noise_afterTheHandshake_breaksTheChannel()
    {
        using var channel = Open();
        var record = _client.Say("hello"u8);
        record[^1] ^= 1;
        _below.Type(record);
        Assert.Equal((ChannelStatus.Broken, 0, ""), (channel.Receive(_space, out var received), received, channel.OpeningFault));
    }

    [Fact]
    public void Bytes_receivedBeforeTheChannelBelowBroke_areStillDecrypted()
    {
        using var channel = Open();
        _below.Type(_client.Say("last words"u8));
        _below.IsBroken = true;
        Assert.Equal(ChannelStatus.Broken, channel.Send("x"u8, out _));
        Assert.Equal((ChannelStatus.Ok, 10), (channel.Receive(_space, out var received), received));
        Assert.Equal(ChannelStatus.Broken, channel.Receive(_space, out _));
    }

    [Fact]
    public void Answer_ofTheCipher_thatCannotBeSent_leavesTheInputToBeRead()
    {
        using var channel = (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: false);
        _below.Type(_client.ReadCipher());
        channel.Receive(_space, out _);
        _client.Hear(_below.ReadBytes());

        // The server answers the end of the handshake with tickets (RFC 8446, section 4.6.1).
        _below.Type(_client.ReadCipher());
        _below.IsBroken = true;
        Assert.Equal((ChannelStatus.WouldBlock, false), (channel.Receive(_space, out _), channel.IsOpening));
        Assert.True(channel.HasUnsent);
        _below.Type([.. _client.Say("last "u8), .. _client.Say("words"u8)]);
        Assert.Equal((ChannelStatus.Ok, 10), (channel.Receive(_space, out var received), received));
        Assert.Equal((ChannelStatus.Broken, 0), (channel.Send([], out var sent), sent));
    }

    [Fact]
    public void Hello_afterTheGoodbye_isNoHandshake()
    {
        using var channel = Optional();
        channel.ShutdownSend();
        _below.Type(_client.ReadCipher());
        Assert.Equal(ChannelStatus.Ok, channel.Receive(_space, out _));
        Assert.Equal((false, 0), (channel.IsOpening, _below.ReadBytes().Length));
    }

    private TlsChannel Optional() => (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: true);

    private TlsChannel Open()
    {
        var channel = (TlsChannel)_server.Wrap(_below, TlsOffers.None, isOptional: false);
        _below.Type(_client.ReadCipher());
        Finish(channel);
        Assert.False(channel.IsOpening);
        return channel;
    }

    private void Finish(TlsChannel channel)
    {
        for (var step = 0; step < 4 && channel.IsOpening; step++)
        {
            channel.Receive(_space, out _);
            _client.Hear(_below.ReadBytes());
            if (_client.ReadCipher() is { Length: > 0 } more)
            {
                _below.Type(more);
            }
        }

        _client.Hear(_below.ReadBytes());
    }

    private string ReadAll(TlsChannel channel)
    {
        var read = new List<byte>();
        while (_below.BytesToRead > 0)
        {
            channel.Receive(_space, out var received);
            read.AddRange(_space[..received]);
        }

        return Bytes.Utf8([.. read]);
    }

    private static void PushAll(TlsChannel channel)
    {
        for (var sends = 0; channel.HasUnsent; sends++)
        {
            Assert.True(sends < 1000, "The bytes are never sent.");
            channel.Send([], out _);
        }
    }
}
