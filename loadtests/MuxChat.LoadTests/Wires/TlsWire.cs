using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MuxChat.Sockets.Tls;

namespace MuxChat.LoadTests.Wires;

/// <summary>Another wire inside TLS. The cipher is the base library's, in memory, on the swarm's thread.</summary>
/// <remarks>
/// The stream under the cipher and the buffers are the server's own classes, and so is the base library's cipher. A mistake that both sides
/// share could cancel out here. The tests with OpenSSL's client, curl and irssi find such a mistake.
/// </remarks>
[SuppressMessage("Reliability", "CA2012", Justification = "Each result is taken once, and only when it is there; nothing may wait here.")]
internal sealed class TlsWire(IWire inner, TlsBuffers buffers) : IWire, IWireOwner
{
    private readonly LoopStream _stream = new(buffers);
    private readonly ByteBuffer _early = new();
    private readonly ByteBuffer _plain = new();
    private SslStream? _cipher;
    private Task? _handshake;
    private IWireOwner? _owner;

    // A read of no bytes, which is complete when the cipher has plaintext.
    private ValueTask<int> _wait;

    // Whether the server has said close_notify: it sends nothing more.
    private bool _isEnded;

    private bool IsOpen => _cipher is not null && _handshake is null;

    /// <summary>Makes the wires of one swarm's clients, which share their buffers.</summary>
    public static Func<int, IWire> For(Func<int, IWire> inner)
    {
        var buffers = new TlsBuffers();
        return index => new TlsWire(inner(index), buffers);
    }

    [SuppressMessage("Security", "CA5359", Justification = "A load test has no secrets, and its server is often self-signed.")]
    public void Begin(IWireOwner owner)
    {
        _owner = owner;
        _cipher = new SslStream(_stream, leaveInnerStreamOpen: true);
        _handshake = _cipher.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        });
        SendOutput();
        inner.Begin(this);
    }

    public void Send(ReadOnlySpan<byte> lines, IWireOwner owner) => inner.Send(lines, this);

    public int Receive(Span<byte> bytes, IWireOwner owner)
    {
        for (var rest = _isEnded ? default : bytes; !rest.IsEmpty;)
        {
            var count = Math.Min(rest.Length, buffers.Cipher.Length);
            rest[..count].CopyTo(buffers.Cipher);
            rest = rest[count..];
            _stream.Feed(buffers.Cipher.AsMemory(0, count));
            if (!TryFollow() || _isEnded)
            {
                break;
            }
        }

        SendOutput();
        return bytes.Length;
    }

    public void Dispose()
    {
        inner.Dispose();
        _cipher?.Dispose();
        _stream.Dispose();

        // The connection is closed, so nothing can send the cipher's close_notify.
        buffers.ClearOutput();
    }

    public void OnLine(ReadOnlySpan<byte> line) => _owner!.OnLine(line);

    public void Fail(string why) => _owner!.Fail(why);

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        if (!IsOpen)
        {
            _early.Append(bytes);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, buffers.Plain.Length);
            bytes[..count].CopyTo(buffers.Plain);
            _cipher!.WriteAsync(buffers.Plain.AsMemory(0, count)).GetAwaiter().GetResult();
            bytes = bytes[count..];
        }

        SendOutput();
    }

    // Every read of the cipher's is complete at once or pending: the stream under it has all bytes that there are.
    private bool TryFollow()
    {
        if (_handshake is { IsCompleted: false })
        {
            return true;
        }

        if (_handshake is { IsCompletedSuccessfully: false } failed)
        {
            Fail($"the TLS handshake failed: {failed.Exception?.GetBaseException().Message} (does the server speak TLS there?)");
            return false;
        }

        if (_handshake is not null)
        {
            _handshake = null;
            _wait = _cipher!.ReadAsync(Memory<byte>.Empty);
            SendBytes(_early.Bytes);
        }

        try
        {
            ReadAll();
            return true;
        }
        catch (IOException error)
        {
            Fail($"the TLS connection failed: {error.Message}");
            return false;
        }
    }

    private void ReadAll()
    {
        while (_wait.IsCompleted)
        {
            _wait.GetAwaiter().GetResult();
            var count = _cipher!.ReadAsync(buffers.Plain).GetAwaiter().GetResult();
            if (count == 0)
            {
                // The lines before it are the client's.
                _isEnded = true;
                break;
            }

            _plain.Append(buffers.Plain.AsSpan(0, count));
            _wait = _cipher.ReadAsync(Memory<byte>.Empty);
        }

        _plain.Consume(inner.Receive(_plain.Bytes, this));
    }

    private void SendOutput()
    {
        if (buffers.OutputCount > 0)
        {
            _owner!.SendBytes(buffers.Output);
            buffers.ClearOutput();
        }
    }
}
