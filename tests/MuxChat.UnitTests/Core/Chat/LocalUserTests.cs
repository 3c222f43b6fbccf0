using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.UnitTests.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>A client over a Unix socket is known by its user: its nick, and whether it is a server operator.</summary>
public sealed class LocalUserTests
{
    private readonly HubFixture _bench = new();
    private readonly FakeWorker _desk = new();

    public LocalUserTests() => _bench.Hub.Operators.Use(_desk);

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("www-data", "www-data")]
    [InlineData("_apt", "_apt")]
    [InlineData("a.b$", "a-b-")]
    [InlineData("1000", "u-1000")]
    [InlineData("-x", "u--x")]
    [InlineData("uid-4000000000", "uid-4000000000")]
    [InlineData("jürgen", "j-rgen")]
    [InlineData("a-user-name-of-32-characters-xyz", "a-user-name-of-3")]
    [InlineData("1-user-name-of-32-characters-xyz", "u-1-user-name-of-3")]
    public void Guest_isNamedAfterItsUser(string user, string nick)
    {
        var session = Connect(user);
        Assert.Equal(nick, Bytes.Utf8(session.Person.Nick));
        Assert.True(Nickname.IsValid(session.Person.Nick));
    }

    [Fact]
    public void Name_thatIsTaken_getsANumber()
    {
        _bench.Connect("Alice");
        string[] nicks = [Bytes.Utf8(Connect("alice").Person.Nick), Bytes.Utf8(Connect("alice").Person.Nick)];
        Assert.All(nicks, static nick => Assert.Matches("^alice-[0-9]+$", nick));
        Assert.NotEqual(nicks[0], nicks[1]);
    }

    [Fact]
    public void Longest_nameThatIsTaken_isStillANick()
    {
        var name = new string('x', 100);
        Connect(name);
        Assert.True(Nickname.IsValid(Connect(name).Person.Nick));
    }

    [Fact]
    public void Operator_byItsUser_isOneFromTheStart_andIsTold()
    {
        var session = Connect("alice", isOperator: true);
        Assert.Equal((true, 1), (session.Person.IsOperator, _bench.Hub.Operators.Count));
        Assert.Equal(
            ["Welcome #lobby alice", "Joined #lobby alice", "RoomState #lobby alice", "Operator alice", "ModeSet #lobby alice +o alice"],
            HubFixture.Take(session));
        Assert.Equal(["alice from 192.0.2.1:7 is an operator as alice"], _desk.Log);
        _bench.Hub.Disconnect(session, "gone");
        Assert.Equal(0, _bench.Hub.Operators.Count);
    }

    [Fact]
    public void User_thatIsNone_isNoOperator() => Assert.False(Connect("alice").Person.IsOperator);

    [Fact]
    public void Address_ofAUser_isNoOther()
    {
        var addresses = new[] { PeerAddress.OfUser(0), PeerAddress.OfUser(1), PeerAddress.OfUser(uint.MaxValue) };
        Assert.Equal(3, addresses.Distinct().Count());
        Assert.All(addresses, static address => Assert.True(address.IsLoopback));
        Assert.All(addresses, static address => Assert.NotEqual(0UL, (ulong)address.Prefix));
        var mapped = PeerAddress.Of([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 1], isLoopback: false);
        Assert.DoesNotContain(mapped.Prefix, addresses.Select(static address => address.Prefix));
    }

    private Session Connect(string user, bool isOperator = false) =>
        _bench.Hub.Connect(new RecordingRecipient { LocalUserName = user, IsLocalOperator = isOperator });
}
