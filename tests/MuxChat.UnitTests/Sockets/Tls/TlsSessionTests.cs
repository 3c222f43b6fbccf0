using System.Security.Authentication;
using System.Text;
using MuxChat.Sockets.Tls;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Sockets.Tls;

/// <summary>One TLS connection in memory: every byte between client and server passes through the test.</summary>
public sealed class TlsSessionTests : IDisposable
{
    private readonly TlsServer _server = TestCertificates.Server();
    private readonly byte[] _space = new byte[TlsBuffers.ReceiveBytes];
    private readonly List<IDisposable> _made = [];

    public void Dispose() => _made.ForEach(static one => one.Dispose());

    [Theory]
    [InlineData(SslProtocols.Tls12, int.MaxValue)]
    [InlineData(SslProtocols.Tls13, int.MaxValue)]
    [InlineData(SslProtocols.Tls12, 1)]
    [InlineData(SslProtocols.Tls13, 1)]
    [InlineData(SslProtocols.Tls13, 7)]
    public void Handshake_inPiecesOfAnySize_opensBothSides(SslProtocols version, int pieceBytes)
    {
        var (session, client) = Open(version, pieceBytes);
        Assert.Equal((false, true, version, ""), (session.IsOpening, client.IsOpen, client.Version, session.Fault));
        Assert.Equal("hello", Text(Feed(session, client.Say("hello"u8), pieceBytes)));
        session.Write("and hello"u8);
        Assert.Equal("and hello", Text(client.Hear(ReadOutput())));
    }

    [Fact]
    public void Handshake_thatIsTooLong_isAFaultBeforeItIsWhole()
    {
        using var session = new TlsSession(_server, TlsOffers.None);
        session.Feed(new byte[] { 0x16, 3, 1, 0x44, 0 }, _space);
        while (session.MaxFeedBytes > 1)
        {
            session.Feed(new byte[session.MaxFeedBytes - 1], _space);
            Assert.Equal("", session.Fault);
        }

        session.Feed(new byte[1], _space);
        Assert.Equal("the handshake is too long", session.Fault);
    }

    [Fact]
    public void Records_severalInOneRead_areAllReturnedByIt()
    {
        var (session, client) = Open();
        byte[] all = [.. client.Say("one"u8), .. client.Say("two"u8), .. client.Say("three"u8)];
        Assert.Equal("onetwothree", Text(Feed(session, all)));
        Assert.Equal(0, session.HeldBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(30_000)]
    public void Plaintext_ofAnySize_isTheSame(int bytes)
    {
        var (session, client) = Open();
        var said = new byte[bytes];
        new Random(bytes).NextBytes(said);
        var cipher = client.Say(said);
        Assert.Equal(said, Feed(session, cipher));

        session.Write(said);
        Assert.Equal(said, client.Hear(ReadOutput()));
    }

    [Fact]
    public void Record_thatIsCutAtEveryByte_isHeldUntilItIsWhole()
    {
        var (session, client) = Open();
        var length = client.Say("hello"u8).Length;
        (session, client) = Open();
        for (var cut = 0; cut < length; cut++)
        {
            var record = client.Say("hello"u8);
            Assert.Empty(Feed(session, record[..cut]));
            Assert.Equal(cut, session.HeldBytes);
            Assert.Equal("hello", Text(Feed(session, record[cut..])));
        }
    }

    [Fact]
    public void Peer_thatSaysGoodbye_endsItsSideOnly()
    {
        var (session, client) = Open();
        Assert.Equal("last words", Text(Feed(session, [.. client.Say("last words"u8), .. client.SayGoodbye()])));
        Assert.True(session.IsEnded);
        session.Write("an answer"u8);
        session.Shutdown();
        Assert.Equal("an answer", Text(client.Hear(ReadOutput())));
        Assert.True(client.IsEnded);
        Assert.Empty(Feed(session, "noise"u8.ToArray()));
    }

    [Fact]
    public void Shutdown_beforeTheHandshakeOrTwice_saysNothingMore()
    {
        using var early = new TlsSession(_server, TlsOffers.None);
        early.Shutdown();
        Assert.Equal(0, _server.Buffers.OutputCount);
        var (session, _) = Open();
        session.Shutdown();
        Assert.NotEmpty(ReadOutput());
        session.Shutdown();
        Assert.Empty(ReadOutput());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "the client did not speak TLS")]
    [InlineData("\x80\x2e\x01\x00\x02", "the client did not speak TLS")]
    [InlineData("\x16\x03\x01\x7f\xff", "a record is too long")]
    public void Noise_insteadOfAHandshake_isAFaultWithoutAnAnswer(string noise, string fault)
    {
        using var session = new TlsSession(_server, TlsOffers.None);
        Assert.Empty(Feed(session, [.. noise.Select(static one => (byte)one)]));
        Assert.Equal((fault, true, 0), (session.Fault, session.IsOpening, _server.Buffers.OutputCount));
        Assert.Empty(Feed(session, "more"u8.ToArray()));
    }

    [Fact]
    public void Noise_atEveryByteOfAClientHello_isNeverAnException()
    {
        using var client = new MemoryTlsClient();
        var hello = client.ReadCipher();
        for (var at = 0; at < hello.Length; at++)
        {
            var spoilt = hello.ToArray();
            spoilt[at] ^= 0x55;
            using var session = new TlsSession(_server, TlsOffers.Irc | TlsOffers.Http);
            Assert.Empty(Feed(session, spoilt));
            Assert.True(session.IsOpening, $"it opened with byte {at} spoilt");
            _server.Buffers.ClearOutput();
        }
    }

    [Fact]
    public void Noise_atEveryByteOfARecord_isAFaultAndNothingIsReadAfterIt()
    {
        var length = Open().Client.Say("hello"u8).Length;
        for (var at = RecordBorder.HeaderBytes; at < length; at++)
        {
            var (session, client) = Open();
            var record = client.Say("hello"u8);
            record[at] ^= 0x55;
            Assert.Empty(Feed(session, record));
            Assert.True(session.IsFaulty, $"no fault with byte {at} spoilt");
            Assert.Empty(Feed(session, client.Say("more"u8)));
        }
    }

    [Fact]
    public void Client_thatSharesNoVersion_isAFaultWithAnAlert()
    {
        // The versions of a hello are in an extension since TLS 1.3. Without any, and with an old number, it is TLS 1.0.
        using var client = new MemoryTlsClient(protocols: SslProtocols.Tls12);
        var hello = client.ReadCipher();
        hello[10] = 1;
        using var session = new TlsSession(_server, TlsOffers.None);
        Feed(session, hello);
        Assert.True(session is { IsFaulty: true, IsOpening: true });
        Assert.Equal(21, ReadOutput()[0]);
    }

    [Theory]
    [InlineData(TlsOffers.Irc | TlsOffers.Http, "irc", "irc")]
    [InlineData(TlsOffers.Irc | TlsOffers.Http, "h2,http/1.1", "http/1.1")]
    [InlineData(TlsOffers.Irc | TlsOffers.Http, "http/1.1,irc", "irc")]
    [InlineData(TlsOffers.Irc | TlsOffers.Http, "h2,xmpp-client", "")]
    [InlineData(TlsOffers.Irc | TlsOffers.Http, null, "")]
    [InlineData(TlsOffers.Http, "irc", "")]
    [InlineData(TlsOffers.None, "irc,http/1.1", "")]
    public void ApplicationProtocol_isTheFirstSharedOne_andNoneIsNoFault(TlsOffers offers, string? offered, string agreed)
    {
        var (session, client) = Open(alpn: offered?.Split(','), offers: offers);
        Assert.Equal((true, agreed, agreed), (client.IsOpen, client.Protocol, session.Protocol));
    }

    [Theory]
    [InlineData("first.test", "CN=first.test")]
    [InlineData("chat.example.org", "CN=chat.example.org")]
    [InlineData("CHAT.Example.ORG", "CN=chat.example.org")]
    [InlineData("any.wild.test", "CN=*.wild.test")]
    [InlineData("a.b.wild.test", "CN=first.test")]
    [InlineData("wild.test", "CN=first.test")]
    [InlineData("unknown.test", "CN=first.test")]
    public void Certificate_isTheOneForTheName_elseTheFirst(string asked, string subject)
    {
        var server = TestCertificates.Server(
            TestCertificates.Read(TestCertificates.CreateRsa("first.test")),
            TestCertificates.Read(TestCertificates.Create("chat.example.org")),
            TestCertificates.Read(TestCertificates.Create("*.wild.test")));
        var (_, client) = Open(name: asked, server: server);
        Assert.Equal(subject, client.Subject);
    }

    [Fact]
    public void Certificates_replacedWhileOneIsOpen_areForTheNextOnly()
    {
        var (session, client) = Open();
        _server.Current = new TlsCertificates([TestCertificates.Read(TestCertificates.Create("new.test"))]);
        Assert.Equal("CN=new.test", Open().Client.Subject);
        Assert.Equal("hello", Text(Feed(session, client.Say("hello"u8))));
    }

    [Fact]
    public void CallOfAnotherThread_isRefused()
    {
        var (session, client) = Open();
        var record = client.Say("hello"u8);
        Exception? error = null;
        var other = new Thread(() => error = Record.Exception(() => session.Feed(record, _space)));
        other.Start();
        Assert.True(other.Join(Guard.Ms));
        Assert.IsType<InvalidOperationException>(error);
    }

    [Fact]
    public void Bytes_beyondTheSpace_areTheCallersMistake()
    {
        var (session, _) = Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Feed(new byte[10], new byte[9]));
    }

    [Fact]
    public void Rehearsal_withAGoodCertificate_findsNothing() => Assert.Equal("", TlsRehearsal.Run(TestCertificates.Local));

    private (TlsSession Session, MemoryTlsClient Client) Open(SslProtocols version = SslProtocols.None, int pieceBytes = int.MaxValue,
        string name = "localhost", string[]? alpn = null, TlsOffers offers = TlsOffers.None, TlsServer? server = null)
    {
        server ??= _server;
        var session = new TlsSession(server, offers);
        var client = new MemoryTlsClient(name, version, alpn);
        _made.AddRange([session, client]);
        for (var step = 0; step < 8 && (session.IsOpening || !client.IsOpen); step++)
        {
            Assert.Empty(Feed(session, client.ReadCipher(), pieceBytes));
            client.Hear(server.Buffers.Output.ToArray());
            server.Buffers.ClearOutput();
        }

        return (session, client);
    }

    private byte[] Feed(TlsSession session, byte[] cipher, int pieceBytes = int.MaxValue)
    {
        var plain = new List<byte>();
        for (var at = 0; at < cipher.Length;)
        {
            var count = Math.Min(cipher.Length - at, pieceBytes);
            plain.AddRange(_space[..session.Feed(cipher.AsMemory(at, count), _space)]);
            at += count;
        }

        return [.. plain];
    }

    private byte[] ReadOutput()
    {
        var output = _server.Buffers.Output.ToArray();
        _server.Buffers.ClearOutput();
        return output;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
