using System.Buffers.Binary;

namespace MuxChat.Core.Framing;

/// <summary>The form of the length before each frame: the number of its bytes, and their order.</summary>
public sealed class LengthHeader
{
    /// <summary>Four bytes, most significant first (network byte order): the default.</summary>
    public static readonly LengthHeader BigEndian32 = new(sizeof(uint), isLittleEndian: false);

    /// <summary>Four bytes, least significant first, as <c>struct.pack('i', n)</c> writes them on most machines.</summary>
    public static readonly LengthHeader LittleEndian32 = new(sizeof(uint), isLittleEndian: true);

    /// <summary>Two bytes, most significant first, as Java's <c>DataOutputStream.writeUTF</c> writes them. A frame may be empty.</summary>
    public static readonly LengthHeader BigEndian16 = new(sizeof(ushort), isLittleEndian: false);

    private LengthHeader(int bytes, bool isLittleEndian) => (Bytes, IsLittleEndian) = (bytes, isLittleEndian);

    /// <summary>The number of bytes: 2 or 4.</summary>
    public int Bytes { get; }

    /// <summary>Whether the least significant byte comes first.</summary>
    public bool IsLittleEndian { get; }

    /// <summary>Whether the header has two bytes. Every length that it can hold is short enough to skip.</summary>
    public bool IsShort => Bytes == sizeof(ushort);

    /// <summary>Whether a frame may have no content.</summary>
    public bool AllowsEmpty => IsShort;

    /// <summary>Reads the length at the front of the bytes. The bytes hold the whole header.</summary>
    public uint Read(ReadOnlySpan<byte> bytes) => Read(bytes, IsLittleEndian);

    /// <summary>Reads the length that the same bytes would be in the other byte order.</summary>
    public uint ReadSwapped(ReadOnlySpan<byte> bytes) => Read(bytes, !IsLittleEndian);

    /// <summary>Writes a length to the front of the bytes.</summary>
    /// <exception cref="OverflowException">The header cannot hold the length.</exception>
    public void Write(Span<byte> bytes, int length)
    {
        if (IsShort)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)length));
        }
        else if (IsLittleEndian)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        }
    }

    private uint Read(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
        IsShort ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
