using System.Net;
using System.Net.Sockets;
using System.Text;
using MuxChat.LoadTests.Audit;
using MuxChat.LoadTests.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.LoadTests.Clients;

/// <summary>One client against a socket on which the test plays the server, byte by byte.</summary>
public abstract class SwarmHarness : IDisposable
{
    private protected const int Payload = 64;
    private protected const int Sender = 12;
    /// <summary>Long against what a machine does in between, in microseconds.</summary>
    private protected const long LateUs = 20_000;

    private readonly LineBody _body = new(Payload);

    protected SwarmHarness()
    {
        Listener.Start();
        Swarm = new Swarm((IPEndPoint)Listener.LocalEndpoint, Payload);
        Client = Swarm.Connect("/nick u0\n");
        Server = Accept(Client);
        Server.NoDelay = true;
        Server.ReceiveTimeout = Guard.Ms;
        Client.Ledger.Expect(Sender, 0);
    }

    private protected TcpListener Listener { get; } = new(IPAddress.Loopback, 0);

    private protected Swarm Swarm { get; }

    private protected LoadClient Client { get; }

    private protected Socket Server { get; }

    public void Dispose()
    {
        Swarm.Dispose();
        Server.Dispose();
        Listener.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected byte[] Said(int number, int sender = Sender)
    {
        var line = new byte[Payload];
        _body.Write(sender, number, line);
        return [.. Encoding.ASCII.GetBytes($"<u{sender}> "), .. line, (byte)'\n'];
    }

    private protected void PumpUntil(Func<bool> condition, string what) =>
        Assert.True(Swarm.PumpUntil(condition, Guard.Time),
        $"Within {Guard.Ms} ms it did not come to this: {what}; {Swarm.BytesReceived} bytes, {Swarm.Counts}");

    // Sends and pumps until all of it was received and parsed.
    private protected void Send(ReadOnlySpan<byte> bytes)
    {
        var until = Swarm.BytesReceived + bytes.Length;
        Server.Send(bytes);
        PumpUntil(() => Swarm.BytesReceived >= until, $"{until} bytes have come");
    }

    private protected byte[] Receive(int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var received = Server.Receive(bytes.AsSpan(at));
            Assert.True(received > 0, $"The client closed after {at} of {length} bytes.");
            at += received;
        }

        return bytes;
    }

    // The first lines wait until the connection is made, which only the pump notices.
    private protected Socket Accept(LoadClient client)
    {
        PumpUntil(() => !client.IsConnecting, "the client is connected");
        return Listener.AcceptSocket();
    }

    // The server lets the client hear its own line.
    private protected void Hear()
    {
        Receive("/nick u0\n/ping ready\n".Length);
        Send([.. "<u0> "u8, .. Receive(Payload + 1)]);
    }

    // Client 12 does not exist here: its book is closed by hand.
    private protected void AssertCounts(AuditCounts expected, int sent)
    {
        Client.Ledger.Close([.. Enumerable.Repeat(sent, Sender + 1)]);
        Assert.Equal(expected, Swarm.Counts);
    }
}
