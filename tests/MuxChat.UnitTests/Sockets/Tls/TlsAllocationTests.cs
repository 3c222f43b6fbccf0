using MuxChat.Sockets.Tls;

namespace MuxChat.UnitTests.Sockets.Tls;

/// <summary>In steady state a record over TLS allocates nothing.</summary>
/// <remarks>The count is the thread's own. <see cref="TlsBuffers.CheckThread"/> proves that no other thread does any of the work.</remarks>
[Collection(nameof(Alone))]
[Trait("run", "deep")]
public sealed class TlsAllocationTests : IDisposable
{
    private const int WarmUp = 20_000;
    private const int Rounds = 5000;
    private const int Clients = 20;

    private readonly TlsServer _server = TestCertificates.Server();
    private readonly List<(TlsSession Session, MemoryTlsClient Client)> _pairs = [];
    private readonly byte[] _space = new byte[TlsBuffers.ReceiveBytes];

    public void Dispose()
    {
        foreach (var (session, client) in _pairs)
        {
            session.Dispose();
            client.Dispose();
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(4096)]
    public void Records_ofManyClients_allocateNothing(int bytes)
    {
        Open();
        var said = new byte[bytes];
        Exchange(said, WarmUp / Clients, isMeasured: false);
        Assert.Equal(0, Exchange(said, Rounds / Clients, isMeasured: true));
    }

    private long Exchange(byte[] said, int rounds, bool isMeasured)
    {
        var allocated = 0L;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (session, client) in _pairs)
            {
                ReadOnlyMemory<byte> cipher = client.Say(said);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = session.Feed(cipher[..10], _space) + session.Feed(cipher[10..], _space);
                session.Write(said);
                allocated += isMeasured ? GC.GetAllocatedBytesForCurrentThread() - before : 0;
                Assert.Equal(said.Length, read);
                client.Hear(_server.Buffers.Output.ToArray());
                _server.Buffers.ClearOutput();
            }
        }

        return allocated;
    }

    private void Open()
    {
        for (var i = 0; i < Clients; i++)
        {
            var (session, client) = (new TlsSession(_server, TlsOffers.None), new MemoryTlsClient());
            _pairs.Add((session, client));
            for (var step = 0; step < 8 && (session.IsOpening || !client.IsOpen); step++)
            {
                session.Feed(client.ReadCipher(), _space);
                client.Hear(_server.Buffers.Output.ToArray());
                _server.Buffers.ClearOutput();
            }
        }
    }
}
