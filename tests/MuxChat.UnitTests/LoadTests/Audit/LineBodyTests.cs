using MuxChat.LoadTests.Audit;

namespace MuxChat.UnitTests.LoadTests.Audit;

public class LineBodyTests
{
    private static readonly int[] Senders = [0, 3, 10, 99, 12_345, 99_999];
    private static readonly int[] Numbers = [0, 1, 17, 65_536, 1_234_567, int.MaxValue];

    [Fact]
    public void Line_of_any_sender_number_and_length_reads_back()
    {
        for (var length = LineBody.MinBytes; length <= 600; length++)
        {
            AssertReadsBack(length);
        }

        AssertReadsBack(4_000);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(200)]
    public void Line_with_any_one_byte_changed_is_none_of_ours(int length)
    {
        var body = new LineBody(length);
        foreach (var (sender, number) in Pairs())
        {
            var line = LineOf(body, sender, number);
            for (var at = 0; at < length; at++)
            {
                AssertEveryOtherByteIsNoticed(body, line, at);
            }
        }
    }

    [Fact]
    public void Line_cut_short_or_made_longer_is_none_of_ours()
    {
        var body = new LineBody(64);
        var line = LineOf(body, 3, 17);
        for (var length = 0; length < line.Length; length++)
        {
            Assert.False(body.TryRead(line.AsSpan(0, length), out _, out _));
            Assert.False(body.TryRead(line.AsSpan(line.Length - length), out _, out _));
        }

        Assert.False(body.TryRead([.. line, (byte)'x'], out _, out _));
    }

    [Fact]
    public void Line_with_two_bytes_that_changed_places_is_none_of_ours()
    {
        var body = new LineBody(64);
        var line = LineOf(body, 3, 17);
        for (var at = 1; at < line.Length; at++)
        {
            var swapped = line.ToArray();
            (swapped[at - 1], swapped[at]) = (swapped[at], swapped[at - 1]);
            Assert.Equal(swapped.AsSpan().SequenceEqual(line), body.TryRead(swapped, out _, out _));
        }
    }

    [Fact]
    public void Line_of_another_sender_or_number_with_the_same_filler_is_none_of_ours()
    {
        var body = new LineBody(64);
        var line = LineOf(body, 3, 17);
        Assert.False(body.TryRead([.. "s4 n17 "u8, .. line.AsSpan(7)], out _, out _));
        Assert.False(body.TryRead([.. "s3 n18 "u8, .. line.AsSpan(7)], out _, out _));
        Assert.False(body.TryRead([.. "s3 n+17 "u8, .. line.AsSpan(8)], out _, out _));
    }

    [Fact]
    public void Body_shorter_than_its_head_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineBody(LineBody.MinBytes - 1));

    private static void AssertEveryOtherByteIsNoticed(LineBody body, byte[] line, int at)
    {
        var right = line[at];
        for (var other = 0; other <= byte.MaxValue; other++)
        {
            line[at] = (byte)other;
            if (body.TryRead(line, out _, out _) != (other == right))
            {
                Assert.Fail($"Byte {at}, {right}, is changed to {other}: it is read as {(other == right ? "nothing of ours" : "ours")}"
                    + $". The line: {Convert.ToHexString(line)}");
            }
        }

        line[at] = right;
    }

    private static void AssertReadsBack(int length)
    {
        var body = new LineBody(length);
        foreach (var (sender, number) in Pairs())
        {
            var line = LineOf(body, sender, number);
            Assert.True(body.TryRead(line, out var readSender, out var readNumber));
            Assert.Equal((sender, number), (readSender, readNumber));
            Assert.False(line.Contains((byte)'\n'), $"A line of {length} bytes for {sender} and {number} has an end within.");
        }
    }

    private static IEnumerable<(int Sender, int Number)> Pairs() =>
        Senders.SelectMany(sender => Numbers.Select(number => (sender, number)));

    private static byte[] LineOf(LineBody body, int sender, int number)
    {
        var line = new byte[body.PayloadBytes];
        Assert.Equal(body.PayloadBytes, body.Write(sender, number, line));
        return line;
    }
}
