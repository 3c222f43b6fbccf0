using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MuxChat.LoadTests.Wires;

/// <summary>JSON messages over a WebSocket (RFC 6455), as a browser sends them: an upgrade, then masked frames.</summary>
internal sealed class WebSocketWire : IWire
{
    private const byte LineFeed = (byte)'\n';
    private const byte Final = 0x80;
    private const byte Masked = 0x80;
    private const byte Text = 1;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;
    private const int Medium = 126;
    private const int Long = 127;
    private const int MaskBytes = 4;
    private const int KeyBytes = 16;

    // RFC 6455, section 1.3.
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly JsonLines _json = new();
    private readonly ByteBuffer _out = new();
    private readonly ByteBuffer _early = new();
    private readonly Random _random;
    private readonly string _key;
    private bool _isOpen;

    /// <param name="seed">The seed of the key and of the masks.</param>
    public WebSocketWire(int seed)
    {
        _random = new Random(seed);
        var key = new byte[KeyBytes];
        _random.NextBytes(key);
        _key = Convert.ToBase64String(key);
    }

    public void Begin(IWireOwner owner) => owner.SendBytes(Encoding.ASCII.GetBytes(
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: {_key}\r\nSec-WebSocket-Protocol: json.muxchat\r\n\r\n"));

    public void Send(ReadOnlySpan<byte> lines, IWireOwner owner)
    {
        if (!_isOpen)
        {
            _early.Append(lines);
            return;
        }

        _out.Clear();
        for (var end = lines.IndexOf(LineFeed); end >= 0; end = lines.IndexOf(LineFeed))
        {
            AddFrame(Text, _json.ToMessage(lines[..end]));
            lines = lines[(end + 1)..];
        }

        owner.SendBytes(_out.Bytes);
    }

    public int Receive(Span<byte> bytes, IWireOwner owner)
    {
        var consumed = 0;
        if (!_isOpen)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return 0;
            }

            consumed = end + 4;
            if (!Open(Encoding.ASCII.GetString(bytes[..end]), owner))
            {
                return bytes.Length;
            }
        }

        while (TryCut(bytes[consumed..], out var header, out var length))
        {
            Handle(bytes[consumed..], header, bytes.Slice(consumed + header, length), owner);
            consumed += header + length;
        }

        return consumed;
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6455 asks for SHA-1 here.")]
    private bool Open(string answer, IWireOwner owner)
    {
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(_key + Guid)));
        if (!answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)
            || !answer.Contains($"\r\nSec-WebSocket-Accept: {accept}", StringComparison.OrdinalIgnoreCase)
            || !answer.Contains("\r\nSec-WebSocket-Protocol: json.muxchat", StringComparison.OrdinalIgnoreCase))
        {
            owner.Fail($"the upgrade was answered with {answer.Split("\r\n")[0]}");
            return false;
        }

        _isOpen = true;
        Send(_early.Bytes, owner);
        return true;
    }

    // RFC 6455, section 5.2. The server's frames have no mask.
    private static bool TryCut(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < header)
        {
            return false;
        }

        length = bytes[1];
        header += length switch { Medium => sizeof(ushort), Long => sizeof(ulong), _ => 0 };
        if (bytes.Length < header)
        {
            return false;
        }

        length = length switch
        {
            Medium => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            Long => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => length,
        };
        return bytes.Length - header >= length;
    }

    private void Handle(ReadOnlySpan<byte> frame, int header, ReadOnlySpan<byte> content, IWireOwner owner)
    {
        switch (frame[0])
        {
            case Final | Text:
                owner.OnLine(_json.ToLine(content));
                break;
            case Final | Ping:
                _out.Clear();
                AddFrame(Pong, content);
                owner.SendBytes(_out.Bytes);
                break;
            case Final | Pong or Final | Close:
                // After its close frame the server ends the connection, and that is what counts.
                break;
            default:
                owner.Fail($"a frame began with {Convert.ToHexString(frame[..header])}");
                break;
        }
    }

    private void AddFrame(byte opcode, ReadOnlySpan<byte> content)
    {
        const int MaxHeaderBytes = 14;
        var frame = _out.Space(MaxHeaderBytes + content.Length);
        frame[0] = (byte)(Final | opcode);
        var at = 2;
        if (content.Length < Medium)
        {
            frame[1] = (byte)(Masked | content.Length);
        }
        else
        {
            // No simulated client sends more than 4,000 bytes.
            frame[1] = Masked | Medium;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)content.Length));
            at += sizeof(ushort);
        }

        var mask = frame.Slice(at, MaskBytes);
        _random.NextBytes(mask);
        at += MaskBytes;
        for (var i = 0; i < content.Length; i++)
        {
            frame[at + i] = (byte)(content[i] ^ mask[i % MaskBytes]);
        }

        _out.Advance(at + content.Length);
    }
}
