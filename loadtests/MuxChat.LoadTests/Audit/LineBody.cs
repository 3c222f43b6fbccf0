using System.Buffers.Text;

namespace MuxChat.LoadTests.Audit;

/// <summary>
/// What a simulated client says: <c>s3 n17 </c> and filler up to the payload's size. Sender and number tell which line it is; the filler
/// follows from both, so that a receiver can check every byte without being told what was sent.
/// </summary>
internal sealed class LineBody
{
    /// <summary>The shortest payload in bytes: the longest head, and some filler.</summary>
    public const int MinBytes = 32;

    private const int FillerBytes = 1 << 16;
    private const uint Seed = 2654435761;

    private readonly byte[] _filler;

    public LineBody(int payloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(payloadBytes, MinBytes);
        PayloadBytes = payloadBytes;
        _filler = MakeFiller(FillerBytes + payloadBytes);
    }

    public int PayloadBytes { get; }

    /// <summary>Writes the line of that sender and number, and returns its length, which is <see cref="PayloadBytes"/>.</summary>
    public int Write(int sender, int number, Span<byte> into)
    {
        var head = WriteHead(sender, number, into);
        Filler(sender, number, PayloadBytes - head).CopyTo(into[head..]);
        return PayloadBytes;
    }

    /// <summary>Reads sender and number. False when the line is none of ours, whole and unchanged.</summary>
    public bool TryRead(ReadOnlySpan<byte> body, out int sender, out int number)
    {
        number = 0;
        sender = 0;
        if (body.Length != PayloadBytes || body[0] != (byte)'s' || !Utf8Parser.TryParse(body[1..], out sender, out var senderDigits))
        {
            return false;
        }

        var rest = body[(1 + senderDigits)..];
        if (!rest.StartsWith(" n"u8) || !Utf8Parser.TryParse(rest[2..], out number, out var numberDigits))
        {
            return false;
        }

        rest = rest[(2 + numberDigits)..];
        return rest.Length > 0 && rest[0] == (byte)' ' && rest[1..].SequenceEqual(Filler(sender, number, rest.Length - 1));
    }

    private ReadOnlySpan<byte> Filler(int sender, int number, int length) =>
        _filler.AsSpan((int)(((uint)number * 31u + (uint)sender * 7919u) % FillerBytes), length);

    private static int WriteHead(int sender, int number, Span<byte> into)
    {
        into[0] = (byte)'s';
        Utf8Formatter.TryFormat(sender, into[1..], out var senderDigits);
        var at = 1 + senderDigits;
        " n"u8.CopyTo(into[at..]);
        Utf8Formatter.TryFormat(number, into[(at + 2)..], out var numberDigits);
        at += 2 + numberDigits;
        into[at] = (byte)' ';
        return at + 1;
    }

    // Letters in no order that repeats within a line; a xorshift with a fixed seed, so that every run and every receiver has the same.
    private static byte[] MakeFiller(int length)
    {
        var filler = new byte[length];
        var state = Seed;
        for (var i = 0; i < length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            filler[i] = (byte)('a' + (state % 26));
        }

        return filler;
    }
}
