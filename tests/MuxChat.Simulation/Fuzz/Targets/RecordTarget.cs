using System.Buffers.Binary;
using MuxChat.Core.Chat.History;
using MuxChat.Simulation.Fuzz.Generating;

namespace MuxChat.Simulation.Fuzz.Targets;

/// <summary>A stored event: whatever is read could have been written, byte for byte, and could be shown to a client.</summary>
internal sealed class RecordTarget : IFuzzTarget
{
    private const int FixedBytes = 32;
    private const int NumbersEnd = 25;
    private const long MinUnixMs = -62_135_596_800_000;
    private const long MaxUnixMs = 253_402_300_799_999;

    private byte[] _written = new byte[1024];

    public string Name => "record";

    public void Generate(FuzzRandom random, InputBuffer input)
    {
        if (random.OneIn(10))
        {
            Grammar.PutNoise(random, input);
            return;
        }

        var fixedPart = new byte[FixedBytes];
        var isMarked = random.OneIn(3);
        fixedPart[0] = (byte)(random.Next(11) | (random.OneIn(4) ? 0x80 : 0) | (isMarked ? 0x40 : 0));
        for (var at = 1; at < NumbersEnd; at += 8)
        {
            var number = (long)(random.NextLong() >> random.Next(64));
            BinaryPrimitives.WriteInt64LittleEndian(fixedPart.AsSpan(at), random.OneIn(20) ? -number : number);
        }

        input.Put(fixedPart);
        if (isMarked)
        {
            input.Put([(byte)random.Next(5), 0, 0]);
        }

        var room = PutPart(random, input, "#tea", "#Lobby", "#世界", "tea", "#a b", "#");
        var nick = PutPart(random, input, "alice", "guest-1", "1st", "", "é");
        var newNick = PutPart(random, input, "bob", "", "", "", "-a");
        var text = PutPart(random, input, "hello", "", "世界", "a\tb", "a\u001bb", "\u0085");
        var lengths = input.Bytes[NumbersEnd..];
        lengths[0] = (byte)room;
        lengths[1] = (byte)nick;
        lengths[2] = (byte)newNick;
        BinaryPrimitives.WriteInt32LittleEndian(lengths[3..], text);
        if (isMarked)
        {
            var tags = PutPart(random, input, "+x=1;+draft/reply=1-2", "", "+x=\u4e16", "+x=a b", "+x=\u0085");
            BinaryPrimitives.WriteUInt16LittleEndian(input.Bytes[(FixedBytes + 1)..], (ushort)tags);
        }
    }

    public string? Check(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        if (!EventRecord.TryRead(input, out var past))
        {
            return null;
        }

        var size = EventRecord.SizeOf(past);
        if (size != input.Length)
        {
            return $"{input.Length} bytes were read as an event of {size}";
        }

        if (_written.Length < size)
        {
            _written = new byte[size * 2];
        }

        EventRecord.Write(past, _written.AsSpan(0, size));
        if (!input.SequenceEqual(_written.AsSpan(0, size)))
        {
            return "what was read is written as other bytes";
        }

        if (!ReferenceUtf8.IsText(past.Room) || !ReferenceUtf8.IsText(past.Nick) || !ReferenceUtf8.IsText(past.NewNick)
            || !ReferenceUtf8.IsText(past.Text) || !ReferenceUtf8.IsText(past.Tags) || past.Tags.Contains((byte)' '))
        {
            return "it holds what no client may be sent";
        }

        return past.UnixMs is < MinUnixMs or > MaxUnixMs || past.Seq < 1 || past.Epoch < 1 ? "a number or a time that cannot be" : null;
    }

    private static int PutPart(FuzzRandom random, InputBuffer input, params string[] choices)
    {
        var start = input.Length;
        input.Put(random.Pick(choices));
        if (random.OneIn(20))
        {
            input.Put(random.Pick(Nasty.Utf8));
        }

        return input.Length - start;
    }
}
