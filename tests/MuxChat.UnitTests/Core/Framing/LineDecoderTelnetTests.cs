using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

public sealed class LineDecoderTelnetTests
{
    private static readonly string Long = new('x', 4096);

    /// <summary>What is left in each line, lines parted by '|'.</summary>
    public static TheoryData<string, string> Streams => new()
    {
        { "two-byte commands", "ab|ab|ab|ab|ab|ab|ab|ab|ab|ab" },
        { "options of every kind", "ab|ab|ab|ab" },
        { "option 255", "ab" },
        { "subnegotiation with lf", "ab|next" },
        { "subnegotiation with iac iac", "ab|next" },
        { "subnegotiation with a command", "ab" },
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
        { "too long with negotiation", "TooLong|b|next" },
        { "negotiation in front of too long", "TooLong|next" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Negotiation_inLines_isCutOut(string stream, string expected)
    {
        // Only the end of the last option of its line is the line's end.
        var bytes = LineStreams.Get(stream);
        var decoded = Decoding.Whole(new LineDecoder(), bytes);
        var said = decoded.Outcomes.Select(static outcome =>
            outcome.Status == DecodeStatus.Frame ? Bytes.Latin(outcome.Bytes) : outcome.Status.ToString());
        Assert.Equal(expected, string.Join('|', said));
    }

    [Fact]
    public void Subnegotiation_longerThanItMayBe_isALineOfItsOwn()
    {
        var decoded = Decoding.Whole(new LineDecoder(), LineStreams.Get("subnegotiation of 513"));
        Assert.Equal(2, decoded.Outcomes.Count);
        Assert.Equal(1 + 2 + 509 + 1, decoded.Outcomes[0].Bytes.Length);
        Assert.Equal("next", Bytes.Latin(decoded.Outcomes[1].Bytes));
    }

    /// <summary>
    /// With a limit of 64, what was cut out of a line counts up to 256, however it came; what comes before a line does not.
    /// </summary>
    [Theory]
    [InlineData(64, 96, 0, "line|next")]
    [InlineData(64, 97, 0, "Overrun")]
    [InlineData(1, 200, 0, "Overrun")]
    [InlineData(1, 90, 75, "TooLong|next")]
    [InlineData(1, 90, 76, "TooLong|Overrun")]
    [InlineData(0, 2000, 10, "line|next")]
    public void Negotiation_within_a_line_counts_as_bytes_of_it(int before, int commands, int behind, string expected)
    {
        var stream = Bytes.Latin(
            new string('x', before) + string.Concat(Enumerable.Repeat(LineStreams.Iac + LineStreams.Nop, commands)) + new string('x',
                behind) + "\nnext\n");
        var said = Decoding.Whole(new LineDecoder(64), stream).Outcomes.Select(static outcome =>
            outcome.Status != DecodeStatus.Frame ? outcome.Status.ToString() : Bytes.Latin(outcome.Bytes) == "next" ? "next" : "line");
        Assert.Equal(expected, string.Join('|', said));
        Decoding.AssertAnyCutIsTheSame(static () => new LineDecoder(64), stream, seed: before + commands);
    }

    [Fact]
    public void Decoder_that_knows_no_telnet_leaves_its_bytes_in_the_line()
    {
        const string Stream = "pay\u00ff\u00fb9\u00ff\u00fd0 to bob\r\n\u00ff\u00fa\n\u00ff";
        var decoded = Decoding.Whole(new LineDecoder(knowsTelnet: false), Bytes.Latin(Stream));
        Assert.Equal(["pay\u00ff\u00fb9\u00ff\u00fd0 to bob", "\u00ff\u00fa"],
            decoded.Outcomes.Select(static outcome => Bytes.Latin(outcome.Bytes)));
        Assert.Equal("\u00ff", Bytes.Latin(decoded.Rest));
    }

    [Fact]
    public void Negotiation_alone_leavesNothingBehind()
    {
        var decoded = Decoding.Whole(new LineDecoder(), LineStreams.Get("nothing but negotiation"));
        Assert.Empty(decoded.Outcomes);
        Assert.Empty(decoded.Rest);
    }

    [Theory]
    [InlineData("\u00ff")]
    [InlineData("\u00ff\u00fb")]
    [InlineData("\u00ff\u00fa\u0018")]
    public void Negotiation_unfinished_isKept(string rest) =>
        Assert.Equal("two" + rest, Bytes.Latin(Decoding.Whole(new LineDecoder(), Bytes.Latin("one\ntwo" + rest)).Rest));
}
