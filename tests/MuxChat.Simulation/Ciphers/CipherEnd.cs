using System.Buffers.Binary;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Ciphers;

/// <summary>
/// One end of a simulated cipher: it seals content into records and opens those that arrive. It hides nothing, but each record has a number
/// and a check value: a byte that is lost, doubled or swapped is noticed.
/// </summary>
internal sealed class CipherEnd(ulong key, bool isServer, int maxContentBytes)
{
    /// <summary>A type, a version and a length before the content, and the check value after it.</summary>
    public const int OverheadBytes = HeaderBytes + CheckBytes;

    private const int HeaderBytes = 4;
    private const byte Version = 3;
    private const int CheckBytes = 4;

    private readonly ByteQueue _held = new();
    private readonly byte[] _content = new byte[maxContentBytes];
    private long _sealed;
    private long _opened;

    /// <summary>Bytes of a record that is not whole.</summary>
    public int HeldBytes => _held.Count;

    /// <summary>What is wrong with what arrived; empty for nothing.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>Seals content into one record.</summary>
    public void Seal(RecordType type, ReadOnlySpan<byte> content, ByteQueue into)
    {
        Span<byte> record = new byte[content.Length + OverheadBytes];
        (record[0], record[1]) = ((byte)type, Version);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], (ushort)content.Length);
        var body = record.Slice(HeaderBytes, content.Length);
        content.CopyTo(body);
        BinaryPrimitives.WriteUInt32BigEndian(record[^CheckBytes..], CheckOf(type, content, isServer, _sealed));
        Mask(body, isServer, _sealed++);
        into.Append(record);
    }

    /// <summary>Takes what arrived.</summary>
    public void Feed(ReadOnlySpan<byte> bytes) => _held.Append(bytes);

    /// <summary>Opens the next record, if it is whole. Its content is valid until the next call.</summary>
    public bool TryOpen(out RecordType type, out ReadOnlySpan<byte> content)
    {
        type = default;
        content = default;
        var held = _held.Pending;
        if (held.IsEmpty || Fault.Length > 0)
        {
            return false;
        }

        type = (RecordType)held[0];
        if (!Enum.IsDefined(type) || held is [_, not Version, ..])
        {
            Fault = "it is no record";
        }

        if (Fault.Length > 0 || held.Length < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(held[2..]);
        Fault = length > maxContentBytes ? "a record is too long" : "";
        if (Fault.Length > 0 || held.Length < length + OverheadBytes)
        {
            return false;
        }

        var opened = _content.AsSpan(0, length);
        held.Slice(HeaderBytes, length).CopyTo(opened);
        Mask(opened, !isServer, _opened);
        var check = BinaryPrimitives.ReadUInt32BigEndian(held[(HeaderBytes + length)..]);
        Fault = check == CheckOf(type, opened, !isServer, _opened++) ? "" : "a record is not what was sent";
        _held.Consume(length + OverheadBytes);
        content = opened;
        return Fault.Length == 0;
    }

    private void Mask(Span<byte> body, bool isFromServer, long number)
    {
        var mask = 0UL;
        for (var at = 0; at < body.Length; at++)
        {
            mask = at % sizeof(ulong) == 0 ? SeededRandom.Mix(Word(isFromServer, number) + (ulong)at) : mask >> 8;
            body[at] ^= (byte)mask;
        }
    }

    private uint CheckOf(RecordType type, ReadOnlySpan<byte> content, bool isFromServer, long number)
    {
        var check = SeededRandom.Mix(Word(isFromServer, number) ^ (ulong)type);
        foreach (var one in content)
        {
            check = (check ^ one) * 0x100000001B3;
        }

        return (uint)SeededRandom.Mix(check);
    }

    private ulong Word(bool isFromServer, long number) => key ^ ((ulong)number << 20) ^ (isFromServer ? 1UL << 63 : 0);
}
