namespace MuxChat.Sockets.Tls;

/// <summary>Follows the borders of TLS records (RFC 8446, section 5.1) in a stream of bytes, without looking into the records.</summary>
/// <remarks>A field of its session, never copied.</remarks>
internal struct RecordBorder
{
    /// <summary>Bytes of a record's header.</summary>
    public const int HeaderBytes = 5;

    /// <summary>The longest record without its header: 2^14 + 2,048 bytes (RFC 5246, section 6.2.3; TLS 1.3 allows fewer).</summary>
    public const int MaxRecordBytes = (16 * 1024) + 2048;

    private int _headerBytes;
    private int _length;
    private int _left;

    /// <summary>Bytes of the last record, which is not whole yet; 0 at a border.</summary>
    public int HeldBytes { get; private set; }

    /// <summary>Records that were whole, since the start.</summary>
    public long Passed { get; private set; }

    /// <summary>Goes on over these bytes. False if a record is longer than any may be.</summary>
    public bool TryPass(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = 1;
            if (_headerBytes < HeaderBytes)
            {
                _length = (_length << 8) | bytes[0];
                _headerBytes++;
                _left = _headerBytes == HeaderBytes ? _length & 0xFFFF : 0;
                if (_left > MaxRecordBytes)
                {
                    return false;
                }
            }
            else
            {
                count = Math.Min(_left, bytes.Length);
                _left -= count;
            }

            HeldBytes += count;
            bytes = bytes[count..];
            if (_headerBytes == HeaderBytes && _left == 0)
            {
                (HeldBytes, _headerBytes, _length) = (0, 0, 0);
                Passed++;
            }
        }

        return true;
    }
}
