using System.Buffers;
using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;
using MuxChat.Sockets.Channels;

namespace MuxChat.Sockets.Tls;

/// <summary>TLS over another channel. It opens by a handshake, from its start or because the client's first byte begins one.</summary>
/// <remarks>
/// It encrypts only while all earlier bytes are with the channel below, so it holds at most one record for each client that does not read.
/// Invariant: <see cref="Receive"/> returns all plaintext of the bytes that it has received.
/// </remarks>
internal sealed class TlsChannel : IChannelLayer
{
    /// <summary>The most plaintext in one record (RFC 8446, section 5.1): 16 KiB.</summary>
    private const int MaxContentBytes = 16 * 1024;

    /// <summary>Bytes that a client may make the server owe it, by messages of the handshake, before it reads: 64 KiB.</summary>
    private const int MaxUnsentBytes = 64 * 1024;

    private readonly TlsServer _server;
    private readonly TlsOffers _offers;
    private TlsSession? _session;
    private bool _isUndecided;
    private bool _isShut;

    // An answer of the cipher's own could not be sent. The next send says so, because bytes may still be read.
    private bool _isCut;
    private byte[]? _unsent;
    private int _unsentFrom;
    private int _unsentTo;

    public TlsChannel(IChannel below, TlsServer server, TlsOffers offers, bool isOptional)
    {
        (Below, _server, _offers, _isUndecided) = (below, server, offers, isOptional);
        _session = isOptional ? null : new TlsSession(server, offers);
    }

    public IChannel Below { get; }

    public PeerAddress Address => Below.Address;

    public InternetAddress Internet => Below.Internet;

    public string RemoteName => Below.RemoteName;

    public LocalUser? User => Below.User;

    public SecureLink? Secure => _session is { IsOpening: false } session ? session.Link : Below.Secure;

    /// <inheritdoc/>
    public bool IsEndOrderly => _session is null or { IsEndOrderly: true };

    // The channel below opens first, for instance by naming the client's address.
    public bool IsOpening => Below.IsOpening || _session is { IsOpening: true };

    public string OpeningFault => Below.OpeningFault is { Length: > 0 } fault ? fault
        : _session is { IsOpening: true, IsFaulty: true } session ? $"TLS: {session.Fault}" : "";

    public string AgreedProtocol => _session is { } session ? session.Protocol switch
    {
        "irc" => "irc",
        "http/1.1" => "http",
        _ => "",
    } : Below.AgreedProtocol;

    public ForwardedPeer? Forwarded => Below.Forwarded;

    public bool HasUnsent => _isCut || _unsentTo > _unsentFrom || Below.HasUnsent;

    // Even a held record leaves space for more.
    public int MinReceiveBytes => IChannel.MaxReceiveBytes;

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        return Below.IsOpening ? ReceiveAfterOpening(buffer, out received)
            : _isUndecided ? Decide(buffer, out received)
            : _session is null or { IsFaulty: true } ? Below.Receive(buffer, out received)
            : Decrypt(_session, buffer, out received);
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        // A client that was greeted talks without TLS.
        _isUndecided &= bytes.IsEmpty;
        if (_session is not { } session)
        {
            return Below.Send(bytes, out sent);
        }

        sent = 0;
        if (_isCut)
        {
            return ChannelStatus.Broken;
        }

        if (HasUnsent && SendUnsent() == ChannelStatus.Broken)
        {
            return ChannelStatus.Broken;
        }

        while (sent < bytes.Length && !HasUnsent && !session.IsOpening && !session.IsFaulty)
        {
            var content = bytes[sent..Math.Min(bytes.Length, sent + MaxContentBytes)];
            session.Write(content);
            sent += content.Length;
            if (SendOutput() == ChannelStatus.Broken)
            {
                return ChannelStatus.Broken;
            }
        }

        return sent == 0 && (HasUnsent || !bytes.IsEmpty) ? ChannelStatus.WouldBlock : ChannelStatus.Ok;
    }

    public void ShutdownSend()
    {
        SayGoodbye();
        (_isShut, _isUndecided) = (true, false);
        Below.ShutdownSend();
    }

    public void Dispose()
    {
        SayGoodbye();
        _session?.Dispose();
        ReleaseUnsent();
    }

    // The channel below may return the first bytes with its opening.
    private ChannelStatus ReceiveAfterOpening(Span<byte> buffer, out int received)
    {
        var status = Below.Receive(buffer[..Math.Min(buffer.Length, TlsBuffers.ReceiveBytes)], out received);
        if (Below.IsOpening || status != ChannelStatus.Ok)
        {
            return status;
        }

        if (_isUndecided && buffer[0] == ClientHello.HandshakeRecord)
        {
            _session = new TlsSession(_server, _offers);
        }

        _isUndecided = false;
        if (_session is null)
        {
            return ChannelStatus.Ok;
        }

        buffer[..received].CopyTo(_server.Buffers.Cipher);
        return Feed(_session, received, buffer, out received);
    }

    // Reads one byte first, so that a handshake's first record stays in the kernel, where a step of the tick's budget finds it.
    private ChannelStatus Decide(Span<byte> buffer, out int received)
    {
        var status = Below.Receive(buffer[..1], out received);
        if (status != ChannelStatus.Ok)
        {
            return status;
        }

        _isUndecided = false;
        if (buffer[0] == ClientHello.HandshakeRecord)
        {
            received = 0;
            _session = new TlsSession(_server, _offers);
            _session.Feed(new[] { ClientHello.HandshakeRecord }, buffer);
            return ChannelStatus.WouldBlock;
        }

        if (Below.Receive(buffer[1..], out var more) == ChannelStatus.Ok)
        {
            received += more;
        }

        return ChannelStatus.Ok;
    }

    private ChannelStatus Decrypt(TlsSession session, Span<byte> buffer, out int received)
    {
        received = 0;
        var wasOpening = session.IsOpening;

        // Bytes may hold no content, as for a change of keys. The share of one call bounds them too.
        for (var spent = 0; spent < buffer.Length && !session.IsEnded;)
        {
            var most = Math.Min(Math.Min(buffer.Length - session.HeldBytes, TlsBuffers.ReceiveBytes), session.MaxFeedBytes);
            var status = Below.Receive(_server.Buffers.Cipher.AsSpan(0, most), out var count);
            if (status == ChannelStatus.EndOfInput)
            {
                session.EndInput();
                break;
            }

            if (status != ChannelStatus.Ok)
            {
                return status;
            }

            status = Feed(session, count, buffer, out received);

            spent += session.LastCost;

            // One step of a handshake is enough for one call.
            if (status != ChannelStatus.WouldBlock || wasOpening)
            {
                return status;
            }
        }

        return session.IsEnded ? ChannelStatus.EndOfInput : ChannelStatus.WouldBlock;
    }

    private ChannelStatus Feed(TlsSession session, int count, Span<byte> buffer, out int received)
    {
        received = session.Feed(_server.Buffers.Cipher.AsMemory(0, count), buffer);
        _isCut |= SendOutput() == ChannelStatus.Broken;
        return session.IsFaulty || (_isCut && session.IsOpening) ? ChannelStatus.Broken
            : session.IsEnded ? ChannelStatus.EndOfInput
            : received > 0 ? ChannelStatus.Ok
            : ChannelStatus.WouldBlock;
    }

    private void SayGoodbye()
    {
        if (_session is { } session && !HasUnsent)
        {
            session.Shutdown();
            SendOutput();
        }
    }

    // Sends what the session has made, and keeps the rest, after what is kept already.
    private ChannelStatus SendOutput()
    {
        var output = _server.Buffers.Output;
        var status = ChannelStatus.Ok;
        var sent = 0;
        if (_isShut || _isCut)
        {
            // After the goodbye nothing follows, and the answers of a broken channel reach no client.
            sent = output.Length;
        }
        else if (!output.IsEmpty && !HasUnsent)
        {
            status = Below.Send(output, out sent);
        }

        if (status != ChannelStatus.Broken && sent < output.Length && !TryKeep(output[sent..]))
        {
            status = ChannelStatus.Broken;
        }

        _server.Buffers.ClearOutput();
        return status;
    }

    private ChannelStatus SendUnsent()
    {
        var status = Below.Send(_unsent.AsSpan(_unsentFrom.._unsentTo), out var sent);
        _unsentFrom += sent;
        if (_unsentFrom == _unsentTo)
        {
            ReleaseUnsent();
        }

        return status;
    }

    private bool TryKeep(ReadOnlySpan<byte> bytes)
    {
        var kept = _unsentTo - _unsentFrom;
        if (kept + bytes.Length > MaxUnsentBytes)
        {
            return false;
        }

        var grown = ArrayPool<byte>.Shared.Rent(kept + bytes.Length);
        _unsent.AsSpan(_unsentFrom, kept).CopyTo(grown);
        bytes.CopyTo(grown.AsSpan(kept));
        ReleaseUnsent();
        (_unsent, _unsentTo) = (grown, kept + bytes.Length);
        return true;
    }

    private void ReleaseUnsent()
    {
        if (_unsent is not null)
        {
            ArrayPool<byte>.Shared.Return(_unsent);
        }

        (_unsent, _unsentFrom, _unsentTo) = (null, 0, 0);
    }
}
