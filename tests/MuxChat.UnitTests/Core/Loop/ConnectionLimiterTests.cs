using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class ConnectionLimiterTests
{
    private const long Minute = 60_000;

    private static readonly PeerAddress Here = new(1, IsLoopback: true);
    private static readonly PeerAddress Alice = new(1, IsLoopback: false);
    private static readonly PeerAddress Bob = new(2, IsLoopback: false);

    [Fact]
    public void Address_atItsLimit_isRefusedUntilOneLeaves()
    {
        var door = new ConnectionLimiter(new LoopLimits { ClientsPerAddress = 2 });
        Assert.Equal([ErrorCode.None, ErrorCode.None, ErrorCode.TooManyConnections], Ask(door, Alice, 3));
        Assert.Equal("your address has 2 connections, the maximum: close one first", door.TryAdmit(Alice, 0, 0).Message);
        Assert.Equal([ErrorCode.None], Ask(door, Bob, 1));
        door.Release(Alice);
        Assert.Equal([ErrorCode.None, ErrorCode.TooManyConnections], Ask(door, Alice, 2));
    }

    [Fact]
    public void Address_thatConnectsTooQuickly_isRefusedUntilTimeHasGoneBy()
    {
        var door = new ConnectionLimiter(new LoopLimits { ConnectsPerMinute = 6 });
        for (var i = 0; i < 6; i++)
        {
            Assert.True(door.TryAdmit(Alice, 0, 1000).IsOk);
            door.Release(Alice);
        }

        var refused = door.TryAdmit(Alice, 0, 1000);
        Assert.Equal(ErrorCode.ConnectRate, refused.Code);
        Assert.Equal("your address connects too often (at most 6 times a minute): wait a minute", refused.Message);
        Assert.True(door.TryAdmit(Bob, 0, 1000).IsOk);
        Assert.Equal(ErrorCode.ConnectRate, door.TryAdmit(Alice, 0, 10_900).Code);

        // One each ten seconds; being refused costs nothing.
        Assert.True(door.TryAdmit(Alice, 0, 11_001).IsOk);
        Assert.Equal(ErrorCode.ConnectRate, door.TryAdmit(Alice, 0, 11_001).Code);
    }

    [Fact]
    public void Loopback_isExemptUnlessTold()
    {
        var limits = new LoopLimits { ClientsPerAddress = 1, ConnectsPerMinute = 1 };
        var door = new ConnectionLimiter(limits);
        Assert.All(Ask(door, Here, 100), code => Assert.Equal(ErrorCode.None, code));
        Assert.Equal(0, door.AddressCount);
        door.Release(Here);
        Assert.Equal([ErrorCode.None, ErrorCode.TooManyConnections],
            Ask(new ConnectionLimiter(limits with { LimitLoopback = true }), Here, 2));
    }

    [Fact]
    public void Connection_thatMoves_countsForItsNewAddressOnly()
    {
        var door = new ConnectionLimiter(new LoopLimits { ClientsPerAddress = 1 });
        var proxy = Bob with { IsExempt = true };
        Assert.All(Ask(door, proxy, 10), code => Assert.Equal(ErrorCode.None, code));
        Assert.Equal(0, door.AddressCount);
        Assert.True(door.TryMove(proxy, Alice, 0).IsOk);
        Assert.Equal(ErrorCode.TooManyConnections, door.TryMove(proxy, Alice, 0).Code);
        Assert.True(door.TryMove(Alice, Bob, 0).IsOk);
        Assert.Equal((2, 1), (door.AddressCount, door.IdleCount));
        Assert.True(door.TryMove(proxy, Alice, 0).IsOk);
        Assert.Equal(ErrorCode.TooManyConnections, door.TryMove(Alice, Bob, 0).Code);
        door.Release(Alice);
        door.Release(Bob);
        Assert.Throws<InvalidOperationException>(() => door.Release(Alice));
    }

    [Fact]
    public void Connection_thatMoves_countsInTheRateOfItsNewAddress()
    {
        var door = new ConnectionLimiter(new LoopLimits { ConnectsPerMinute = 1 });
        var proxy = Bob with { IsExempt = true };
        Assert.True(door.TryMove(proxy, Alice, 0).IsOk);
        Assert.Equal(ErrorCode.ConnectRate, door.TryMove(proxy, Alice, 0).Code);
        Assert.True(door.TryMove(proxy, Alice, Minute).IsOk);
    }

    [Fact]
    public void FullServer_refusesAnyoneAndCountsNobody()
    {
        var door = new ConnectionLimiter(new LoopLimits { Clients = 3 });
        Assert.Equal(ErrorCode.ServerFull, door.TryAdmit(Alice, 3, 0).Code);
        Assert.Equal(ErrorCode.ServerFull, door.TryAdmit(Here, 3, 0).Code);
        Assert.Equal(0, door.AddressCount);
        Assert.True(door.TryAdmit(Alice, 2, 0).IsOk);
    }

    [Fact]
    public void Leave_ofOneThatWasNotLetIn_isABug()
    {
        var door = new ConnectionLimiter(new LoopLimits());
        Assert.Throws<InvalidOperationException>(() => door.Release(Alice));
        Assert.True(door.TryAdmit(Alice, 0, 0).IsOk);
        door.Release(Alice);
        Assert.Throws<InvalidOperationException>(() => door.Release(Alice));
    }

    [Fact]
    public void Address_withoutConnectionsAndRested_isForgotten()
    {
        var door = new ConnectionLimiter(new LoopLimits { ConnectsPerMinute = 60 });
        for (var i = 0u; i < 100; i++)
        {
            Assert.True(door.TryAdmit(new PeerAddress(1000 + i, IsLoopback: false), 0, 0).IsOk);
        }

        Assert.Equal((100, 0), (door.AddressCount, door.IdleCount));
        for (var i = 0u; i < 100; i++)
        {
            door.Release(new PeerAddress(1000 + i, IsLoopback: false));
        }

        Assert.True(door.TryAdmit(Alice, 0, 500).IsOk);
        Assert.Equal((101, 100), (door.AddressCount, door.IdleCount));
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(ErrorCode.None, door.TryAdmit(Alice, 0, 1000).Code);
        }

        // Those whose bucket is full again go, four for each that asks.
        Assert.Equal((1, 0), (door.AddressCount, door.IdleCount));
    }

    [Fact]
    public void IdleAddresses_beyondTheLimit_areForgottenOldestFirst()
    {
        var door = new ConnectionLimiter(new LoopLimits { ConnectsPerMinute = 1, IdleAddresses = 10 });
        for (var i = 0u; i < 11; i++)
        {
            var address = new PeerAddress(1000 + i, IsLoopback: false);
            Assert.True(door.TryAdmit(address, 0, 0).IsOk);
            door.Release(address);
        }

        Assert.Equal((10, 10), (door.AddressCount, door.IdleCount));
        Assert.True(door.TryAdmit(new PeerAddress(1000, IsLoopback: false), 0, 0).IsOk);
        Assert.Equal(ErrorCode.ConnectRate, door.TryAdmit(new PeerAddress(1001, IsLoopback: false), 0, 0).Code);
        Assert.Equal(ErrorCode.ConnectRate, door.TryAdmit(new PeerAddress(1010, IsLoopback: false), 0, 0).Code);
    }

    [Fact]
    public void AnyComingAndGoing_countsAsAModelDoes()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        var limits = new LoopLimits { ClientsPerAddress = 3, ConnectsPerMinute = 5, IdleAddresses = 6 };
        var door = new ConnectionLimiter(limits);
        var model = new int[20];
        var nowMs = 0L;
        for (var step = 0; step < 20_000; step++)
        {
            nowMs += random.Next(0, 3000);
            var one = random.Next(model.Length);
            var address = new PeerAddress((UInt128)one, IsLoopback: false);
            if (random.Next(2) == 0 && model[one] > 0)
            {
                door.Release(address);
                model[one]--;
            }
            else
            {
                var code = door.TryAdmit(address, 0, nowMs).Code;
                Assert.True(code == ErrorCode.TooManyConnections == (model[one] == 3), $"seed {Seed}, step {step}");
                model[one] += code == ErrorCode.None ? 1 : 0;
            }

            var busy = model.Count(connections => connections > 0);
            Assert.True(door.AddressCount == busy + door.IdleCount, $"seed {Seed}, step {step}");
            Assert.InRange(door.IdleCount, 0, 6);
        }

        // In the end all go, and after a minute of rest nobody is remembered.
        for (var one = 0; one < model.Length; one++)
        {
            for (; model[one] > 0; model[one]--)
            {
                door.Release(new PeerAddress((UInt128)one, IsLoopback: false));
            }
        }

        nowMs += Minute + 1;
        Assert.All(Ask(door, Alice, 3, nowMs), code => Assert.Equal(ErrorCode.None, code));
        Assert.Equal((1, 0), (door.AddressCount, door.IdleCount));
    }

    private static List<ErrorCode> Ask(ConnectionLimiter door, PeerAddress address, int times, long nowMs = 0) =>
        [.. Enumerable.Range(0, times).Select(_ => door.TryAdmit(address, 0, nowMs).Code)];
}
