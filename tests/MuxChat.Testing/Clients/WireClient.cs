using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

using MuxChat.Testing.Processes;

namespace MuxChat.Testing.Clients;

/// <summary>
/// A real client over TCP or a Unix socket: bytes out, bytes in, and the ways a connection can end. Blocking, with guard time limits.
/// </summary>
public abstract class WireClient : IDisposable
{
    protected const int HeaderBytes = 4;

    private const byte Iac = 255;
    private const int TelnetAnswerBytes = 3;

    // The time of one look for bytes, before others have their turn.
    private const int LookMicroseconds = 1_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly Socket _socket;
    private readonly List<byte> _telnetAnswers = [];
    private SslStream? _cipher;
    private byte[] _received = new byte[16 * 1024];
    private int _start;
    private int _end;

    protected WireClient(EndPoint server, int receiveBufferBytes = 0, IPAddress? from = null)
    {
        var isLocal = server.AddressFamily == AddressFamily.Unix;
        _socket = new Socket(server.AddressFamily, SocketType.Stream, isLocal ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (!isLocal)
        {
            _socket.NoDelay = true;
        }

        if (receiveBufferBytes > 0)
        {
            // Before connecting: the window that is offered follows from it.
            _socket.ReceiveBufferSize = receiveBufferBytes;
        }

        if (from is not null)
        {
            _socket.Bind(new IPEndPoint(from, 0));
        }

        _socket.ReceiveTimeout = Guard.Ms;
        _socket.SendTimeout = Guard.Ms;
        _socket.Connect(server);
        LocalName = isLocal ? $"unix:{Environment.UserName}:{Environment.ProcessId}" : _socket.LocalEndPoint!.ToString()!;
    }

    /// <summary>Its own address and port as the server's log names it; of a Unix socket the user and the process.</summary>
    public string LocalName { get; }

    /// <summary>The nick, as far as the test knows it.</summary>
    public string Nick { get; set; } = "";

    /// <summary>Whether the connection ended by a reset, once the end was read.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Whether the test has seen the end of the connection.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>What others do while this one waits for bytes, on a plain connection; null for nothing.</summary>
    public Action? WhileWaiting { get; set; }

    /// <summary>What it reads for at the moment, for the message when that does not come.</summary>
    protected string Awaited { get; set; } = "the end of the connection";

    protected ReadOnlySpan<byte> Pending => _received.AsSpan(_start, _end - _start);

    /// <summary>Carries out and forgets what was sent before, both ways; what the server sent meanwhile is dropped.</summary>
    public abstract void Sync();

    /// <summary>The certificate that the server showed; null without TLS.</summary>
    public X509Certificate2? ServerCertificate => _cipher?.RemoteCertificate as X509Certificate2;

    /// <summary>The application protocol agreed on in the handshake; empty for none.</summary>
    public string AgreedProtocol => _cipher?.NegotiatedApplicationProtocol.ToString() ?? "";

    /// <summary>Speaks TLS from now on. It accepts any certificate, which the test then looks at.</summary>
    public void StartTls(string name = "localhost", SslProtocols versions = SslProtocols.None, X509Certificate2? certificate = null,
        params string[] protocols)
    {
        _cipher = new SslStream(new NetworkStream(_socket));
        _cipher.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = versions,
            ClientCertificates = certificate is null ? null : [certificate],
            ApplicationProtocols = [.. protocols.Select(static one => new SslApplicationProtocol(one))],
            RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
        });
    }

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        if (_cipher is not null)
        {
            _cipher.Write(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    /// <summary>Sends until everything is sent or the server closes; returns whether all was sent.</summary>
    public bool TrySendBytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                return false;
            }

            bytes = bytes[sent..];
        }

        return true;
    }

    /// <summary>Sends a byte out of band, as telnet does to interrupt.</summary>
    public void SendUrgent(byte value) => _socket.Send([value], SocketFlags.OutOfBand);

    /// <summary>Closes the sending side: the server sees the end of input and can still answer.</summary>
    public void ShutdownSend()
    {
        if (_cipher is null)
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        else
        {
            // A message of TLS: the socket stays as it is.
            _cipher.ShutdownAsync().Wait(Guard.Ms);
        }
    }

    /// <summary>Breaks the connection: the server gets a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Reads on to the end and requires that nothing comes before it, and that it is an orderly one.</summary>
    public void ExpectEnd()
    {
        Assert.Equal("", Encoding.UTF8.GetString(ReadToEnd()));
        Assert.False(WasReset, $"{Describe()}: the connection was reset");
    }

    /// <summary>Everything until the connection ends.</summary>
    public byte[] ReadToEnd()
    {
        Awaited = "the end of the connection";
        while (FillBuffer())
        {
        }

        var rest = Pending.ToArray();
        _start = _end;
        return rest;
    }

    /// <summary>
    /// What the server answered to telnet requests that stood before the lines read so far, and is in none of them; forgotten by this call.
    /// </summary>
    public byte[] TakeTelnetAnswers()
    {
        byte[] answers = [.. _telnetAnswers];
        _telnetAnswers.Clear();
        return answers;
    }

    /// <summary>The next line, without its LF; null at the end of the connection.</summary>
    public string? TryReadLine()
    {
        var scanned = 0;
        while (true)
        {
            // Never within a line: the server sends lines and answers whole.
            while (scanned == 0 && Pending is [Iac, _, _, ..])
            {
                _telnetAnswers.AddRange(Pending[..TelnetAnswerBytes]);
                Consume(TelnetAnswerBytes);
            }

            var end = Pending is [Iac, ..] ? -1 : Pending[scanned..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Strict.GetString(Pending[..(scanned + end)]);
                Consume(scanned + end + 1);
                return line;
            }

            scanned = Pending is [Iac, ..] ? 0 : Pending.Length;
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, $"{Describe()}: half a line before the end: {Encoding.UTF8.GetString(Pending)}");
                return null;
            }
        }
    }

    /// <summary>The next frame; null at the end of the connection.</summary>
    public JsonObject? TryReadFrame()
    {
        while (Pending.Length < HeaderBytes || Pending.Length < HeaderBytes + BinaryPrimitives.ReadUInt32BigEndian(Pending))
        {
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, $"{Describe()}: half a frame before the end");
                return null;
            }
        }

        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(Pending);
        var json = JsonNode.Parse(Pending.Slice(HeaderBytes, length))!.AsObject();
        Consume(HeaderBytes + length);
        return json;
    }

    public void Dispose()
    {
        _cipher?.Dispose();
        _socket.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Which client it is, for messages.</summary>
    protected string Describe() => $"{GetType().Name} {Nick} ({LocalName})";

    /// <summary>The message when the connection ends before what is waited for.</summary>
    protected string EndedBefore() =>
        $"{Describe()}: the connection {(WasReset ? "was reset" : "ended")} where this was expected: {Awaited}";

    protected void Consume(int bytes) => _start += bytes;

    /// <summary>Reads more; false at the end.</summary>
    protected bool FillBuffer()
    {
        if (_start > 0)
        {
            Pending.CopyTo(_received);
            _end -= _start;
            _start = 0;
        }

        if (_end == _received.Length)
        {
            Array.Resize(ref _received, _received.Length * 2);
        }

        WaitForBytes();
        var count = Receive(_received.AsSpan(_end), out var error);
        switch (error)
        {
            case SocketError.Success:
                _end += count;
                return count > 0;
            case SocketError.ConnectionReset:
                WasReset = true;
                return false;
            case SocketError.WouldBlock or SocketError.TimedOut:
                throw new TimeoutException(
                    $"{Describe()} waited {Guard.Ms} ms for {Awaited}; it holds: {Encoding.UTF8.GetString(Pending)}");
            default:
                throw new SocketException((int)error);
        }
    }

    private void WaitForBytes()
    {
        if (WhileWaiting is null)
        {
            return;
        }

        var patience = new Patience();
        while (!_socket.Poll(LookMicroseconds, SelectMode.SelectRead))
        {
            patience.Check(Awaited);
            WhileWaiting();
        }
    }

    private int Receive(Span<byte> space, out SocketError error)
    {
        if (_cipher is null)
        {
            return _socket.Receive(space, SocketFlags.None, out error);
        }

        try
        {
            error = SocketError.Success;
            return _cipher.Read(space);
        }
        catch (IOException failed) when (failed.InnerException is SocketException inner)
        {
            error = inner.SocketErrorCode;
            return 0;
        }
    }
}
