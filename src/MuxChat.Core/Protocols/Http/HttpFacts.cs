using System.Text;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The facts about a message that its fields state. The parser owns it while it reads one head.</summary>
internal struct HttpFacts
{
    // A longer number of bytes is no length that any client means.
    private const int MaxLengthDigits = 18;

    private bool _hasLength;
    private long _lengthBytes;

    public int Hosts { get; private set; }

    public bool HasCoding { get; private set; }

    /// <summary>Whether the only coding is chunked, by which a client sends a body of unknown length.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>Whether the client waits for 100 before its body.</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>Whether the client expects anything else.</summary>
    public bool ExpectsOther { get; private set; }

    /// <summary>The length of the body, in bytes; -1 if no field says it.</summary>
    public readonly long LengthBytes => _hasLength ? _lengthBytes : -1;

    /// <summary>Notes a field. False if its value makes the request invalid.</summary>
    public bool Note(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, ref HttpRequest request)
    {
        if (Ascii.EqualsIgnoreCase(name, "host"u8))
        {
            // The authority of an absolute target replaces the field (RFC 9112, section 3.2.2).
            request.Authority = request.Authority.IsEmpty ? value : request.Authority;
            Hosts++;
            return HttpAuthority.IsValid(value);
        }

        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            return NoteLength(value);
        }

        if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            IsChunked = !HasCoding && Ascii.EqualsIgnoreCase(value, "chunked"u8);
            HasCoding = true;
            return true;
        }

        if (Ascii.EqualsIgnoreCase(name, "expect"u8))
        {
            var isContinue = Ascii.EqualsIgnoreCase(value, "100-continue"u8);
            ExpectsContinue |= isContinue;
            ExpectsOther |= !isContinue;
        }

        return true;
    }

    // RFC 9110, section 8.6: digits alone. A repeated field must agree.
    private bool NoteLength(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value.Length > MaxLengthDigits || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        var bytes = 0L;
        foreach (var digit in value)
        {
            bytes = (bytes * 10) + (digit - '0');
        }

        var isSame = !_hasLength || _lengthBytes == bytes;
        (_hasLength, _lengthBytes) = (true, bytes);
        return isSame;
    }
}
