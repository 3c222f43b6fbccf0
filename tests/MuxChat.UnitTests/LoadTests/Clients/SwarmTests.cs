using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.LoadTests.Clients;

/// <summary>One client against a socket on which the test plays the server, byte by byte.</summary>
public sealed class SwarmTests : IDisposable
{
    private const int Payload = 64;
    private const int Sender = 12;

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
        _server = _listener.AcceptSocket();
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
        const long LateUs = 3_000_000;
        _client.Ledger.Expect(0, 0);
        _swarm.IsMeasuring = true;
        _swarm.Say(_client, _swarm.NowUs() - LateUs);
        Receive("/nick u0\n/ping ready\n".Length);
        var line = Receive(Payload + 1);
        Send([.. "<u0> "u8, .. line]);

        Assert.Equal(1, _swarm.Latency.Count);
        Assert.True(_swarm.Latency.Max >= LateUs, $"{_swarm.Latency.Max} µs");
    }

    private static byte[] Flipped(byte[] line, int at, int bit)
    {
        var flipped = line.ToArray();
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }

    private byte[] Said(int number)
    {
        var line = new byte[Payload];
        _body.Write(Sender, number, line);
        return [.. Encoding.ASCII.GetBytes($"<u{Sender}> "), .. line, (byte)'\n'];
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

    // Client 12 does not exist here: its book is closed by hand.
    private void AssertCounts(AuditCounts expected, int sent)
    {
        _client.Ledger.Close([.. Enumerable.Repeat(sent, Sender + 1)]);
        Assert.Equal(expected, _swarm.Counts);
    }
}
