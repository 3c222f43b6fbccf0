using System.Net.Sockets;
using MuxChat.Core.Chat;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Polling;
using MuxChat.Testing.Clients;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Sockets;

/// <summary>The production loop over real sockets, in process.</summary>
public sealed class EventLoopOverSocketsTests
{
    public static TheoryData<string> Models => ["select", "epoll", "auto", "auto crossing"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Two_clients_hear_each_other(string model)
    {
        using var chat = Open(model);
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");
        ada.Hear("bob is there", line => line.EndsWith("is now bob", StringComparison.Ordinal));

        for (var i = 0; i < 200; i++)
        {
            ada.Send($"a{i}");
            bob.Hear($"<ada> a{i}");
            bob.Send($"b{i}");
            ada.Hear($"<bob> b{i}");
        }

        ada.Send("/quit so long");
        bob.Hear("* ada quit: Quit: so long");
        Assert.Equal("* goodbye: you quit", ada.ReadLinesToEnd()[^1]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Line_in_many_pieces_is_one_line(string model)
    {
        using var chat = Open(model);
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");

        foreach (var one in "one byte at a time\n")
        {
            ada.SendBytes([(byte)one]);
        }

        bob.Hear("<ada> one byte at a time");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Churn_of_connections_leaves_nobody_behind(string model)
    {
        const int threads = 4;
        const int rounds = 50;
        using var chat = Open(model);
        using var resident = chat.Connect().As("resident");
        var churners = Enumerable.Range(0, threads).Select(thread => Background.Start("clients come and go", () =>
        {
            for (var i = 0; i < rounds; i++)
            {
                using var client = chat.Connect().As($"c{thread}-{i}");
                client.Send($"I am c{thread}-{i}");
                Go(client, i);
            }
        })).ToArray();
        Array.ForEach(churners, churner => churner.Finish());

        for (var i = 0; i < threads * rounds; i++)
        {
            chat.Observer.Closings.Take("everybody who came goes");
        }

        // Told in the thread of the loop, before the resident's pong.
        Assert.Equal(1, chat.Observer.Clients);
        Assert.Equal((threads * rounds) + 1, chat.Observer.AcceptedCount);
        resident.Send("/ping end");
        var quits = 0;
        resident.Hear("* pong end", line =>
        {
            quits += line.Contains(" quit", StringComparison.Ordinal) ? 1 : 0;
            return line == "* pong end";
        });
        Assert.Equal(threads * rounds, quits);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Descriptors_used_again_bring_nobody_the_bytes_of_another(string model)
    {
        const int rounds = 500;
        using var chat = Open(model);
        for (var i = 0; i < rounds; i++)
        {
            using var client = chat.Connect();

            // The answers to the last of these are on their way when it goes.
            client.Send($"/ping {i}-first");
            client.Hear($"* pong {i}-first", line =>
            {
                Assert.False(line.StartsWith("* pong", StringComparison.Ordinal) && line != $"* pong {i}-first",
                    $"Client {i} got \"{line}\".");
                return line == $"* pong {i}-first";
            });
            client.Send($"/ping {i}-second\n/ping {i}-third");
            Go(client, i);
        }

        for (var i = 0; i < rounds; i++)
        {
            chat.Observer.Closings.Take("everybody who came goes");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Stop_tells_every_client_and_ends(string model)
    {
        using var chat = Open(model);
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");

        chat.RequestStop();

        Assert.Equal("* goodbye: the server is stopping", ada.ReadLinesToEnd()[^1]);
        Assert.Equal("* goodbye: the server is stopping", bob.ReadLinesToEnd()[^1]);
        ada.Dispose();
        bob.Dispose();
        chat.Stop();
        Assert.Equal([CloseReason.ServerStopping, CloseReason.ServerStopping], chat.Observer.Reasons);
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => late.Connect(chat.EndPoint)).SocketErrorCode);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Stop_without_clients_ends(string model)
    {
        using var chat = Open(model);

        chat.Stop();

        Assert.Equal((0, 0), (chat.Observer.AcceptedCount, chat.Observer.Reasons.Count));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Urgent_byte_cuts_nobody(string model)
    {
        using var chat = Open(model);
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");

        // As telnet does to interrupt (RFC 854, "The TELNET Synch").
        ada.SendUrgent(0xF2);

        // Ticks in which there is nothing of ada's but the urgent byte.
        for (var i = 0; i < 10; i++)
        {
            bob.Send($"/ping {i}");
            bob.Hear($"* pong {i}");
        }

        ada.Send("/ping still here");

        ada.Hear("* pong still here");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Client_that_resets_in_mid_line_is_gone_for_the_others(string model)
    {
        using var chat = Open(model);
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");
        bob.SendBytes("half a li"u8);

        bob.Reset();

        ada.Hear("* bob quit: connection reset");
        chat.Observer.Closings.Take("bob is closed");
        Assert.Equal([CloseReason.Reset], chat.Observer.Reasons);
    }

    [Fact]
    public void Out_of_descriptors_accepting_pauses_and_the_others_are_served()
    {
        OutOfDescriptorsNetwork? network = null;
        using var chat = new LoopChat(
            Pollers.Create("select"),
            new LoopLimits { AcceptPauseMs = 50 },
            inner => network = new OutOfDescriptorsNetwork(inner));
        using var ada = chat.Connect().As("ada");
        network!.RefuseNext(3);

        using var bob = chat.Connect();
        for (var i = 0; i < 3; i++)
        {
            chat.Observer.Pauses.Take("accepting pauses");
            ada.Send($"/ping {i}");
            ada.Hear($"* pong {i}");
        }

        bob.As("bob");
        ada.Hear("bob was let in", line => line.EndsWith("is now bob", StringComparison.Ordinal));
        Assert.False(chat.Observer.Pauses.TryTake(0));
    }

    [Fact]
    public void Out_of_descriptors_nobody_is_accepted_before_the_pause_is_over()
    {
        OutOfDescriptorsNetwork? network = null;
        using var chat = new LoopChat(
            Pollers.Create("select"),
            new LoopLimits { AcceptPauseMs = 60_000 },
            inner => network = new OutOfDescriptorsNetwork(inner));
        using var ada = chat.Connect().As("ada");
        network!.RefuseNext(1);
        using var bob = chat.Connect();
        chat.Observer.Pauses.Take("accepting pauses");

        // Ticks in which bob still waits in the listener's queue: a loop that listened would take him.
        for (var i = 0; i < 10; i++)
        {
            ada.Send($"/ping {i}");
            ada.Hear($"* pong {i}");
        }

        Assert.Equal(1, chat.Observer.AcceptedCount);
    }

    [Fact]
    public void Auto_goes_over_to_epoll_and_back_under_a_talk()
    {
        Assert.SkipUnless(Pollers.HasEpoll, "This system has no epoll.");
        using var chat = new LoopChat(new AutoPoller(epollAbove: 5, selectBelow: 3));
        using var ada = chat.Connect().As("ada");
        for (var round = 0; round < 20; round++)
        {
            var crowd = Enumerable.Range(0, 5).Select(i => chat.Connect().As($"c{round}-{i}")).ToArray();
            ada.Send($"/ping {round}");
            ada.Hear($"* pong {round}");
            Assert.Equal("epoll", chat.Io);

            Array.ForEach(crowd, client => Go(client, round));
            Array.ForEach(crowd, _ => chat.Observer.Closings.Take("the crowd is gone"));
            ada.Send($"/ping {round}, alone");
            ada.Hear($"* pong {round}, alone");
            ada.Send("/ping again");
            ada.Hear("* pong again");
            Assert.Equal("select", chat.Io);
        }
    }

    private static LoopChat Open(string model)
    {
        Assert.SkipUnless(Pollers.HasEpoll || model is "select" or "auto", "This system has no epoll.");

        // With the listener, one client more or less crosses it.
        return new LoopChat(model == "auto crossing" ? new AutoPoller(epollAbove: 2, selectBelow: 2) : Pollers.Create(model));
    }

    // Some say goodbye, some just close, some break off.
    private static void Go(LineClient client, int turn)
    {
        switch (turn % 3)
        {
            case 0:
                client.Send("/quit");
                client.Dispose();
                break;
            case 1:
                client.Dispose();
                break;
            default:
                client.Reset();
                break;
        }
    }
}
