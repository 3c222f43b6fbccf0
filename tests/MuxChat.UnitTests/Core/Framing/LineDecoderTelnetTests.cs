using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class LineDecoderTelnetTests
{
    private static readonly string Long = new('x', 4096);

    /// <summary>What is left in each line, lines parted by '|'.</summary>
    public static TheoryData<string, string> Streams => new()
    {
        { "two-byte commands", "ab|ab|ab|ab|ab|ab|ab|ab|ab|ab|ab|ab|ab|ab" },
        { "options of every kind", "ab|ab|ab|ab" },
        { "option 255", "ab" },
        { "subnegotiation with lf", "ab|next" },
        { "subnegotiation with iac iac", "ab|next" },
        { "subnegotiation with a command", "a|b" },
        { "empty subnegotiation", "ab" },
        { "iac iac", "a\u00ff\u00ffb|\u00ff\u00ff" },
        { "iac iac nop", "a\u00ff\u00ff\u00f1b" },
        { "iac iac iac nop", "a\u00ff\u00ffb" },
        { "iac before ordinary", "a\u00ffb|\u00ff|c\u00ff" },
        { "iac at the end", "one" },
        { "will at the end", "one" },
        { "subnegotiation at the end", "one" },
        { "subnegotiation without end", "a\u00ff\u00fa" + new string('x', 600) + "|next" },
        { "subnegotiation of 512", "ab|next" },
        { "between cr and lf", "a|b" },
        { "negotiation before every byte", "hello" },
        { "4096 with negotiation", Long + "|next" },
        { "4096, cr, negotiation, lf", Long + "|next" },
        { "4096, negotiation, cr, lf", Long + "|next" },
        { "4097 with negotiation", "TooLong|next" },
        { "4096 and iac iac", "TooLong|next" },
        { "4095 and iac iac", "TooLong|next" },
        { "too long with negotiation", "TooLong|next" },
        { "negotiation in front of too long", "TooLong|next" },
        { "subnegotiation cut by a request", "ab" },
        { "cr nul", "one|two" },
        { "lone cr after cr nul", "one|two|three" },
        { "every end after a command", "one|two|three|four" },
        { "cr, command", "one|two" },
        { "cr, command, nul", "one|two" },
        { "lone cr before any command", "a\rb|c|d" },
        { "iac iac is no command", "a\u00ff\u00ff\rb" },
        { "second nul", "a|\0b" },
        { "nul without cr", "a\0b|\0c" },
        { "empty lines of every kind", "|||" },
        { "too long, cr nul", "TooLong|next" },
        { "too long, lone cr", "TooLong|next" },
        { "too long, cr, command", "TooLong|next" },
        { "4096 and cr nul", Long + "|next" },
        { "4096, cr, iac iac", "TooLong|next" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Negotiation_inLines_isCutOut(string stream, string expected)
    {
        // Only the end of the last option of its line is the line's end.
        var bytes = LineStreams.Get(stream);
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), bytes);
        var said = decoded.Outcomes.Select(static outcome =>
            outcome.Status == DecodeStatus.Frame ? Bytes.Latin(outcome.Bytes) : outcome.Status.ToString());
        Assert.Equal(expected, string.Join('|', said));
    }

    [Fact]
    public void Subnegotiation_longerThanItMayBe_isALineOfItsOwn()
    {
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), LineStreams.Get("subnegotiation of 513"));
        Assert.Equal(2, decoded.Outcomes.Count);
        Assert.Equal(1 + 2 + 509 + 1, decoded.Outcomes[0].Bytes.Length);
        Assert.Equal("next", Bytes.Latin(decoded.Outcomes[1].Bytes));
    }

    /// <summary>
    /// With a limit of 64, what was taken out of a line counts up to 256, however it came, before the line's first byte too.
    /// </summary>
    [Theory]
    [InlineData(64, 96, 0, "line|next")]
    [InlineData(64, 97, 0, "Overrun")]
    [InlineData(1, 200, 0, "Overrun")]
    [InlineData(1, 90, 75, "TooLong|next")]
    [InlineData(1, 90, 76, "TooLong|Overrun")]
    [InlineData(0, 123, 10, "line|next")]
    [InlineData(0, 124, 10, "Overrun")]
    [InlineData(0, 128, 0, "line|next")]
    [InlineData(0, 129, 0, "Overrun")]
    public void Negotiation_within_a_line_counts_as_bytes_of_it(int before, int commands, int behind, string expected)
    {
        var stream = Bytes.Latin(
            new string('x', before) + string.Concat(Enumerable.Repeat(LineStreams.Iac + LineStreams.Nop, commands)) + new string('x',
                behind) + "\nnext\n");
        var said = Decoding.Whole(new LineDecoder(new FrameLimits { LineBytes = 64 }), stream).Outcomes.Select(static outcome =>
            outcome.Status != DecodeStatus.Frame ? outcome.Status.ToString() : Bytes.Latin(outcome.Bytes) == "next" ? "next" : "line");
        Assert.Equal(expected, string.Join('|', said));
        Decoding.AssertAnyCutIsTheSame(static () => new LineDecoder(new FrameLimits { LineBytes = 64 }), stream, seed: before + commands);
    }

    [Fact]
    public void Decoder_that_knows_no_telnet_leaves_its_bytes_in_the_line()
    {
        const string Stream = "pay\u00ff\u00fb9\u00ff\u00fd0 to bob\r\n\u00ff\u00fa\n\u00ff";
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits(), knowsTelnet: false), Bytes.Latin(Stream));
        Assert.Equal(["pay\u00ff\u00fb9\u00ff\u00fd0 to bob", "\u00ff\u00fa"],
            decoded.Outcomes.Select(static outcome => Bytes.Latin(outcome.Bytes)));
        Assert.Equal("\u00ff", Bytes.Latin(decoded.Rest));
    }

    /// <summary>
    /// A telnet client is deaf from an interrupt on until its request for a timing mark is answered: it is answered whatever comes before.
    /// </summary>
    [Theory]
    [InlineData("")]
    [InlineData("half a line")]
    [InlineData("half an emoji \u00f0\u009f")]
    [InlineData("\u00ff\u00f4")]
    [InlineData("\u00ff\u00ed")]
    [InlineData("\u00ff\u00ff")]
    [InlineData("\u00ffa")]
    [InlineData("\u00ff\u00fa\u0018\0cut")]
    [InlineData("cr\r")]
    [InlineData("too long")]
    public void Timing_mark_is_refused_whatever_comes_before(string before)
    {
        var stream = Bytes.Latin((before == "too long" ? Long + Long : before) + "\u00ff\u00fd\u0006\n");
        Assert.Equal("\u00ff\u00fc\u0006", Bytes.Latin(AnswersTo(stream, stream.Length)));
        Assert.Equal("\u00ff\u00fc\u0006", Bytes.Latin(AnswersTo(stream, 1)));
    }

    /// <summary>All options are off: requests for one are refused and nothing else is answered, so that there is no loop.</summary>
    [Fact]
    public void Options_asked_for_are_refused_and_nothing_else_is_answered()
    {
        for (var option = 0; option < 256; option++)
        {
            Assert.Equal([255, 252, (byte)option], AnswersTo([255, 253, (byte)option], 3));
            Assert.Equal([255, 254, (byte)option], AnswersTo([255, 251, (byte)option], 3));
            Assert.Empty(AnswersTo([255, 252, (byte)option, 255, 254, (byte)option], 6));
        }

        Assert.Empty(AnswersTo(LineStreams.Get("two-byte commands"), 7));
        Assert.Empty(AnswersTo([255, 250, 24, 1, 255, 240, 255, 250, 253, 6, 255, 240], 12));
    }

    /// <summary>The bytes that a call writes are those of the line, twice at most: not the line again for each sequence.</summary>
    [Theory]
    [InlineData("", "\u00ff\u00f1\u00ff\u00f1\u00ff\u00f1")]
    [InlineData("", "x\u00ff\u00f1\u00ff\u00f1\u00ff\u00f1\u00ff\u00f1")]
    [InlineData("\u00ff\u00f1", "\u00ff\u00fd\u0001")]
    public void Line_is_not_moved_once_for_each_sequence(string first, string again)
    {
        const int Times = 1000;
        var stream = Bytes.Latin(first + new string('x', 100) + string.Concat(Enumerable.Repeat(again, Times)));
        var left = (byte[])stream.Clone();
        var lineBytes = stream.Count(static value => value == 'x');

        var decoded = new LineDecoder(new FrameLimits()).Decode(left);

        Assert.Equal((DecodeStatus.NeedMore, stream.Length - lineBytes), (decoded.Status, decoded.Consumed));
        Assert.Equal(stream.Length - lineBytes, decoded.TelnetBytes);
        Assert.Equal(new string('x', lineBytes), Bytes.Latin(left.AsSpan(decoded.Consumed).ToArray()));
        var written = stream.Zip(left).Count(static pair => pair.First != pair.Second);
        Assert.InRange(written, 0, 2 * lineBytes);
    }

    [Fact]
    public void Negotiation_alone_leavesNothingBehind()
    {
        var decoded = Decoding.Whole(new LineDecoder(new FrameLimits()), LineStreams.Get("nothing but negotiation"));
        Assert.Empty(decoded.Outcomes);
        Assert.Empty(decoded.Rest);
    }

    [Theory]
    [InlineData("\u00ff")]
    [InlineData("\u00ff\u00fb")]
    [InlineData("\u00ff\u00fa\u0018")]
    public void Negotiation_unfinished_isKept(string rest) =>
        Assert.Equal("two" + rest, Bytes.Latin(Decoding.Whole(new LineDecoder(new FrameLimits()), Bytes.Latin("one\ntwo" + rest)).Rest));

    private static byte[] AnswersTo(byte[] stream, int piece)
    {
        var output = new WrittenAnswers();
        var pieces = Enumerable.Repeat(piece, stream.Length / piece);
        Decoding.InPieces(new LineDecoder(new FrameLimits(), answers: output), stream, pieces);
        return [.. output.Bytes];
    }
}
