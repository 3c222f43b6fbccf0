using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Clients;

public sealed class AddressRatesTests
{
    private const int PerSecond = 10;

    private readonly AddressRates _rates = new(key: 0x1234_5678_9ABC_DEF1);

    [Fact]
    public void Address_mayBurst_andThenGoesAtItsRate()
    {
        Assert.Equal(PerSecond, Passed(From(1), tries: 100, atMs: 0));
        Assert.Equal(0, Passed(From(1), tries: 100, atMs: 99));
        Assert.Equal(1, Passed(From(1), tries: 100, atMs: 100));
        Assert.Equal(PerSecond, Passed(From(1), tries: 100, atMs: 5000));
    }

    [Fact]
    public void Address_thatFloods_doesNotTakeTheRateOfMostOthers()
    {
        Passed(From(0), tries: 1000, atMs: 0);
        var others = Enumerable.Range(1, 1000).Count(one => Passed(From((ulong)one), tries: 1, atMs: 0) == 1);
        Assert.InRange(others, 980, 1000);
    }

    [Fact]
    public void Addresses_areSpread()
    {
        var passed = Enumerable.Range(0, AddressRates.Buckets).Sum(one => Passed(From((ulong)one), tries: PerSecond, atMs: 0));

        // Of n balls in n bins a part of 1 - 1/e of the bins holds one or more.
        Assert.InRange(passed / (double)(AddressRates.Buckets * PerSecond), 0.60, 0.67);
    }

    [Fact]
    public void Rate_thatChanges_appliesToKnownAddresses()
    {
        Passed(From(1), tries: 100, atMs: 0);
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => _rates.TryPass(From(1), 20, nowMs: 5000)));
    }

    [Fact]
    public void Ipv6_addressesOfOneNetwork_haveOneRate()
    {
        var one = PeerAddress.Of([0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], isLoopback: false);
        var two = PeerAddress.Of([0x20, 1, 0xD, 0xB8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9], isLoopback: false);
        Passed(one, tries: 100, atMs: 0);
        Assert.Equal(0, Passed(two, tries: 1, atMs: 0));
    }

    private static PeerAddress From(ulong number) => new((UInt128)0xFFFF_0000_0000UL | number, IsLoopback: false);

    private int Passed(PeerAddress address, int tries, long atMs) =>
        Enumerable.Range(0, tries).Count(_ => _rates.TryPass(address, PerSecond, atMs));
}
