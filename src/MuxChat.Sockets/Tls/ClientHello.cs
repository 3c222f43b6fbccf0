using System.Buffers.Binary;

namespace MuxChat.Sockets.Tls;

/// <summary>
/// The requests in a client's first message (RFC 8446, section 4.1.2): the name of the server, and the application protocols.
/// </summary>
/// <remarks>
/// The cipher checks the message. Here a malformed one, or one in several records, only asks for nothing.
/// </remarks>
internal readonly ref struct ClientHello
{
    /// <summary>The record's type: handshake.</summary>
    public const byte HandshakeRecord = 22;

    private const byte ClientHelloMessage = 1;
    private const int MessageHeaderBytes = 4;
    private const int VersionAndRandomBytes = 2 + 32;
    private const int ServerNameExtension = 0;
    private const int AlpnExtension = 16;
    private const byte HostName = 0;

    private ClientHello(ReadOnlySpan<byte> serverName, ReadOnlySpan<byte> protocols)
    {
        ServerName = serverName;
        Protocols = protocols;
    }

    /// <summary>The name of the server (RFC 6066, section 3), in ASCII; empty for none.</summary>
    public ReadOnlySpan<byte> ServerName { get; }

    private ReadOnlySpan<byte> Protocols { get; }

    /// <summary>Whether the client offers an application protocol (RFC 7301, section 3.1).</summary>
    public bool Offers(ReadOnlySpan<byte> protocol)
    {
        var rest = new Reader(Protocols);
        while (!rest.IsEmpty)
        {
            if (rest.Vector8().SequenceEqual(protocol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the message from the client's first record.</summary>
    public static ClientHello Read(ReadOnlySpan<byte> record)
    {
        var reader = new Reader(record);
        reader.Skip(3);
        reader = new Reader(reader.Vector16());
        if (reader.Byte() != ClientHelloMessage)
        {
            return default;
        }

        reader.Skip(MessageHeaderBytes - 1 + VersionAndRandomBytes);
        _ = reader.Vector8();
        _ = reader.Vector16();
        _ = reader.Vector8();
        var extensions = new Reader(reader.Vector16());
        ReadOnlySpan<byte> name = [];
        ReadOnlySpan<byte> protocols = [];
        while (!extensions.IsEmpty)
        {
            var type = extensions.UInt16();
            var body = new Reader(extensions.Vector16());
            if (type == ServerNameExtension)
            {
                var names = new Reader(body.Vector16());
                name = names.Byte() == HostName ? names.Vector16() : [];
            }
            else if (type == AlpnExtension)
            {
                protocols = body.Vector16();
            }
        }

        return new ClientHello(name, protocols);
    }

    /// <summary>Reads numbers and vectors from the front. One that is not there reads as zero or empty, and ends the rest.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool IsEmpty => _rest.IsEmpty;

        public void Skip(int count) => Take(count);

        public byte Byte() => Take(1) is [var one] ? one : (byte)0;

        public int UInt16() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : 0;

        public ReadOnlySpan<byte> Vector8() => Take(Byte());

        public ReadOnlySpan<byte> Vector16() => Take(UInt16());

        private ReadOnlySpan<byte> Take(int count)
        {
            var taken = count <= _rest.Length ? _rest[..count] : [];
            _rest = count <= _rest.Length ? _rest[count..] : [];
            return taken;
        }
    }
}
