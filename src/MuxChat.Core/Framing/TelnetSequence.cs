namespace MuxChat.Core.Framing;

/// <summary>
/// Measures telnet sequences (RFC 854 "TELNET command structure", RFC 855 subnegotiation), so that they can be cut out of lines.
/// </summary>
internal static class TelnetSequence
{
    /// <summary>Interpret As Command: the byte that begins each sequence. It never occurs in UTF-8.</summary>
    public const byte Iac = 255;

    /// <summary>
    /// The longest subnegotiation in bytes: 512. A longer one counts as data, because no client sends one and a line must end some day.
    /// </summary>
    public const int MaxSubnegotiationBytes = 512;

    // End of file, suspend and abort (RFC 1184, section 2.5), and end of record (RFC 885) precede the commands of RFC 854.
    private const byte MinCommand = 236;
    private const byte SubnegotiationEnd = 240;
    private const byte SubnegotiationBegin = 250;
    private const byte Will = 251;
    private const byte Wont = 252;
    private const byte Do = 253;
    private const byte Dont = 254;

    /// <summary>The meaning of an IAC byte and the bytes after it.</summary>
    public enum Kind
    {
        /// <summary>A sequence that is not complete yet.</summary>
        Incomplete,

        /// <summary>A command or negotiation, which is not part of the line.</summary>
        Negotiation,

        /// <summary>Not a command: IAC IAC, or IAC before an ordinary byte. The bytes stay in the line, which is then not UTF-8.</summary>
        Data,
    }

    /// <summary>Returns the kind and length of the sequence at the front of <paramref name="bytes"/>, which begin with IAC.</summary>
    public static Kind Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2)
        {
            // Also for an empty span, which holds no IAC.
            return Kind.Incomplete;
        }

        switch (bytes[1])
        {
            case Iac:
                length = 2;
                return Kind.Data;
            case < MinCommand:
                length = 1;
                return Kind.Data;
            case SubnegotiationBegin:
                return MeasureSubnegotiation(bytes, out length);
            case >= Will:
                length = 3;
                return bytes.Length < 3 ? Kind.Incomplete : Kind.Negotiation;
            default:
                length = 2;
                return Kind.Negotiation;
        }
    }

    /// <summary>Returns the command that refuses the request <paramref name="command"/>; 0 if it is not a request.</summary>
    public static byte RefusalOf(byte command) => command switch
    {
        Do => Wont,
        Will => Dont,
        _ => 0,
    };

    private static Kind MeasureSubnegotiation(ReadOnlySpan<byte> bytes, out int length)
    {
        var max = Math.Min(bytes.Length, MaxSubnegotiationBytes);
        for (var at = 2; at + 1 < max; at++)
        {
            if (bytes[at] != Iac)
            {
                continue;
            }

            if (bytes[at + 1] == SubnegotiationEnd)
            {
                length = at + 2;
                return Kind.Negotiation;
            }

            if (bytes[at + 1] is >= MinCommand and < Iac)
            {
                // Another command: the end was lost, and the client's new request must not be lost with it.
                length = at;
                return Kind.Negotiation;
            }

            // IAC IAC inside a subnegotiation is a data byte 255.
            at++;
        }

        length = 2;
        return bytes.Length < MaxSubnegotiationBytes ? Kind.Incomplete : Kind.Data;
    }
}
