using MuxChat.Core.Chat;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Clients;
using MuxChat.UnitTests.Core.Protocols;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets;

/// <summary>
/// Under each I/O model a mistake of the program costs the client that was served, or a wire format one event, and nobody else anything.
/// </summary>
public sealed class FirewallTests
{
    private readonly FaultyProtocol _lines = new();
    private readonly FaultObserver _faults = new();
    private readonly ChatParts _parts;

    public FirewallTests()
    {
        _parts = new ChatParts(_lines);
        _parts.Shared.Broadcaster.Errors.Observer = _faults;
    }

    public static TheoryData<string> Models => ["epoll", "threads", "async"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Mistake_while_a_client_is_served_ends_that_client(string model)
    {
        using var chat = Open(model, out var connect);
        using var ada = connect().As("ada");
        for (var i = 0; i < 20; i++)
        {
            using var bob = connect().As("bob");
            bob.Send(i % 2 == 0 ? FaultyProtocol.Before : FaultyProtocol.After);
            Assert.Equal($"* goodbye: internal error {i + 1}", bob.ReadLinesToEnd()[^1]);
            ada.Hear("* bob quit: internal error");
            bob.Dispose();
            _parts.Observer.Closings.Take("bob is gone");
        }

        ada.Send("/ping still here");
        ada.Hear("* pong still here");
        Assert.Equal(20, _faults.Noted.Count);
        Assert.Equal(1, _parts.Observer.Clients);
        Assert.All(_parts.Observer.Reasons, static reason => Assert.Equal(CloseReason.InternalError, reason));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Mistake_while_a_client_is_greeted_ends_that_client(string model)
    {
        using var chat = Open(model, out var connect);
        using var ada = connect().As("ada");
        _lines.FailsToBegin = true;
        using (var bob = connect())
        {
            Assert.Equal("* goodbye: internal error 1", bob.ReadLinesToEnd()[^1]);
        }

        _lines.FailsToBegin = false;
        using var carol = connect().As("carol");
        carol.Send("hello");
        ada.Hear("<carol> hello");
        Assert.Equal(["1 greeting"], _faults.Noted.Select(static noted => noted[..noted.LastIndexOf(' ')]));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Mistake_in_a_wire_format_costs_its_readers_that_event(string model)
    {
        using var chat = Open(model, out var connect);
        using var ada = connect().As("ada");
        using var bob = connect().As("bob");
        bob.Send(FaultyProtocol.InFormat, "and on");
        ada.Hear("! internal error 1: an event could not be shown");
        ada.Hear("<bob> and on");
    }

    private IDisposable Open(string model, out Func<LineClient> connect)
    {
        switch (model)
        {
            case "epoll":
                var loop = new LoopChat(new EpollPoller(), parts: _parts);
                connect = loop.Connect;
                return loop;
            case "threads":
                var threads = new ThreadedChat(parts: _parts);
                connect = () => threads.Connect();
                return threads;
            default:
                var chat = new AsyncChat(_parts);
                connect = chat.Connect;
                return chat;
        }
    }
}
