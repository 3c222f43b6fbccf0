using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.LoadTests;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;
using MuxChat.LoadTests.Wires;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.LoadTests.Clients;

/// <summary>One client against a socket on which the test plays the server, byte by byte.</summary>
public sealed class SwarmTests : IDisposable
{
    private const int Payload = 64;
    private const int Sender = 12;
    private const long LateUs = 20_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Swarm _swarm;
    private readonly LoadClient _client;
    private readonly Socket _server;
    private readonly LineBody _body = new(Payload);

    public SwarmTests()
    {
        _listener.Start();
        _swarm = new Swarm((IPEndPoint)_listener.LocalEndpoint, Payload);
        _client = _swarm.Connect("/nick u0\n");
        _server = Accept(_client);
        _server.NoDelay = true;
        _server.ReceiveTimeout = Guard.Ms;
        _client.Ledger.Expect(Sender, 0);
    }

    public void Dispose()
    {
        _swarm.Dispose();
        _server.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void Lines_that_arrive_whole_are_delivered()
    {
        Send([.. Said(0), .. Said(1), .. Said(2)]);
        AssertCounts(new AuditCounts { Delivered = 3 }, sent: 3);
    }

    [Fact]
    public void Lines_that_arrive_byte_by_byte_are_delivered()
    {
        foreach (var one in (byte[])[.. Said(0), .. Said(1)])
        {
            var before = _swarm.BytesReceived;
            _server.Send([one]);
            PumpUntil(() => _swarm.BytesReceived > before, "the byte has come");
        }

        AssertCounts(new AuditCounts { Delivered = 2 }, sent: 2);
    }

    [Fact]
    public void Line_that_shows_its_room_is_delivered()
    {
        Send([.. "[#load0] "u8, .. Said(0)]);
        AssertCounts(new AuditCounts { Delivered = 1 }, sent: 1);
    }

    [Fact]
    public void Line_with_any_one_bit_changed_is_corrupted_and_nothing_else()
    {
        var line = Said(0);
        var bits = 0;
        for (var at = 0; at < line.Length - 1; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                Send(Flipped(line, at, bit));
                bits++;
                Assert.True(_swarm.Counts.Corrupted == bits, $"byte {at}, bit {bit}: {_swarm.Counts}");
            }
        }

        AssertCounts(new AuditCounts { Corrupted = bits }, sent: bits);
    }

    [Fact]
    public void Line_that_says_it_is_of_another_sender_than_its_nick_is_corrupted()
    {
        Send([.. "<u13> "u8, .. Said(0).AsSpan("<u12> ".Length)]);
        AssertCounts(new AuditCounts { Corrupted = 1 }, sent: 1);
    }

    [Fact]
    public void Empty_line_is_corrupted()
    {
        Send("\n"u8);
        AssertCounts(new AuditCounts { Corrupted = 1 }, sent: 0);
    }

    [Fact]
    public void Error_of_the_servers_is_refused_and_kept_for_the_report()
    {
        Send("! you are too loud\n! you are too loud\n"u8);
        AssertCounts(new AuditCounts { Refused = 2 }, sent: 0);
        Assert.Equal(2, _swarm.Errors["! you are too loud"]);
    }

    [Fact]
    public void Connection_that_the_server_closes_unasked_is_refused()
    {
        _server.Shutdown(SocketShutdown.Both);
        PumpUntil(() => _client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(1, _swarm.Counts.Refused);
    }

    [Fact]
    public void Connection_that_ends_after_a_goodbye_is_not_refused()
    {
        _client.IsLeaving = true;
        _server.Shutdown(SocketShutdown.Both);
        PumpUntil(() => _client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(0, _swarm.Counts.Refused);
    }

    [Fact]
    public void Client_that_stopped_reading_is_cut_without_a_word_and_without_being_read()
    {
        _client.Reads = false;
        _swarm.UpdateInterest(_client);
        _server.Send([.. Said(0), .. Said(1)]);
        _server.LingerState = new LingerOption(true, 0);
        _server.Dispose();
        PumpUntil(() => _client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(new AuditCounts(), _swarm.Counts);
    }

    [Fact]
    public void Client_is_ready_once_its_ping_came_back()
    {
        var heard = Receive("/nick u0\n/ping ready\n".Length);
        Assert.Equal("/nick u0\n/ping ready\n", Encoding.ASCII.GetString(heard));
        Send("* Welcome\n"u8);
        Assert.False(_client.IsReady);
        Send("* pong ready\n"u8);
        Assert.True(_client.IsReady);
        Assert.True(_swarm.Counts.IsClean);
    }

    [Fact]
    public void Line_that_is_said_counts_its_latency_from_when_it_was_due()
    {
        _client.Ledger.Expect(0, 0);
        _swarm.StartMeasuring();
        var dueUs = _swarm.NowUs();
        PumpUntil(() => _swarm.NowUs() > dueUs + LateUs, "time has passed");
        _swarm.Say(_client, dueUs);
        Hear();

        Assert.Equal(1, _swarm.Latency.Count);
        Assert.True(_swarm.Latency.Max >= LateUs, $"{_swarm.Latency.Max} µs");
        Assert.True(_swarm.Lag.Max >= LateUs, $"{_swarm.Lag.Max} µs");
    }

    [Fact]
    public void Line_that_was_due_in_the_measured_time_and_comes_after_it_is_measured()
    {
        _client.Ledger.Expect(0, 0);
        _swarm.StartMeasuring();
        var dueUs = _swarm.NowUs();
        _swarm.Say(_client, dueUs);
        _swarm.StopMeasuring(dueUs + 1);
        PumpUntil(() => _swarm.NowUs() > dueUs + LateUs, "time has passed");
        Hear();

        Assert.Equal(1, _swarm.Latency.Count);
        Assert.True(_swarm.Latency.Max >= LateUs, $"{_swarm.Latency.Max} µs");
    }

    [Fact]
    public void Line_that_was_due_outside_the_measured_time_is_not_measured()
    {
        _client.Ledger.Expect(0, 0);
        var before = _swarm.NowUs() - LateUs;
        _swarm.StartMeasuring();
        _swarm.StopMeasuring(_swarm.NowUs() + LateUs);
        _swarm.Say(_client, before);
        Hear();
        _swarm.Say(_client, _swarm.NowUs() + (100 * LateUs));
        Send([.. "<u0> "u8, .. Receive(Payload + 1)]);

        Assert.Equal(2, _swarm.Counts.Delivered);
        Assert.Equal(0, _swarm.Latency.Count);
    }

    [Fact]
    public void Data_that_comes_while_the_swarm_works_on_other_clients_is_stamped_when_it_is_read()
    {
        // One poll finds both clients ready. While the first one's line is worked on, time passes: the second one's is read after that.
        var other = _swarm.Connect("/nick u1\n");
        using var second = Accept(other);
        _client.Ledger.Expect(0, 0);
        other.Ledger.Expect(0, 0);
        var stamps = new List<long>();
        _swarm.Heard = (_, _) =>
        {
            stamps.Add(_swarm.ArrivedUs);
            while (_swarm.NowUs() < stamps[0] + LateUs)
            {
                Thread.Yield();
            }
        };
        _swarm.Say(_client, _swarm.NowUs());
        Receive("/nick u0\n/ping ready\n".Length);
        byte[] line = [.. "<u0> "u8, .. Receive(Payload + 1)];
        _server.Send(line);
        second.Send(line);
        Assert.True(second.Poll(-1, SelectMode.SelectWrite));
        PumpUntil(() => stamps.Count == 2, "both have heard it");

        Assert.True(stamps[1] >= stamps[0] + LateUs, $"{stamps[1] - stamps[0]} µs");
    }

    [Fact]
    public void Login_counts_from_when_it_was_due_until_the_ping_came_back()
    {
        Receive("/nick u0\n/ping ready\n".Length);
        var late = _swarm.NowUs() - LateUs;
        using var second = Accept(_swarm.Connect("/nick u1\n", isAudited: true, late));
        second.Send("* pong ready\n"u8);
        PumpUntil(() => _swarm.Clients[1].IsReady, "the client is in");

        Assert.Equal(1, _swarm.Logins.Count);
        Assert.True(_swarm.Logins.Max >= LateUs, $"{_swarm.Logins.Max} µs");
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
        using var swarm = new Swarm((IPEndPoint)_listener.LocalEndpoint, Payload, Transport.Tcp with { HasOneOrder = hasOneOrder });
        for (var speaker = 0; speaker < 2; speaker++)
        {
            swarm.Connect("").NextNumber = 1;
            _listener.AcceptSocket().Dispose();
        }

        var expected = 0;
        foreach (var order in (int[][])[[0, 1], [1, 0]])
        {
            var listener = swarm.Connect("");
            using var server = _listener.AcceptSocket();
            Array.ForEach(order, speaker => listener.Ledger.Expect(speaker, 0));
            Array.ForEach(order, speaker => server.Send(Said(0, speaker)));
            expected += order.Length;
            Assert.True(swarm.PumpUntil(() => swarm.Counts.Delivered == expected, Guard.Time), $"{swarm.Counts}");
        }

        swarm.CloseLedgers();
        Assert.Equal(reordered, swarm.Counts.Reordered);
    }

    private static byte[] Flipped(byte[] line, int at, int bit)
    {
        var flipped = line.ToArray();
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }

    private byte[] Said(int number, int sender = Sender)
    {
        var line = new byte[Payload];
        _body.Write(sender, number, line);
        return [.. Encoding.ASCII.GetBytes($"<u{sender}> "), .. line, (byte)'\n'];
    }

    private void PumpUntil(Func<bool> condition, string what) =>
        Assert.True(_swarm.PumpUntil(condition, Guard.Time),
        $"Within {Guard.Ms} ms it did not come to this: {what}; {_swarm.BytesReceived} bytes, {_swarm.Counts}");

    // Sends and pumps until all of it was received and parsed.
    private void Send(ReadOnlySpan<byte> bytes)
    {
        var until = _swarm.BytesReceived + bytes.Length;
        _server.Send(bytes);
        PumpUntil(() => _swarm.BytesReceived >= until, $"{until} bytes have come");
    }

    private byte[] Receive(int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var received = _server.Receive(bytes.AsSpan(at));
            Assert.True(received > 0, $"The client closed after {at} of {length} bytes.");
            at += received;
        }

        return bytes;
    }

    // The first lines wait until the connection is made, which only the pump notices.
    private Socket Accept(LoadClient client)
    {
        PumpUntil(() => !client.IsConnecting, "the client is connected");
        return _listener.AcceptSocket();
    }

    // The server lets the client hear its own line.
    private void Hear()
    {
        Receive("/nick u0\n/ping ready\n".Length);
        Send([.. "<u0> "u8, .. Receive(Payload + 1)]);
    }

    // Client 12 does not exist here: its book is closed by hand.
    private void AssertCounts(AuditCounts expected, int sent)
    {
        _client.Ledger.Close([.. Enumerable.Repeat(sent, Sender + 1)]);
        Assert.Equal(expected, _swarm.Counts);
    }
}
