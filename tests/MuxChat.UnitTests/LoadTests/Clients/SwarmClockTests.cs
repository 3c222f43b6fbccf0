using System.Net;
using System.Net.Sockets;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Wires;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.LoadTests.Clients;

/// <summary>When lines and logins count from, and until when; and that connecting keeps nobody waiting.</summary>
public sealed class SwarmClockTests : SwarmHarness
{
    [Fact]
    public void Line_that_is_said_counts_its_latency_from_when_it_was_due()
    {
        Client.Ledger.Expect(0, 0);
        Swarm.StartMeasuring();
        var dueUs = Swarm.NowUs();
        PumpUntil(() => Swarm.NowUs() > dueUs + LateUs, "time has passed");
        Swarm.Say(Client, dueUs);
        Hear();

        Assert.Equal(1, Swarm.Latency.Count);
        Assert.True(Swarm.Latency.Max >= LateUs, $"{Swarm.Latency.Max} µs");
        Assert.True(Swarm.Lag.Max >= LateUs, $"{Swarm.Lag.Max} µs");
    }

    [Fact]
    public void Line_that_was_due_in_the_measured_time_and_comes_after_it_is_measured()
    {
        Client.Ledger.Expect(0, 0);
        Swarm.StartMeasuring();
        var dueUs = Swarm.NowUs();
        Swarm.Say(Client, dueUs);
        Swarm.StopMeasuring(dueUs + 1);
        PumpUntil(() => Swarm.NowUs() > dueUs + LateUs, "time has passed");
        Hear();

        Assert.Equal(1, Swarm.Latency.Count);
        Assert.True(Swarm.Latency.Max >= LateUs, $"{Swarm.Latency.Max} µs");
    }

    [Fact]
    public void Line_that_was_due_outside_the_measured_time_is_not_measured()
    {
        Client.Ledger.Expect(0, 0);
        var before = Swarm.NowUs() - LateUs;
        Swarm.StartMeasuring();
        Swarm.StopMeasuring(Swarm.NowUs() + LateUs);
        Swarm.Say(Client, before);
        Hear();
        Swarm.Say(Client, Swarm.NowUs() + (100 * LateUs));
        Send([.. "<u0> "u8, .. Receive(Payload + 1)]);

        Assert.Equal(2, Swarm.Counts.Delivered);
        Assert.Equal(0, Swarm.Latency.Count);
    }

    [Fact]
    public void Data_that_comes_while_the_swarm_works_on_other_clients_is_stamped_when_it_is_read()
    {
        // One poll finds both clients ready. While the first one's line is worked on, time passes: the second one's is read after that.
        var other = Swarm.Connect("/nick u1\n");
        using var second = Accept(other);
        Client.Ledger.Expect(0, 0);
        other.Ledger.Expect(0, 0);
        var stamps = new List<long>();
        Swarm.Heard = (_, _) =>
        {
            stamps.Add(Swarm.ArrivedUs);
            while (Swarm.NowUs() < stamps[0] + LateUs)
            {
                Thread.Yield();
            }
        };
        Swarm.Say(Client, Swarm.NowUs());
        Receive("/nick u0\n/ping ready\n".Length);
        byte[] line = [.. "<u0> "u8, .. Receive(Payload + 1)];
        Server.Send(line);
        second.Send(line);
        Assert.True(second.Poll(-1, SelectMode.SelectWrite));
        PumpUntil(() => stamps.Count == 2, "both have heard it");

        Assert.True(stamps[1] >= stamps[0] + LateUs, $"{stamps[1] - stamps[0]} µs");
    }

    [Fact]
    public void Login_counts_from_when_it_was_due_until_the_ping_came_back()
    {
        Receive("/nick u0\n/ping ready\n".Length);
        var late = Swarm.NowUs() - LateUs;
        using var second = Accept(Swarm.Connect("/nick u1\n", isAudited: true, late));
        second.Send("* pong ready\n"u8);
        PumpUntil(() => Swarm.Clients[1].IsReady, "the client is in");

        Assert.Equal(1, Swarm.Logins.Count);
        Assert.True(Swarm.Logins.Max >= LateUs, $"{Swarm.Logins.Max} µs");
    }

    [Fact]
    public void Connecting_waits_for_nobody_who_does_not_answer()
    {
        // A listener that accepts nobody and whose queue is full answers no more: connect(2) would block.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var swarm = new Swarm((IPEndPoint)full.LocalEndPoint!, Payload);
        var clients = Enumerable.Range(0, 10).Select(i => swarm.Connect($"/nick u{i}\n")).ToList();
        Assert.Contains(clients, client => client.IsConnecting);
        Assert.DoesNotContain(clients, client => client.IsClosed);
    }

    [Fact]
    public void Connection_that_nobody_takes_is_refused_with_the_reason()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var nobody = (IPEndPoint)free.LocalEndpoint;
        free.Dispose();
        using var swarm = new Swarm(nobody, Payload);
        var error = Assert.Throws<LoadException>(() => swarm.Login(1, _ => "/nick u0\n", Guard.Time));
        Assert.Contains("cannot connect", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Orders_of_receivers_are_compared_where_the_transport_has_one(bool hasOneOrder, int reordered)
    {
        using var swarm = new Swarm((IPEndPoint)Listener.LocalEndpoint, Payload, Transport.Tcp with { HasOneOrder = hasOneOrder });
        for (var speaker = 0; speaker < 2; speaker++)
        {
            swarm.Connect("").NextNumber = 1;
            Listener.AcceptSocket().Dispose();
        }

        var expected = 0;
        foreach (var order in (int[][])[[0, 1], [1, 0]])
        {
            var listener = swarm.Connect("");
            using var server = Listener.AcceptSocket();
            Array.ForEach(order, speaker => listener.Ledger.Expect(speaker, 0));
            Array.ForEach(order, speaker => server.Send(Said(0, speaker)));
            expected += order.Length;
            Assert.True(swarm.PumpUntil(() => swarm.Counts.Delivered == expected, Guard.Time), $"{swarm.Counts}");
        }

        swarm.CloseLedgers();
        Assert.Equal(reordered, swarm.Counts.Reordered);
    }
}
