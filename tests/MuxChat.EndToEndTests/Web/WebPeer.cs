using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Web;

/// <summary>How bytes come to the server.</summary>
public enum WebTransport
{
    Tcp,
    Tls,
}

/// <summary>One connection that sends what it likes, over TCP or TLS, and reads bytes. Blocking, with the guard as its limit.</summary>
public sealed class WebPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly byte[] _received = new byte[128 * 1024];
    private int _start;
    private int _end;

    /// <summary>Connects.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="certificate">The certificate that the server must show over TLS; null for plain TCP.</param>
    public WebPeer(IPEndPoint server, X509Certificate2? certificate)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = Guard.Ms,
            SendTimeout = Guard.Ms,
        };
        _socket.Connect(server);
        _stream = new NetworkStream(_socket, ownsSocket: true);
        if (certificate is not null)
        {
            var hash = certificate.GetCertHashString();
            var tls = new SslStream(_stream, leaveInnerStreamOpen: false, (_, shown, _, _) => shown?.GetCertHashString() == hash);
            tls.AuthenticateAsClient("localhost");
            _stream = tls;
        }
    }

    /// <summary>Whether the connection ended by a reset.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Sends bytes. False if the server has closed the connection.</summary>
    public bool TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
            return true;
        }
        catch (IOException error) when (error.InnerException is SocketException
        {
            SocketErrorCode: SocketError.ConnectionReset
            or SocketError.Shutdown or SocketError.ConnectionAborted
        })
        {
            return false;
        }
    }

    /// <summary>Ends what this side sends. It can still read.</summary>
    public void ShutdownSend()
    {
        if (_stream is SslStream tls)
        {
            tls.ShutdownAsync().Wait(Guard.Ms);
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>The next bytes. Fewer if the connection ends before.</summary>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        for (var got = 0; got < count;)
        {
            if (_start == _end && !Fill())
            {
                return bytes[..got];
            }

            var taken = Math.Min(count - got, _end - _start);
            _received.AsSpan(_start, taken).CopyTo(bytes.AsSpan(got));
            (_start, got) = (_start + taken, got + taken);
        }

        return bytes;
    }

    /// <summary>The next line that CR and LF end, without them; null at the end of the connection.</summary>
    public string? ReadLine()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !Fill())
            {
                return line.Length == 0 ? null : throw new InvalidOperationException($"half a line before the end: {line}");
            }

            line.Append((char)_received[_start++]);
            if (line.Length > 1 && line[^1] == '\n' && line[^2] == '\r')
            {
                return line.ToString(0, line.Length - 2);
            }
        }
    }

    /// <summary>Everything until the end, a letter each byte.</summary>
    public string ReadToEnd()
    {
        var rest = new StringBuilder();
        do
        {
            rest.Append(Encoding.Latin1.GetString(_received, _start, _end - _start));
            _start = _end;
        }
        while (Fill());
        return rest.ToString();
    }

    public void Dispose() => _stream.Dispose();

    private bool Fill()
    {
        _start = 0;
        _end = 0;
        try
        {
            _end = _stream.Read(_received);
        }
        catch (IOException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            WasReset = true;
        }

        return _end > 0;
    }
}
