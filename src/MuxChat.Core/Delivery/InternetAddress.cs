using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MuxChat.Core.Delivery;

/// <summary>
/// A whole internet address, as proxies and gateways name it: 128 bits, with an IPv4 address in its IPv4-mapped form (RFC 4291, 2.5.5.2).
/// </summary>
/// <remarks>Limits count by the part of it that <see cref="PeerAddress"/> keeps.</remarks>
/// <param name="Bits">The bits, first bit highest; 0 if the address is unknown, or is the unspecified one.</param>
public readonly record struct InternetAddress(UInt128 Bits)
{
    /// <summary>Bits of every address: 128.</summary>
    public const int AllBits = 128;

    /// <summary>Bits before an IPv4 address in its IPv4-mapped form: 96.</summary>
    public const int MappedBits = 96;

    private const int Groups = 8;
    private const int GroupBits = 16;
    private const int GroupDigits = 4;
    private const int Parts = 4;
    private const int PartBits = 8;
    private const int PartDigits = 3;
    private const uint MappedMark = 0xFFFF;
    private const byte LoopbackNet = 127;

    /// <summary>Whether nothing is known about the address. The unspecified addresses <c>::</c> and <c>0.0.0.0</c> say as little.</summary>
    public bool IsUnknown => Bits == 0 || Bits == (UInt128)MappedMark << (Parts * PartBits);

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => Bits >> (AllBits - MappedBits) == MappedMark;

    /// <summary>Whether this is a loopback address (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).</summary>
    public bool IsLoopback => IsIPv4 ? (byte)(Bits >> (PartBits * (Parts - 1))) == LoopbackNet : Bits == 1;

    /// <summary>Makes an address from the 4 bytes of IPv4 or the 16 bytes of IPv6, first byte first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not 4 or 16 bytes.</exception>
    public static InternetAddress Of(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        Parts => OfIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        AllBits / PartBits => new InternetAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
        _ => throw new ArgumentOutOfRangeException(nameof(bytes)),
    };

    /// <summary>
    /// Reads an address from text: IPv4 as four decimal numbers, or IPv6 (RFC 4291, 2.2). Numbers have no leading zeros, and there are no
    /// brackets, no port and no zone.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out InternetAddress address)
    {
        address = default;
        if (!text.Contains((byte)':'))
        {
            var isIPv4 = TryParseIPv4(text, out var number);
            address = isIPv4 ? OfIPv4(number) : default;
            return isIPv4;
        }

        var gap = text.IndexOf("::"u8);
        if (gap < 0)
        {
            var isWhole = TryReadGroups(text, out var bits, out var count) && count == Groups;
            address = isWhole ? new InternetAddress(bits) : default;
            return isWhole;
        }

        // The gap holds at least one group.
        if (text[..gap].Contains((byte)'.') || !TryReadGroups(text[..gap], out var high, out var before)
            || !TryReadGroups(text[(gap + 2)..], out var low, out var after) || before + after >= Groups)
        {
            return false;
        }

        address = new InternetAddress((before == 0 ? 0 : high << (GroupBits * (Groups - before))) | low);
        return true;
    }

    /// <summary>
    /// Reads an address that may have a port, which is ignored: <c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>, as proxies of HTTP write
    /// it.
    /// </summary>
    public static bool TryParseWithPort(ReadOnlySpan<byte> text, out InternetAddress address)
    {
        address = default;
        var isBracketed = text.StartsWith("["u8);
        var end = isBracketed ? text.IndexOf((byte)']') : text.Count((byte)':') == 1 ? text.IndexOf((byte)':') : text.Length;
        if (end < 0)
        {
            return false;
        }

        var rest = isBracketed ? text[(end + 1)..] : text[end..];
        var port = rest.StartsWith(":"u8) ? rest[1..] : rest;
        return rest.IsEmpty == port.IsEmpty && (rest.IsEmpty || rest[0] == (byte)':')
            && !port.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && TryParse(text[(isBracketed ? 1 : 0)..end], out address) && (!isBracketed || text[..end].Contains((byte)':'));
    }

    /// <summary>Returns the address as text, in the form that RFC 5952 recommends.</summary>
    public override string ToString()
    {
        if (IsIPv4)
        {
            return string.Join('.', Enumerable.Range(1, Parts).Select(Part));
        }

        var (start, length) = LongestZeros();
        var text = new StringBuilder();
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            text.Append(i > 0 && text[^1] != ':' ? ":" : "").Append(Group(i).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static InternetAddress OfIPv4(uint number) => new(((UInt128)MappedMark << (Parts * PartBits)) | number);

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        for (var i = 0; i < Parts; i++)
        {
            var dot = i == Parts - 1 ? text.Length : text.IndexOf((byte)'.');
            if (dot < 1 || !TryReadPart(text[..dot], out var part))
            {
                return false;
            }

            number = (number << PartBits) | part;
            text = dot < text.Length ? text[(dot + 1)..] : [];
        }

        return true;
    }

    private static bool TryReadPart(ReadOnlySpan<byte> digits, out uint part)
    {
        part = 0;
        if (digits.Length > PartDigits || (digits.Length > 1 && digits[0] == (byte)'0'))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            part = (part * 10) + digit - '0';
        }

        return part <= byte.MaxValue;
    }

    // Groups of hexadecimal digits between colons. The last two may be written as an IPv4 address.
    private static bool TryReadGroups(ReadOnlySpan<byte> text, out UInt128 bits, out int count)
    {
        (bits, count) = (0, 0);
        while (!text.IsEmpty)
        {
            var colon = text.IndexOf((byte)':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains((byte)'.'))
            {
                var isRead = TryParseIPv4(group, out var last);
                (bits, count) = ((bits << (Parts * PartBits)) | last, count + 2);
                return isRead && count <= Groups;
            }

            if (count == Groups || colon == text.Length - 1 || !TryReadGroup(group, out var value))
            {
                return false;
            }

            (bits, count) = ((bits << GroupBits) | value, count + 1);
            text = colon < 0 ? [] : text[(colon + 1)..];
        }

        return true;
    }

    private static bool TryReadGroup(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        if (digits.Length is 0 or > GroupDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | (uint)(digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }

    private byte Part(int number) => (byte)(Bits >> (PartBits * (Parts - number)));

    private ushort Group(int index) => (ushort)(Bits >> (GroupBits * (Groups - 1 - index)));

    // RFC 5952, 4.2: the first of the longest runs of at least two groups of zeros.
    private (int Start, int Length) LongestZeros()
    {
        var (start, length) = (-1, 1);
        for (var i = 0; i < Groups; i++)
        {
            var end = i;
            while (end < Groups && Group(end) == 0)
            {
                end++;
            }

            if (end - i > length)
            {
                (start, length) = (i, end - i);
            }

            i = Math.Max(i, end - 1);
        }

        return (start, length);
    }
}
