using MuxChat.Core.Chat.Rooms;

namespace MuxChat.Core.Chat.Text;

/// <summary>
/// Compares names as UTF-8 bytes, with A-Z equal to a-z and nothing else folded (IRC's
/// CASEMAPPING=ascii). Looks names up by span, without allocation.
/// </summary>
internal sealed class AsciiCaseInsensitive : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly AsciiCaseInsensitive Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x is null || y is null ? ReferenceEquals(x, y) : AreEqual(x, y);

    public int GetHashCode(byte[] obj) => Hash(obj);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => AreEqual(alternate, other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => Hash(alternate);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public static bool AreEqual(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != y.Length)
        {
            return false;
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (Lower(x[i]) != Lower(y[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        // HashCode is seeded per process, so clients cannot choose names that collide.
        Span<byte> lowered = stackalloc byte[RoomName.MaxBytes];
        var length = Math.Min(name.Length, lowered.Length);
        for (var i = 0; i < length; i++)
        {
            lowered[i] = Lower(name[i]);
        }

        var hash = default(HashCode);
        hash.AddBytes(lowered[..length]);
        return hash.ToHashCode();
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
