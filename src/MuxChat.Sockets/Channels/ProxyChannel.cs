using MuxChat.Core.Delivery;
using MuxChat.Core.Loop;

namespace MuxChat.Sockets.Channels;

/// <summary>
/// A connection from a listed proxy: a channel over another one, which opens by reading the PROXY header, if one is there. The bytes after
/// the header are the client's.
/// </summary>
/// <remarks>
/// The first bytes decide strictly: they are a header of version 1 or 2, or else all bytes are the client's. That is safe only because the
/// peer is trusted: a proxy sends its header before any byte of its client. Owner: the network. Invariant: once it has opened, the channel
/// holds no byte.
/// </remarks>
internal sealed class ProxyChannel(IChannel inner) : IChannelLayer
{
    // The first bytes, until they decide; null before they come, and after that.
    private byte[]? _held;
    private int _heldBytes;

    // Bytes of the header that are skipped, because nothing needs them.
    private int _skippedBytes;

    public IChannel Below => inner;

    public bool IsOpening { get; private set; } = true;

    public string OpeningFault { get; private set; } = "";

    public ForwardedPeer? Forwarded { get; private set; }

    public bool HasUnsent => inner.HasUnsent;

    public int MinReceiveBytes => Math.Max(inner.MinReceiveBytes, IsOpening ? ProxyHeader.MaxHeldBytes : 1);

    public PeerAddress Address => inner.Address;

    public InternetAddress Internet => inner.Internet;

    public string RemoteName => inner.RemoteName;

    public LocalUser? User => inner.User;

    public ChannelStatus Receive(Span<byte> buffer, out int received)
    {
        if (!IsOpening || OpeningFault.Length > 0)
        {
            return inner.Receive(buffer, out received);
        }

        // Read after the bytes that are held, so that the client's bytes are in one piece if they turn out to be the client's.
        var held = _skippedBytes > 0 ? 0 : _heldBytes;
        var status = inner.Receive(buffer[held..], out received);
        if (status != ChannelStatus.Ok)
        {
            return status;
        }

        _held.AsSpan(0, held).CopyTo(buffer);
        var consumed = _skippedBytes > 0 ? Skip(received) : Look(buffer[..(held + received)]);
        received = IsOpening ? 0 : held + received - consumed;
        buffer.Slice(consumed, received).CopyTo(buffer);
        return OpeningFault.Length > 0 ? ChannelStatus.Broken : received > 0 ? ChannelStatus.Ok : ChannelStatus.WouldBlock;
    }

    public ChannelStatus Send(ReadOnlySpan<byte> bytes, out int sent) => inner.Send(bytes, out sent);

    public void ShutdownSend() => inner.ShutdownSend();

    public void Dispose() => (_held, _heldBytes) = (null, 0);

    // Returns how many of the bytes are the header's.
    private int Look(Span<byte> first)
    {
        switch (ProxyHeader.Parse(first, out var header, out var fault))
        {
            case ProxyHeaderMatch.NeedMore:
                _held ??= new byte[ProxyHeader.MaxHeldBytes];
                first.CopyTo(_held);
                _heldBytes = first.Length;
                return 0;
            case ProxyHeaderMatch.Malformed:
                OpeningFault = fault;
                return 0;
            case ProxyHeaderMatch.None:
                Open();
                return 0;
        }

        Forwarded = header.Client.IsUnknown ? null : new ForwardedPeer(header.Client, header.Port);
        _skippedBytes = header.Bytes;
        return Skip(first.Length);
    }

    private int Skip(int available)
    {
        var skipped = Math.Min(_skippedBytes, available);
        _skippedBytes -= skipped;
        if (_skippedBytes == 0)
        {
            Open();
        }

        return skipped;
    }

    private void Open() => (IsOpening, _held, _heldBytes) = (false, null, 0);
}
