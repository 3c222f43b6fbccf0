using System.Net.Sockets;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Core.Protocols.Json;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;
using MuxChat.UnitTests.Core.Chat.History;
using MuxChat.UnitTests.Sockets.Support;

namespace MuxChat.UnitTests.Comparison;

/// <summary>The chat under threads. One class, one after the other: the only one in this process whose threads have these names.</summary>
public sealed class ThreadedServerTests
{
    /// <summary>No client is closed for being slow: only the stop can end it.</summary>
    private static readonly SlowConsumerRule Never = new() { HardBytes = long.MaxValue, SoftBytes = long.MaxValue };

    // Named by ThreadedServer, ClientWriter and ThreadedClient.
    private static readonly string[] ThreadNames = ["accept", "reader", "writer"];

    [Fact]
    public void Two_clients_hear_each_other()
    {
        using var chat = new ThreadedChat();
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

    [Fact]
    public void Lines_said_at_once_by_many_reach_each_in_the_order_they_were_said()
    {
        const int clients = 4;
        const int lines = 200;
        using var chat = new ThreadedChat();
        using var listener = chat.Connect().As("listener");
        var speakers = Enumerable.Range(0, clients).Select(speaker => Background.Start("somebody speaks", () =>
        {
            using var client = chat.Connect().As($"s{speaker}");
            for (var i = 0; i < lines; i++)
            {
                client.Send($"{i}");
            }

            client.Send("/quit");
            client.Hear("* goodbye: you quit");
        })).ToArray();

        var next = new int[clients];
        for (var heard = 0; heard < clients * lines;)
        {
            var line = listener.TryReadLine();
            Assert.NotNull(line);
            if (line.StartsWith("<s", StringComparison.Ordinal))
            {
                var speaker = line[2] - '0';
                Assert.Equal($"<s{speaker}> {next[speaker]++}", line);
                heard++;
            }
        }

        Array.ForEach(speakers, speaker => speaker.Finish());
    }

    [Fact]
    public void Client_that_resets_in_mid_line_is_gone_for_the_others()
    {
        using var chat = new ThreadedChat();
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect().As("bob");
        bob.SendBytes("half a li"u8);

        bob.Reset();

        ada.Hear("* bob quit: connection reset");
        chat.Observer.Closings.Take("bob is closed");
        Assert.Equal([CloseReason.Reset], chat.Observer.Reasons);
    }

    [Fact]
    public void Client_that_closes_its_side_gets_the_rest()
    {
        using var chat = new ThreadedChat();
        using var ada = chat.Connect().As("ada");

        ada.Send("/ping last");
        ada.ShutdownSend();

        Assert.Equal("* pong last", ada.ReadLinesToEnd()[^1]);
        chat.Observer.Closings.Take("ada is closed");
        Assert.Equal([CloseReason.EndOfInput], chat.Observer.Reasons);
    }

    [Fact]
    public void Stop_tells_every_client_and_ends_every_thread()
    {
        using var chat = new ThreadedChat();
        var clients = Enumerable.Range(0, 8).Select(i => chat.Connect().As($"c{i}")).ToArray();
        Assert.True(CountThreads() >= 17 || !OperatingSystem.IsLinux(), "Two threads a client and one that accepts.");

        chat.RequestStop();

        foreach (var client in clients)
        {
            Assert.Equal("* goodbye: the server is stopping", client.ReadLinesToEnd()[^1]);
            client.Dispose();
        }

        chat.Stop();
        Assert.Equal(Enumerable.Repeat(CloseReason.ServerStopping, 8), chat.Observer.Reasons);
        AssertNoThreadsLeft();
        using var late = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => late.Connect(chat.EndPoint)).SocketErrorCode);
    }

    [Fact]
    public void Stop_while_a_client_never_reads_ends_within_the_limits()
    {
        using var chat = new ThreadedChat(new LoopLimits { FlushMs = 300, LingerMs = 300, SlowConsumer = Never });
        using var deaf = chat.Connect(receiveBufferBytes: 4096).As("deaf");
        using var ada = chat.Connect().As("ada");
        Stuff(ada, megabytes: 16);
        Assert.Empty(chat.Observer.Reasons);

        chat.Stop();

        Assert.Equal([CloseReason.ServerStopping, CloseReason.ServerStopping], chat.Observer.Reasons);
        AssertNoThreadsLeft();
    }

    [Fact]
    public void Client_that_reads_only_after_the_stop_gets_the_rest()
    {
        using var chat = new ThreadedChat(new LoopLimits { FlushMs = Guard.Ms, LingerMs = Guard.Ms, SlowConsumer = Never });
        using var late = chat.Connect(receiveBufferBytes: 4096).As("late");
        using var ada = chat.Connect().As("ada");
        Stuff(ada, megabytes: 16);

        chat.RequestStop();

        Assert.Equal("* goodbye: the server is stopping", late.ReadLinesToEnd()[^1]);
        late.Dispose();
        ada.Dispose();
        chat.Stop();
        AssertNoThreadsLeft();
    }

    [Fact]
    public void Stop_while_an_answer_of_the_disk_never_comes_ends_within_the_limits()
    {
        using var chat = new ThreadedChat(new LoopLimits { FlushMs = 300, LingerMs = 300 }, protocol: new JsonProtocol(),
            journal: new FakeJournal());
        using var robot = new FrameClient(chat.EndPoint);
        robot.Send("""{"type":"say","text":"x","id":1}""");
        robot.Sync();

        chat.Stop();

        Assert.Equal([CloseReason.ServerStopping], chat.Observer.Reasons);
        AssertNoThreadsLeft();
    }

    [Fact]
    public void Stop_while_clients_stay_and_say_nothing_ends_within_the_limits()
    {
        using var chat = new ThreadedChat(new LoopLimits { FlushMs = Guard.Ms, LingerMs = 300 });
        using var ada = chat.Connect().As("ada");
        using var silent = chat.Connect();

        // They read the goodbye and do not close.
        chat.Stop();

        AssertNoThreadsLeft();
        Assert.Equal("* goodbye: the server is stopping", ada.ReadLinesToEnd()[^1]);
    }

    [Fact]
    public void Client_that_never_reads_is_cut_and_the_others_hear_of_it()
    {
        var rule = new SlowConsumerRule { HardBytes = 256 * 1024, SoftBytes = 128 * 1024, SoftMs = 300 };
        using var chat = new ThreadedChat(new LoopLimits { SlowConsumer = rule });
        using var deaf = chat.Connect(receiveBufferBytes: 4096).As("deaf");
        using var ada = chat.Connect().As("ada");

        Say(ada, megabytes: 16);

        ada.Hear("* deaf quit: slow consumer");
        chat.Observer.Closings.Take("the deaf one is closed");
        Assert.Equal([CloseReason.SlowConsumer], chat.Observer.Reasons);
        deaf.Dispose();
        ada.Send("/ping still");
        ada.Hear("* pong still");
    }

    [Fact]
    public void Full_server_turns_the_next_one_away()
    {
        using var chat = new ThreadedChat(new LoopLimits { Clients = 1 });
        using var ada = chat.Connect().As("ada");
        using var bob = chat.Connect();

        Assert.Equal(["! the server is full (1 clients): try again later"], bob.ReadLinesToEnd());
        chat.Observer.TurnedAways.Take("bob is turned away");
        ada.Send("/ping");
        ada.Hear("* pong");
    }

    [Fact]
    public void Churn_of_connections_leaves_no_thread_behind()
    {
        const int rounds = 100;
        using var chat = new ThreadedChat();
        for (var i = 0; i < rounds; i++)
        {
            using var client = chat.Connect().As($"c{i}");
            if (i % 2 == 0)
            {
                client.Reset();
            }
        }

        for (var i = 0; i < rounds; i++)
        {
            chat.Observer.Closings.Take("everybody who came goes");
        }

        chat.Stop();
        Assert.Equal(0, chat.Observer.Clients);
        AssertNoThreadsLeft();
    }

    // The one who says all this is in the room too, but is not shown its own lines.
    private static void Stuff(LineClient client, int megabytes)
    {
        Say(client, megabytes);
        client.Send("/ping said");
        client.Hear("* pong said", read => read is "* pong said");
    }

    private static void Say(LineClient client, int megabytes)
    {
        var line = new string('x', 4000);
        for (var i = 0; i < megabytes * 256; i++)
        {
            client.Send(line);
        }
    }

    // A server's Run returns when its last client is closed; that client's own threads may then have a few instructions left.
    private static void AssertNoThreadsLeft() => Guard.Until(() => CountThreads() == 0, "the server's threads have all ended");

    private static int CountThreads()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var count = 0;
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                count += ThreadNames.Contains(File.ReadAllText(Path.Combine(task, "comm")).Trim()) ? 1 : 0;
            }
            catch (IOException)
            {
                // It has ended in between, and counts no more.
                continue;
            }
        }

        return count;
    }
}
