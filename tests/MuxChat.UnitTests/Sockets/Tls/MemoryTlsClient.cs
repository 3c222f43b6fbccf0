using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MuxChat.Sockets.Tls;

namespace MuxChat.UnitTests.Sockets.Tls;

/// <summary>The base library's TLS client in memory: the bytes between it and the server pass through the test.</summary>
internal sealed class MemoryTlsClient : IDisposable
{
    private readonly TlsBuffers _buffers = new();
    private readonly LoopStream _stream;
    private readonly SslStream _cipher;
    private readonly Task _handshake;
    private readonly byte[] _space = new byte[TlsBuffers.ReceiveBytes];
    private Task<int>? _read;

    public MemoryTlsClient(string name = "localhost", SslProtocols protocols = SslProtocols.None, string[]? alpn = null,
        X509Certificate2? certificate = null)
    {
        _stream = new LoopStream(_buffers);
        _cipher = new SslStream(_stream);
        _handshake = _cipher.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = protocols,
            ApplicationProtocols = alpn is null ? null : [.. alpn.Select(static one => new SslApplicationProtocol(one))],
            RemoteCertificateValidationCallback = (_, shown, _, _) => Note(shown!),
            ClientCertificates = certificate is null ? null : [certificate],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });
    }

    public bool IsOpen => _handshake.IsCompletedSuccessfully;

    public string? Refusal => _handshake.Exception?.InnerException?.Message;

    public SslProtocols Version => _cipher.SslProtocol;

    public string Protocol => _cipher.NegotiatedApplicationProtocol.ToString();

    /// <summary>The subject of the server's certificate.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Whether the server has ended its side.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Returns the bytes for the server since the last call.</summary>
    public byte[] ReadCipher()
    {
        var output = _buffers.Output.ToArray();
        _buffers.ClearOutput();
        return output;
    }

    /// <summary>Gives it bytes from the server, and returns the plaintext in them.</summary>
    public byte[] Hear(ReadOnlyMemory<byte> cipher)
    {
        var heard = new List<byte>();
        if (!cipher.IsEmpty)
        {
            _stream.Feed(cipher);
        }

        while (IsOpen && !IsEnded)
        {
            _read ??= _cipher.ReadAsync(_space).AsTask();
            if (!_read.IsCompleted)
            {
                break;
            }

            var count = _read.GetAwaiter().GetResult();
            _read = null;
            IsEnded = count == 0;
            heard.AddRange(_space[..count]);
        }

        return [.. heard];
    }

    public byte[] Say(ReadOnlySpan<byte> plain)
    {
        _cipher.Write(plain);
        return ReadCipher();
    }

    public byte[] SayGoodbye()
    {
        Assert.True(_cipher.ShutdownAsync().IsCompletedSuccessfully);
        return ReadCipher();
    }

    public void Dispose() => _cipher.Dispose();

    private bool Note(X509Certificate shown)
    {
        Subject = shown.Subject;
        return true;
    }
}
