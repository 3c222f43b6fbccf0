using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Tls;

/// <summary>The server's side of one TLS connection (RFC 8446, RFC 5246), without a socket: its methods take and make ciphertext.</summary>
/// <remarks>
/// The cipher is the base library's, over a <see cref="LoopStream"/>. Its bytes for the network are in <see cref="TlsBuffers.Output"/>
/// after each call. Invariant: after a call the cipher holds no plaintext, and only bytes of a record that is not whole. This is so because
/// the caller feeds at most as many bytes as fit, with the held ones, into the space for plaintext: a record is longer than its content.
/// A peer's mistake is <see cref="Fault"/>, never an exception. Owner: one <see cref="TlsChannel"/>, on the loop's thread.
/// </remarks>
[SuppressMessage("Reliability", "CA2012", Justification = "Each result is taken once, and only when it is there; nothing may wait here.")]
internal sealed class TlsSession(TlsServer server, TlsOffers offers) : IDisposable
{
    /// <summary>
    /// Bytes that a client may send in its handshake: 16 KiB. A chain of certificates beyond it would cost too much to verify.
    /// </summary>
    public const int MaxOpeningBytes = 16 * 1024;

    /// <summary>Records that may bring no data, beyond one for each byte of data: 64. Each change of keys is one.</summary>
    public const int MaxEmptyRecords = 64;

    // A record costs about as much as decrypting so many bytes, or more.
    private const int BytesPerRecord = 512;

    // Bytes that a client of short records may bring in one call.
    private const int ShortReceiveBytes = 4 * 1024;

    private const int ShownCharacters = 160;

    private readonly TlsBuffers _buffers = server.Buffers;
    private readonly LoopStream _stream = new(server.Buffers);
    private RecordBorder _border;

    // The first record, until it is whole; then the cipher is created for what it asks.
    private byte[]? _hello;
    private int _helloBytes;
    private SslStream? _cipher;
    private Task? _handshake;

    // A read of no bytes, which is complete when the cipher has plaintext.
    private ValueTask<int> _wait;
    private bool _isShut;
    private int _openingBytes;
    private long _emptyRecords;
    private bool _isShort = true;

    /// <summary>Whether the handshake still runs.</summary>
    public bool IsOpening { get; private set; } = true;

    /// <summary>Whether the peer has ended its side.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the peer said that it has ended (close_notify).</summary>
    public bool IsEndOrderly { get; private set; }

    /// <summary>Why the session failed, as a phrase for the log; empty while it has not.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Whether the session has failed. It then reads and writes nothing more.</summary>
    public bool IsFaulty => Fault.Length > 0;

    /// <summary>Bytes of a record that is not whole.</summary>
    public int HeldBytes => _border.HeldBytes;

    /// <summary>The most bytes to feed next, because records that bring no data cost time too.</summary>
    public int MaxFeedBytes => IsOpening ? MaxOpeningBytes - _openingBytes : _isShort ? ShortReceiveBytes : TlsBuffers.ReceiveBytes;

    /// <summary>The cost of the last bytes, in bytes of long records.</summary>
    public int LastCost { get; private set; }

    /// <summary>The facts about the connection, once the handshake is over.</summary>
    public SecureLink? Link { get; private set; }

    /// <summary>The application protocol agreed on; empty for none.</summary>
    public string Protocol => !IsOpening && _cipher is { } cipher ? cipher.NegotiatedApplicationProtocol.ToString() : "";

    /// <summary>Takes bytes from the network, and returns the plaintext that they complete.</summary>
    /// <param name="bytes">The bytes; with <see cref="HeldBytes"/> at most as many as there is space.</param>
    /// <param name="space">The space for plaintext.</param>
    /// <returns>The bytes of plaintext.</returns>
    public int Feed(ReadOnlyMemory<byte> bytes, Span<byte> space)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length + HeldBytes, space.Length, nameof(bytes));
        if (IsFaulty || IsEnded)
        {
            return 0;
        }

        if (_border.Passed == 0 && HeldBytes == 0 && bytes.Span is [not ClientHello.HandshakeRecord, ..])
        {
            Fault = "the client did not speak TLS";
            return 0;
        }

        var passed = _border.Passed;
        if (!_border.TryPass(bytes.Span))
        {
            Fault = "a record is too long";
            return 0;
        }

        if (_cipher is null)
        {
            Greet(bytes.Span);
        }
        else
        {
            _stream.Feed(bytes);
        }

        var records = (int)(_border.Passed - passed);
        LastCost = Math.Max(bytes.Length, records * BytesPerRecord);
        if (!IsOpening)
        {
            _isShort = LastCost > bytes.Length;
            var read = Follow(space);
            _emptyRecords = Math.Max(0, _emptyRecords + records - read);
            Fault = !IsFaulty && _emptyRecords > MaxEmptyRecords ? "too many records without data" : Fault;
            return read;
        }

        _openingBytes += bytes.Length;
        var first = Follow(space);
        Fault = !IsFaulty && IsOpening && _openingBytes >= MaxOpeningBytes ? "the handshake is too long" : Fault;
        return first;
    }

    /// <summary>Takes the end of input. One within a record, or within the handshake, is no fault: nothing more is to be read.</summary>
    public void EndInput()
    {
        if (!IsFaulty)
        {
            IsEnded = true;
        }
    }

    /// <summary>Encrypts bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var plain = _buffers.Plain.AsMemory(0, bytes.Length);
        bytes.CopyTo(plain.Span);
        var write = _cipher!.WriteAsync(plain);
        Require(write.IsCompleted);
        write.GetAwaiter().GetResult();
    }

    /// <summary>Says that the server's side ends: close_notify (RFC 8446, section 6.1). Does nothing during the handshake.</summary>
    public void Shutdown()
    {
        if (IsOpening || IsFaulty || _isShut)
        {
            return;
        }

        _isShut = true;
        Require(_cipher!.ShutdownAsync().IsCompleted);
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher?.Dispose();

    // The cipher's options depend on the first record.
    private void Greet(ReadOnlySpan<byte> bytes)
    {
        if (_hello is null || _hello.Length < _helloBytes + bytes.Length)
        {
            Array.Resize(ref _hello, Math.Max(_helloBytes * 2, _helloBytes + bytes.Length));
        }

        bytes.CopyTo(_hello.AsSpan(_helloBytes));
        _helloBytes += bytes.Length;
        if (_border.Passed == 0)
        {
            return;
        }

        var all = _hello.AsMemory(0, _helloBytes);
        _hello = null;
        _cipher = new SslStream(_stream, leaveInnerStreamOpen: true);
        _handshake = _cipher.AuthenticateAsServerAsync(server.Current.Choose(ClientHello.Read(all.Span), offers));
        _stream.Feed(all);
    }

    private int Follow(Span<byte> space)
    {
        if (IsOpening)
        {
            if (_handshake is not { IsCompleted: true } handshake)
            {
                return 0;
            }

            if (!handshake.IsCompletedSuccessfully)
            {
                Fault = Describe(handshake.Exception?.InnerException);
                return 0;
            }

            IsOpening = false;
            _handshake = null;
            Link = new SecureLink(_cipher!.TargetHostName.ToLowerInvariant(), FingerprintOf(_cipher.RemoteCertificate));
            _wait = _cipher.ReadAsync(Memory<byte>.Empty);
        }

        try
        {
            return Read(space);
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            Fault = Describe(error);
            return 0;
        }
    }

    private int Read(Span<byte> space)
    {
        var total = 0;
        while (_wait.IsCompleted)
        {
            _wait.GetAwaiter().GetResult();
            var read = _cipher!.ReadAsync(_buffers.Plain.AsMemory(0, Math.Min(space.Length - total, _buffers.Plain.Length)));
            Require(read.IsCompleted);
            var count = read.GetAwaiter().GetResult();
            if (count == 0)
            {
                IsEnded = true;
                IsEndOrderly = true;
                break;
            }

            _buffers.Plain.AsSpan(0, count).CopyTo(space[total..]);
            total += count;
            _wait = _cipher.ReadAsync(Memory<byte>.Empty);
        }

        Require(_stream.IsDrained || IsEnded);
        return total;
    }

    private static string FingerprintOf(X509Certificate? certificate) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant() ?? "";

    // A call that stayed pending would later write to a buffer that others use by then.
    private static void Require(bool isMet)
    {
        if (!isMet)
        {
            throw new InvalidOperationException("The cipher waits for more than bytes from the network.");
        }
    }

    // The innermost message says most: OpenSSL's own, after the name of its module.
    private static string Describe(Exception? error)
    {
        while (error?.InnerException is { } inner)
        {
            error = inner;
        }

        var text = error?.Message ?? "the handshake was cancelled";
        var own = text.LastIndexOf("::", StringComparison.Ordinal);
        text = own < 0 ? text : text[(own + 2)..];
        return text.Length <= ShownCharacters ? text : text[..ShownCharacters];
    }
}
