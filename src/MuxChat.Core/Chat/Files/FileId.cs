using System.Buffers.Binary;
using System.Globalization;

namespace MuxChat.Core.Chat.Files;

/// <summary>The name of a shared file: 128 random bits, so that no client can guess it.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct FileId(UInt128 Value)
{
    /// <summary>The length of an id as text: 32 hexadecimal digits in lower case.</summary>
    public const int TextBytes = 32;

    private const int Bytes = 16;

    /// <summary>Reads an id from its text, which has no other form than the one that <see cref="Write"/> gives it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out FileId id)
    {
        id = default;
        if (text.Length != TextBytes || text.ContainsAnyInRange((byte)'A', (byte)'F')
            || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new FileId(value);
        return true;
    }

    /// <summary>Makes an id of 16 random bytes.</summary>
    public static FileId Of(ReadOnlySpan<byte> random) => new(BinaryPrimitives.ReadUInt128LittleEndian(random[..Bytes]));

    /// <summary>Writes the id as <see cref="TextBytes"/> hexadecimal digits.</summary>
    public void Write(Span<byte> text) => Value.TryFormat(text, out _, "x32", CultureInfo.InvariantCulture);

    /// <summary>Returns the id as text.</summary>
    public byte[] ToBytes()
    {
        var text = new byte[TextBytes];
        Write(text);
        return text;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
