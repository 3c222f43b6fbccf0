using System.Net.Sockets;
using System.Text;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;

namespace MuxChat.UnitTests.LoadTests.Clients;

/// <summary>What a client makes of the bytes that come: the audit, closes and refusals.</summary>
public sealed class SwarmTests : SwarmHarness
{
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
            var before = Swarm.BytesReceived;
            Server.Send([one]);
            PumpUntil(() => Swarm.BytesReceived > before, "the byte has come");
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
                Assert.True(Swarm.Counts.Corrupted == bits, $"byte {at}, bit {bit}: {Swarm.Counts}");
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
        Assert.Equal(2, Swarm.Errors["! you are too loud"]);
    }

    [Fact]
    public void Connection_that_the_server_closes_unasked_is_refused()
    {
        Server.Shutdown(SocketShutdown.Both);
        PumpUntil(() => Client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(1, Swarm.Counts.Refused);
    }

    [Fact]
    public void Connection_that_ends_after_a_goodbye_is_not_refused()
    {
        Client.IsLeaving = true;
        Server.Shutdown(SocketShutdown.Both);
        PumpUntil(() => Client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(0, Swarm.Counts.Refused);
    }

    [Fact]
    public void Client_that_stopped_reading_is_cut_without_a_word_and_without_being_read()
    {
        Client.Reads = false;
        Swarm.UpdateInterest(Client);
        Server.Send([.. Said(0), .. Said(1)]);
        Server.LingerState = new LingerOption(true, 0);
        Server.Dispose();
        PumpUntil(() => Client.IsClosed, "the client sees that the server has closed");
        Assert.Equal(new AuditCounts(), Swarm.Counts);
    }

    [Fact]
    public void Client_is_ready_once_its_ping_came_back()
    {
        var heard = Receive("/nick u0\n/ping ready\n".Length);
        Assert.Equal("/nick u0\n/ping ready\n", Encoding.ASCII.GetString(heard));
        Send("* Welcome\n"u8);
        Assert.False(Client.IsReady);
        Send("* pong ready\n"u8);
        Assert.True(Client.IsReady);
        Assert.True(Swarm.Counts.IsClean);
    }

    private static byte[] Flipped(byte[] line, int at, int bit)
    {
        var flipped = line.ToArray();
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }
}
