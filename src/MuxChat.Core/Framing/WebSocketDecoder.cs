using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Framing;

/// <summary>
/// Cuts a client's stream into whole messages and control frames (RFC 6455, section 5). It removes the masks and joins fragments in place.
/// </summary>
/// <remarks>
/// <para>Each frame that it returns begins with one byte, its <see cref="WebSocketFrameKind"/>; the content follows. The byte lies where
/// the header was. Control frames come out where they arrive, also between the fragments of a message.</para>
/// <para>The part of a message that has arrived is kept at the front of the pending bytes. Each fragment moves down to it. Headers and
/// control frames leave a gap after the part. The part moves up over the gap once the gap is as long as the part. The work is therefore
/// linear in the bytes, and the memory at most twice the message.</para>
/// <para>After a mistake the decoder consumes everything that it gets.</para>
/// </remarks>
public sealed class WebSocketDecoder : IFrameDecoder
{
    /// <summary>Fragments of one message: 1,024. With more, the connection closes.</summary>
    public const int MaxFragments = 1024;

    /// <summary>The longest content of a control frame, in bytes: 125 (RFC 6455, section 5.5).</summary>
    public const int MaxControlBytes = 125;

    private const int Continuation = 0x0;
    private const int FirstControl = 0x8;
    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte MaskedBit = 0x80;
    private const int ShortHeaderBytes = 2;
    private const int Length16 = 126;
    private const int Length64 = 127;

    private readonly Replaceable<FrameLimits> _limits;
    private readonly Func<FrameLimits, int> _maxBytes;

    // The part of a message at the front of the pending bytes, with its kind; 0 for none. The next header is at _next.
    private int _kept;
    private int _next;
    private int _fragments;
    private int _maxMessageBytes;
    private bool _hasLimit;
    private bool _isBroken;

    /// <summary>Creates a decoder.</summary>
    /// <param name="limits">The limits of frames.</param>
    /// <param name="maxBytes">The longest message under these limits, in bytes.</param>
    public WebSocketDecoder(Replaceable<FrameLimits> limits, Func<FrameLimits, int> maxBytes)
    {
        _limits = limits;
        _maxBytes = maxBytes;
    }

    /// <inheritdoc/>
    public Decoded Decode(Span<byte> pending)
    {
        if (_isBroken)
        {
            return new Decoded(DecodeStatus.NeedMore, pending.Length);
        }

        while (true)
        {
            var rest = pending[_next..];
            if (rest.Length < ShortHeaderBytes)
            {
                return Wait(pending);
            }

            if (FindMistake(rest[0], rest[1]) is { } mistake)
            {
                return Break(pending, mistake);
            }

            if (!TryReadLength(rest, out var headerBytes, out var length))
            {
                return Wait(pending);
            }

            if (FindWrongLength(rest[0], rest[1], length) is { } wrong)
            {
                return Break(pending, wrong);
            }

            var frameBytes = headerBytes + (int)length;
            if (rest.Length < frameBytes)
            {
                return Wait(pending);
            }

            var content = rest[headerBytes..frameBytes];
            WebSocketMask.Apply(content, MemoryMarshal.Read<uint>(rest[(headerBytes - WebSocketMask.Bytes)..]));
            if (Pass(pending, rest[0], headerBytes, content.Length) is { } decoded)
            {
                return decoded;
            }
        }
    }

    // Handles a whole frame at _next, whose mask is removed. Null after a fragment in the middle of a message.
    private Decoded? Pass(Span<byte> pending, byte first, int headerBytes, int length)
    {
        var opcode = first & 0xF;
        var isFinal = (first & FinalBit) != 0;
        var start = _next + headerBytes;
        if (opcode == Continuation)
        {
            pending.Slice(start, length).CopyTo(pending[_kept..]);
            _kept += length;
            _next = start + length;
            _fragments++;
            return isFinal ? EndMessage() : null;
        }

        // The byte before the content belonged to the header, and the header has been read.
        pending[start - 1] = (byte)opcode;
        if (opcode >= FirstControl && _kept > 0)
        {
            _next = start + length;
            return new Decoded(DecodeStatus.Frame, 0, start - 1, length + 1);
        }

        if (isFinal)
        {
            _hasLimit = false;
            return new Decoded(DecodeStatus.Frame, start + length, start - 1, length + 1);
        }

        _kept = length + 1;
        _next = _kept;
        _fragments = 1;
        return new Decoded(DecodeStatus.NeedMore, start - 1);
    }

    private Decoded EndMessage()
    {
        var message = new Decoded(DecodeStatus.Frame, _next, 0, _kept);
        (_kept, _next, _hasLimit) = (0, 0, false);
        return message;
    }

    // Drops the gap after the kept part if that is worth it.
    private Decoded Wait(Span<byte> pending)
    {
        var gap = _next - _kept;
        if (gap == 0 || gap < _kept)
        {
            return new Decoded(DecodeStatus.NeedMore, 0);
        }

        pending[.._kept].CopyTo(pending[gap..]);
        _next = _kept;
        return new Decoded(DecodeStatus.NeedMore, gap);
    }

    private Decoded Break(Span<byte> pending, WebSocketMistake mistake)
    {
        _isBroken = true;
        var at = _next;
        pending[at] = (byte)WebSocketFrameKind.Mistake;
        pending[at + 1] = (byte)mistake;
        return new Decoded(DecodeStatus.Frame, pending.Length, at, ShortHeaderBytes);
    }

    private WebSocketMistake? FindMistake(byte first, byte second)
    {
        var opcode = first & 0xF;
        if ((first & ReservedBits) != 0)
        {
            return WebSocketMistake.ReservedBit;
        }

        if (opcode is not (Continuation or (int)WebSocketFrameKind.Text or (int)WebSocketFrameKind.Binary
            or (int)WebSocketFrameKind.Close or (int)WebSocketFrameKind.Ping or (int)WebSocketFrameKind.Pong))
        {
            return WebSocketMistake.UnknownOpcode;
        }

        if ((second & MaskedBit) == 0)
        {
            return WebSocketMistake.NotMasked;
        }

        if (opcode >= FirstControl)
        {
            return (first & FinalBit) == 0 || (second & ~MaskedBit) > MaxControlBytes ? WebSocketMistake.BadControl : null;
        }

        return opcode == Continuation == (_kept > 0) ? null : WebSocketMistake.BadFragment;
    }

    // The length has its final place in the header: its value is known before the mask has arrived.
    private WebSocketMistake? FindWrongLength(byte first, byte second, ulong length)
    {
        var form = second & ~MaskedBit;
        if ((form == Length16 && length < Length16) || (form == Length64 && length is <= ushort.MaxValue or > long.MaxValue))
        {
            return WebSocketMistake.BadLength;
        }

        if ((first & 0xF) >= FirstControl)
        {
            return null;
        }

        if (!_hasLimit)
        {
            _maxMessageBytes = _maxBytes(_limits.Current);
            _hasLimit = true;
        }

        var keptContent = Math.Max(0, _kept - 1);
        return length > (ulong)Math.Max(0, _maxMessageBytes - keptContent) ? WebSocketMistake.TooLong
            : _kept > 0 && _fragments == MaxFragments ? WebSocketMistake.TooManyFragments : null;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> rest, out int headerBytes, out ulong length)
    {
        length = (ulong)(rest[1] & ~MaskedBit);
        var extraBytes = length == Length16 ? sizeof(ushort) : length == Length64 ? sizeof(ulong) : 0;
        headerBytes = ShortHeaderBytes + extraBytes + WebSocketMask.Bytes;
        if (rest.Length < ShortHeaderBytes + extraBytes)
        {
            return false;
        }

        length = extraBytes switch
        {
            sizeof(ushort) => BinaryPrimitives.ReadUInt16BigEndian(rest[ShortHeaderBytes..]),
            sizeof(ulong) => BinaryPrimitives.ReadUInt64BigEndian(rest[ShortHeaderBytes..]),
            _ => length,
        };
        return true;
    }
}
