using System.Text;
using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Delivery;

public sealed class HostNamesTests
{
    private static readonly PeerAddress One = new(1, IsLoopback: false);
    private static readonly PeerAddress Other = new(2, IsLoopback: false);

    [Fact]
    public void Address_isShownByTheSameNameAgain_andByNoOther()
    {
        var hosts = new HostNames([1, 2, 3]);

        Assert.Equal(Show(hosts, One), Show(hosts, One));
        Assert.NotEqual(Show(hosts, One), Show(hosts, Other));
        Assert.NotEqual(Show(hosts, One), Show(new HostNames([1, 2, 4]), One));
        Assert.Matches("^[a-z2-7]{12}\\.ip$", Show(hosts, One));
    }

    [Fact]
    public void Machine_itself_isLocalhost() => Assert.Equal("localhost", Show(new HostNames([1]), new PeerAddress(1, IsLoopback: true)));

    [Fact]
    public void Client_withoutAnAddress_isLocalhostToo() => Assert.Equal("localhost", Show(new HostNames([1]), default));

    private static string Show(HostNames hosts, PeerAddress address) => Encoding.ASCII.GetString(hosts.Describe(address));
}
