using System.Buffers.Binary;
using MuxChat.Core.Delivery;

namespace MuxChat.Sockets.Channels;

/// <summary>
/// The header with which a proxy begins a connection: HAProxy's PROXY protocol, version 1 (a line) and version 2 (a binary block), as
/// proxy-protocol.txt specifies it. Parsing looks at bytes only, and allocates nothing.
/// </summary>
/// <remarks>Invariant: whether bytes are a header never depends on how they were cut.</remarks>
/// <param name="Client">The client's address; unknown if the connection keeps the proxy's own.</param>
/// <param name="Port">The client's port.</param>
/// <param name="Bytes">The length of the whole header. Its last bytes may not have arrived yet: they say nothing that is needed.</param>
internal readonly record struct ProxyHeader(InternetAddress Client, int Port, int Bytes)
{
    /// <summary>The longest header of version 1, with its CR LF: 107 bytes (section 2.1).</summary>
    public const int MaxLineBytes = 107;

    /// <summary>
    /// The longest address block of version 2, with its additional fields: 4,096 bytes. A longer one is malformed. HAProxy sends at most
    /// a few hundred, and the length field allows 65,535.
    /// </summary>
    public const int MaxBlockBytes = 4096;

    /// <summary>The first bytes that <see cref="Parse"/> may have to see together: 107.</summary>
    public const int MaxHeldBytes = MaxLineBytes;

    private const int FixedBytes = 16;
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;
    private const int PortBytes = 2;
    private const int MaxPortDigits = 5;

    // Section 2.2: the 13th byte is the version and the command, the 14th the family and the transport.
    private const int VersionAt = 12;
    private const int FamilyAt = 13;
    private const int LengthAt = 14;
    private const int Version2 = 2;
    private const int Local = 0;
    private const int Proxied = 1;
    private const int Stream = 1;
    private const int Datagram = 2;
    private const int IPv4 = 1;
    private const int IPv6 = 2;
    private const int Unix = 3;

    /// <summary>The beginning of a header of version 1.</summary>
    public static ReadOnlySpan<byte> LineSignature => "PROXY "u8;

    /// <summary>The beginning of a header of version 2. No text protocol begins so.</summary>
    public static ReadOnlySpan<byte> BlockSignature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    /// <summary>Parses the first bytes of a connection.</summary>
    /// <param name="first">All bytes so far. Those after <see cref="MaxHeldBytes"/> do not matter.</param>
    /// <param name="header">The header, if it is whole up to the fields that are skipped.</param>
    /// <param name="fault">The mistake in a malformed header, as a phrase for the log; empty for none.</param>
    public static ProxyHeaderMatch Parse(ReadOnlySpan<byte> first, out ProxyHeader header, out string fault)
    {
        (header, fault) = (default, "");
        if (BeginsWith(first, BlockSignature))
        {
            return first.Length < FixedBytes ? ProxyHeaderMatch.NeedMore : ParseBlock(first, ref header, ref fault);
        }

        if (BeginsWith(first, LineSignature))
        {
            return first.Length < LineSignature.Length ? ProxyHeaderMatch.NeedMore : ParseLine(first, ref header, ref fault);
        }

        return ProxyHeaderMatch.None;
    }

    private static bool BeginsWith(ReadOnlySpan<byte> first, ReadOnlySpan<byte> signature)
    {
        var common = Math.Min(first.Length, signature.Length);
        return first[..common].SequenceEqual(signature[..common]);
    }

    private static ProxyHeaderMatch ParseLine(ReadOnlySpan<byte> first, ref ProxyHeader header, ref string fault)
    {
        var line = first[..Math.Min(first.Length, MaxLineBytes)];
        var end = line.IndexOf((byte)'\n');
        if (end < 0)
        {
            fault = line.Length < MaxLineBytes ? "" : $"a PROXY line has more than {MaxLineBytes} bytes";
            return fault.Length == 0 ? ProxyHeaderMatch.NeedMore : ProxyHeaderMatch.Malformed;
        }

        if (line[end - 1] == (byte)'\r' && TryReadLine(line[LineSignature.Length..(end - 1)], out var client, out var port))
        {
            header = new ProxyHeader(client, port, end + 1);
            return ProxyHeaderMatch.Whole;
        }

        fault = "a PROXY line is malformed";
        return ProxyHeaderMatch.Malformed;
    }

    // TCP4 or TCP6, both addresses, both ports, each after one space. After UNKNOWN, the rest of the line is ignored.
    private static bool TryReadLine(ReadOnlySpan<byte> rest, out InternetAddress client, out int port)
    {
        (client, port) = (default, 0);
        var family = CutWord(ref rest);
        if (family.SequenceEqual("UNKNOWN"u8))
        {
            return true;
        }

        var isIPv6 = family.SequenceEqual("TCP6"u8);
        if ((!isIPv6 && !family.SequenceEqual("TCP4"u8))
            || !TryReadAddress(CutWord(ref rest), isIPv6, out var from)
            || !TryReadAddress(CutWord(ref rest), isIPv6, out _)
            || !TryReadPort(CutWord(ref rest), out var fromPort)
            || !TryReadPort(rest, out _))
        {
            return false;
        }

        (client, port) = (from, fromPort);
        return true;
    }

    private static ReadOnlySpan<byte> CutWord(ref ReadOnlySpan<byte> rest)
    {
        var space = rest.IndexOf((byte)' ');
        var word = space < 0 ? rest : rest[..space];
        rest = space < 0 ? [] : rest[(space + 1)..];
        return word;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> word, bool isIPv6, out InternetAddress address) =>
        InternetAddress.TryParse(word, out address) && word.Contains((byte)':') == isIPv6;

    private static bool TryReadPort(ReadOnlySpan<byte> word, out int port)
    {
        port = 0;
        if (word.Length is 0 or > MaxPortDigits || (word.Length > 1 && word[0] == (byte)'0')
            || word.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        foreach (var digit in word)
        {
            port = (port * 10) + digit - '0';
        }

        return port <= ushort.MaxValue;
    }

    private static ProxyHeaderMatch ParseBlock(ReadOnlySpan<byte> first, ref ProxyHeader header, ref string fault)
    {
        var (version, command) = (first[VersionAt] >> 4, first[VersionAt] & 0xF);
        var (family, transport) = (first[FamilyAt] >> 4, first[FamilyAt] & 0xF);
        var blockBytes = BinaryPrimitives.ReadUInt16BigEndian(first[LengthAt..]);
        var isProxied = command == Proxied;

        // The receiver must use the address of a stream over IPv4 or IPv6, and may take every other combination for an unknown one. The
        // family of a LOCAL connection, which is one of the proxy itself, is ignored.
        var addressBytes = isProxied && transport == Stream ? family switch { IPv4 => IPv4Bytes, IPv6 => IPv6Bytes, _ => 0 } : 0;
        var neededBytes = addressBytes == 0 ? 0 : 2 * (addressBytes + PortBytes);
        fault = version != Version2 ? $"a PROXY header has version {version}"
            : command is not (Local or Proxied) ? $"a PROXY header has command {command}"
            : isProxied && (family > Unix || transport > Datagram) ? $"a PROXY header has family {family} and transport {transport}"
            : blockBytes > MaxBlockBytes ? $"a PROXY header announces {blockBytes} bytes, and at most {MaxBlockBytes} are allowed"
            : blockBytes < neededBytes ? $"a PROXY header announces {blockBytes} bytes, and its addresses have {neededBytes}"
            : "";
        if (fault.Length > 0)
        {
            return ProxyHeaderMatch.Malformed;
        }

        if (first.Length < FixedBytes + neededBytes)
        {
            return ProxyHeaderMatch.NeedMore;
        }

        header = new ProxyHeader(default, 0, FixedBytes + blockBytes);
        if (addressBytes > 0)
        {
            var block = first[FixedBytes..];
            header = header with
            {
                Client = InternetAddress.Of(block[..addressBytes]),
                Port = BinaryPrimitives.ReadUInt16BigEndian(block[(2 * addressBytes)..]),
            };
        }

        return ProxyHeaderMatch.Whole;
    }
}

/// <summary>The result of looking at a connection's first bytes for a PROXY header.</summary>
internal enum ProxyHeaderMatch
{
    /// <summary>There is no header.</summary>
    None,

    /// <summary>More bytes are needed.</summary>
    NeedMore,

    /// <summary>All that matters of the header is there.</summary>
    Whole,

    /// <summary>The bytes begin like a header and are none.</summary>
    Malformed,
}
