using System.Buffers.Binary;
using System.Text;
using CsCheck;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>Java's <c>writeUTF</c> and <c>readUTF</c>, as their documentation has them.</summary>
public sealed class UtfFramingTests
{
    private const int Seed = 4711;

    private static readonly FrameLimits Limits = new() { LineBytes = 64 };

    /// <summary>Texts, and their bytes after the length as a JDK writes them.</summary>
    public static TheoryData<string, string> JavaTexts => new()
    {
        { "", "" },
        { "hello", "68 65 6C 6C 6F" },
        { "\0", "C0 80" },
        { "a\0b", "61 C0 80 62" },
        { "\u0001\u007F", "01 7F" },
        { "grüße", "67 72 C3 BC C3 9F 65" },
        { "世", "E4 B8 96" },
        { "\uD7FF\uE000\uFFFD", "ED 9F BF EE 80 80 EF BF BD" },
        { "\U00010000", "ED A0 80 ED B0 80" },
        { "\U0001F600", "ED A0 BD ED B8 80" },
        { "\U0010FFFF", "ED AF BF ED BF BF" },
        { "x\U0001F600\0y", "78 ED A0 BD ED B8 80 C0 80 79" },
    };

    [Theory]
    [MemberData(nameof(JavaTexts))]
    public void Text_isWrittenAndReadAsJavaDoes(string text, string body)
    {
        var bytes = Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal));
        byte[] message = [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
        Assert.Equal(message, Write(text));
        Assert.Equal([Bytes.Utf8(text)], Frames(Decoding.Whole(NewDecoder(), message)));
    }

    [Theory]
    [InlineData("F0 9F 98 80", "F0 9F 98 80")] // Ordinary UTF-8 is understood.
    [InlineData("00", "00")]
    [InlineData("ED A0 BD", "ED A0 BD")] // A half of a pair is no character, and stays.
    [InlineData("ED B8 80 ED A0 BD", "ED B8 80 ED A0 BD")]
    [InlineData("ED A0 BD ED A0 BD ED B8 80", "ED A0 BD F0 9F 98 80")]
    [InlineData("C0 81", "C0 81")]
    [InlineData("C0", "C0")]
    [InlineData("ED A0 BD ED B8", "ED A0 BD ED B8")]
    [InlineData("FF FE", "FF FE")]
    public void Bytes_thatJavaDoesNotWrite_areLeftAlone(string given, string read)
    {
        var bytes = Convert.FromHexString(given.Replace(" ", "", StringComparison.Ordinal));
        var frames = Frames(Decoding.Whole(NewDecoder(), [0, (byte)bytes.Length, .. bytes]));
        Assert.Equal(read, Convert.ToHexString(frames.Single()).Aggregate("", Spaced).Trim());
    }

    [Fact]
    public void Stream_cutAnywhere_isTheSame()
    {
        byte[] stream = [.. Write("one"), .. Write(""), 0, 65, .. new byte[65], .. Write("x\U0001F600\0"), 0xFF, 0xFF, .. new byte[65_535],
            .. Write("last")];
        var whole = Decoding.Whole(NewDecoder(), stream);
        Assert.Equal("one||x\U0001F600\0|last", string.Join('|', Frames(whole).Select(static one => Bytes.Utf8(one))));
        Assert.Equal(2, whole.Outcomes.Count(static one => one.Status == DecodeStatus.TooLong));
        Assert.Empty(whole.Rest);
        Decoding.AssertAnyCutIsTheSame(NewDecoder, stream, Seed);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", 1)]
    [InlineData("po", 1)]
    [InlineData("@A", 0)]
    [InlineData("A@", 0)]
    public void Stream_thatBeginsWithTwoLetters_isAnOverrun(string first, int overruns)
    {
        var outcomes = Decoding.Whole(NewDecoder(), Bytes.Utf8(first)).Outcomes;
        Assert.Equal(overruns, outcomes.Count(static one => one.Status == DecodeStatus.Overrun));
        Assert.Equal(1 - overruns, outcomes.Count(static one => one.Status == DecodeStatus.TooLong));
    }

    [Fact]
    public void Message_thatIsNoText_staysAsItIs()
    {
        var framing = new UtfFraming(Limits, isText: false);
        byte[] wire = [0, 8, 0xC0, 0x80, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80];
        var frame = Frames(Decoding.Whole(framing.CreateDecoder(new WrittenAnswers()), wire)).Single();
        Assert.Equal(wire[2..], frame);
        Assert.Equal(wire, Write(framing, frame));
    }

    [Fact]
    public void Longest_message_comesBackWhole_andOneByteMoreIsTooLong()
    {
        var framing = new UtfFraming(Limits, isText: false);
        var longest = new byte[UtfFraming.MaxMessageBytes];
        var wire = Write(framing, longest);
        Assert.Equal(longest, Frames(Decoding.Whole(framing.CreateDecoder(new WrittenAnswers()), wire)).Single());
        var more = Decoding.Whole(framing.CreateDecoder(new WrittenAnswers()), [0xFF, 0xFF, .. new byte[65_535]]);
        Assert.Equal(DecodeStatus.TooLong, more.Outcomes.Single().Status);
    }

    // The reference goes by UTF-16, as the documentation of java.io.DataInput does.
    [Fact]
    public void Any_text_isWrittenAsItsUtf16UnitsSay() => Property.Holds(
        Gen.String[0, 300], static text => Assert.Equal(Reference(WithoutHalves(text)), Write(WithoutHalves(text))), samples: 300);

    [Fact]
    public void Message_thatGrows_mayMoveToAnotherSegment()
    {
        var writer = new SegmentWriter(new SegmentPool());
        var framing = new UtfFraming(new FrameLimits(), isText: true);
        var text = string.Concat(Enumerable.Repeat("\U0001F600", 1000));
        writer.Begin();
        writer.Put(new byte[SegmentWriter.MaxEventBytes - 4500]);
        writer.Commit().Segment.Retain();
        writer.Begin();
        framing.Begin(writer);
        writer.Put(Bytes.Utf8(text));
        framing.End(writer);
        Assert.Equal(Reference(text), writer.Commit().Span.ToArray());
    }

    private static string WithoutHalves(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static byte[] Reference(string text)
    {
        var body = text.SelectMany(static unit => unit is '\0' or >= '\x80' and < '\x800'
            ? new[] { (byte)(0xC0 | (unit >> 6)), (byte)(0x80 | (unit & 0x3F)) }
            : unit < '\x80' ? [(byte)unit]
            : [(byte)(0xE0 | (unit >> 12)), (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F))]).ToArray();
        var message = new byte[2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)body.Length);
        body.CopyTo(message, 2);
        return message;
    }

    private static byte[] Write(string text) => Write(new UtfFraming(Limits, isText: true), Bytes.Utf8(text));

    private static byte[] Write(UtfFraming framing, byte[] content)
    {
        var writer = new SegmentWriter(new SegmentPool());
        writer.Begin();
        framing.Begin(writer);
        writer.Put(content);
        framing.End(writer);
        return writer.Commit().Span.ToArray();
    }

    private static IFrameDecoder NewDecoder() => new UtfFraming(Limits, isText: true).CreateDecoder(new WrittenAnswers());

    private static List<byte[]> Frames(Transcript transcript) =>
        [.. transcript.Outcomes.Where(static one => one.Status == DecodeStatus.Frame).Select(static one => one.Bytes)];

    private static string Spaced(string text, char digit) => text.Length % 3 == 2 ? $"{text} {digit}" : $"{text}{digit}";
}
