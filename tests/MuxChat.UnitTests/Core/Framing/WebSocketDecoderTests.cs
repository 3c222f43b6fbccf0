using CsCheck;
using MuxChat.Core.Framing;
using MuxChat.Core.Settings;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class WebSocketDecoderTests
{
    private const int Seed = 4711;
    private const int Limit = 300;

    private static readonly byte[] Hello = Bytes.Utf8("Hello");

    public static TheoryData<string, WebSocketMistake> Mistakes => new()
    {
        { "first reserved bit", WebSocketMistake.ReservedBit },
        { "third reserved bit of a control frame", WebSocketMistake.ReservedBit },
        { "opcode 3", WebSocketMistake.UnknownOpcode },
        { "opcode 11", WebSocketMistake.UnknownOpcode },
        { "not masked", WebSocketMistake.NotMasked },
        { "16 bits for 125", WebSocketMistake.BadLength },
        { "64 bits for 65535", WebSocketMistake.BadLength },
        { "64 bits with the highest one", WebSocketMistake.BadLength },
        { "ping in fragments", WebSocketMistake.BadControl },
        { "ping of 126 bytes", WebSocketMistake.BadControl },
        { "continuation alone", WebSocketMistake.BadFragment },
        { "text within a text", WebSocketMistake.BadFragment },
        { "longer than the limit", WebSocketMistake.TooLong },
        { "as long as four gigabytes", WebSocketMistake.TooLong },
        { "longer than the limit in fragments", WebSocketMistake.TooLong },
        { "too many fragments", WebSocketMistake.TooManyFragments },
    };

    private static IFrameDecoder NewDecoder() => NewDecoder(new FrameLimits { FrameBytes = Limit });

    private static IFrameDecoder NewDecoder(Replaceable<FrameLimits> limits) =>
        new WebSocketFraming(limits, WebSocketFrameKind.Text, static limits => limits.FrameBytes).CreateDecoder(new WrittenAnswers());

    // The examples of RFC 6455, section 5.7, that a client may send.
    [Fact]
    public void Examples_of_the_RFC_are_decoded()
    {
        byte[] text = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        byte[] pong = [0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        var decoded = Decoding.Whole(NewDecoder(), [.. text, .. pong]);
        Assert.Equal(["Text:Hello", "Pong:Hello"], Said(decoded));
    }

    [Fact]
    public void Fragments_with_control_frames_between_them_are_one_message_behind_the_control_frames()
    {
        byte[] stream =
        [
            .. Of(Text, "Hel"u8, isFinal: false), .. Of(Ping, "a"u8), .. Of(Continuation, default, isFinal: false, mask: 0),
            .. Of(Pong, default), .. Of(Continuation, "lo"u8, mask: uint.MaxValue), .. Of(Binary, [1]), .. Of(Close, default),
        ];
        Assert.Equal(["Ping:a", "Pong:", "Text:Hello", "Binary:\x01", "Close:"], Said(Decoding.Whole(NewDecoder(), stream)));
        Decoding.AssertAnyCutIsTheSame(NewDecoder, stream, Seed);
    }

    [Fact]
    public void Message_at_the_limit_is_taken_whole_and_in_as_many_fragments_as_allowed()
    {
        var content = new byte[Limit];
        byte[] fragments =
        [
            .. Of(Text, content, isFinal: false),
            .. Empties(WebSocketDecoder.MaxFragments - 2),
            .. Of(Continuation, default),
        ];
        var decoded = Decoding.Whole(NewDecoder(), [.. Of(Text, content), .. fragments]);
        Assert.Equal([Limit + 1, Limit + 1], decoded.Outcomes.Select(static one => one.Bytes.Length));
        Assert.Empty(decoded.Rest);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_named_once_and_the_rest_is_dropped(string name, WebSocketMistake mistake)
    {
        byte[] stream = [.. Of(Ping, "a"u8), .. Wrong(name), .. Of(Text, Hello)];
        var said = Said(Decoding.Whole(NewDecoder(), stream));
        Assert.Equal(["Ping:a", $"Mistake:{(char)mistake}"], said);
        Decoding.AssertAnyCutIsTheSame(NewDecoder, stream, Seed);
    }

    [Fact]
    public void Limit_that_changes_within_a_message_counts_from_the_next_message_on()
    {
        var limits = new Replaceable<FrameLimits>(new FrameLimits { FrameBytes = Limit });
        var decoder = NewDecoder(limits);
        var stream = Of(Text, new byte[Limit], isFinal: false);
        var decoded = decoder.Decode(stream);
        Assert.Equal(DecodeStatus.NeedMore, decoded.Status);
        limits.Current = new FrameLimits { FrameBytes = 64 };
        byte[] rest = [.. stream[decoded.Consumed..], .. Of(Continuation, default), .. Of(Text, new byte[65])];
        Assert.Equal([Limit + 1, 2], Decoding.Whole(decoder, rest).Outcomes.Select(static one => one.Bytes.Length));
    }

    // The part that is kept must not move for each fragment, and what lies after it must not pile up.
    [Fact]
    public void Part_of_a_message_holds_at_most_twice_its_bytes_at_the_end_of_each_read()
    {
        var decoder = NewDecoder(new FrameLimits());
        var held = new List<byte>();
        byte[][] reads = [Of(Text, new byte[1000], isFinal: false), .. Enumerable.Repeat(Of(Continuation, [1], isFinal: false), 1000)];
        foreach (var read in reads)
        {
            held.AddRange(read);
            var pending = held.ToArray();
            var start = 0;
            while (decoder.Decode(pending.AsSpan(start)) is { Consumed: > 0 } decoded)
            {
                start += decoded.Consumed;
            }

            held = [.. pending[start..]];
            Assert.InRange(held.Count, 1, 2 * 2002);
        }
    }

    [Fact]
    public void Frames_of_any_kind_and_length_are_the_same_however_they_are_cut() => Property.Holds(
        Gen.Select(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 140], Gen.UInt).Array[1, 9], Gen.Int[0, 60].Array[0, 60]),
        static (frames, pieces) =>
        {
            var stream = new List<byte>();
            var expected = new List<string>();
            var open = new List<byte>();
            var isOpen = false;
            foreach (var (what, length, mask) in frames)
            {
                var content = Enumerable.Range(0, length).Select(i => (byte)('a' + ((i + what) % 26))).ToArray();
                if (what < 2)
                {
                    var control = content[..Math.Min(length, WebSocketDecoder.MaxControlBytes)];
                    stream.AddRange(Of(what == 0 ? Ping : Pong, control, mask: mask));
                    expected.Add($"{(what == 0 ? "Ping" : "Pong")}:{Bytes.Latin(control)}");
                    continue;
                }

                var isFinal = what < 4;
                stream.AddRange(Of(isOpen ? Continuation : Text, content, isFinal, mask));
                open.AddRange(content);
                isOpen = !isFinal;
                if (isFinal)
                {
                    expected.Add($"Text:{Bytes.Latin(open.ToArray())}");
                    open.Clear();
                }
            }

            var limits = new FrameLimits();
            var whole = Decoding.Whole(NewDecoder(limits), [.. stream]);
            var cut = Decoding.InPieces(NewDecoder(limits), [.. stream], pieces);
            Assert.Equal(expected, Said(whole));
            Assert.True(whole.IsSameAs(cut, withRest: false), $"whole {whole}, in pieces {cut}");
        },
        samples: 2000);

    [Fact]
    public void Noise_never_throws_and_is_the_same_however_it_is_cut() => Property.Holds(
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 20].Array[0, 60]),
        static (noise, pieces) =>
        {
            var whole = Decoding.Whole(NewDecoder(), noise);
            var cut = Decoding.InPieces(NewDecoder(), noise, pieces);
            Assert.True(whole.IsSameAs(cut, withRest: false), $"whole {whole}, in pieces {cut}");
        },
        samples: 5000);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(67)]
    [InlineData(1000)]
    public void Mask_is_applied_to_each_byte_in_turn(int length)
    {
        var content = Bytes.Random(new Random(length), length);
        var masked = (byte[])content.Clone();
        byte[] key = [1, 20, 0x80, 0xFF];
        WebSocketMask.Apply(masked, BitConverter.ToUInt32(key));
        Assert.Equal(content.Select((one, i) => (byte)(one ^ key[i % 4])), masked);
    }

    private static byte[] Wrong(string name) => name switch
    {
        "first reserved bit" => Of(Text, Hello, reserved: 4),
        "third reserved bit of a control frame" => Of(Ping, Hello, reserved: 1),
        "opcode 3" => Of(3, Hello),
        "opcode 11" => Of(11, Hello),
        "not masked" => Of(Text, Hello, isFinal: true, mask: null, reserved: 0, form: 0, Hello.Length),
        "16 bits for 125" => Of(Text, new byte[125], isFinal: true, mask: 1, reserved: 0, form: 2, 125),
        "64 bits for 65535" => Of(Text, Hello, isFinal: true, mask: 1, reserved: 0, form: 8, ushort.MaxValue),
        "64 bits with the highest one" => Of(Text, Hello, isFinal: true, mask: 1, reserved: 0, form: 8, long.MinValue),
        "ping in fragments" => Of(Ping, Hello, isFinal: false),
        "ping of 126 bytes" => Of(Ping, new byte[126]),
        "continuation alone" => Of(Continuation, Hello),
        "text within a text" => [.. Of(Text, Hello, isFinal: false), .. Of(Text, Hello)],
        "longer than the limit" => Of(Text, new byte[Limit + 1]),
        "as long as four gigabytes" => Of(Text, Hello, isFinal: true, mask: 1, reserved: 0, form: 8, 1L << 32),
        "longer than the limit in fragments" =>
            [.. Of(Text, new byte[Limit], isFinal: false), .. Of(Continuation, default, isFinal: false), .. Of(Continuation, [1])],
        "too many fragments" =>
        [
            .. Of(Text, default, isFinal: false),
            .. Empties(WebSocketDecoder.MaxFragments),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such mistake."),
    };

    private static IEnumerable<byte> Empties(int count) =>
        Enumerable.Repeat(Of(Continuation, default, isFinal: false), count).SelectMany(static one => one);

    private static string[] Said(Transcript decoded) =>
        [.. decoded.Outcomes.Select(static one => $"{(WebSocketFrameKind)one.Bytes[0]}:{Bytes.Latin(one.Bytes.AsSpan(1))}")];
}
