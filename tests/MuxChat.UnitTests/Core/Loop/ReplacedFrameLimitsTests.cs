using MuxChat.Core.Chat;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>Longest line, frame and text, replaced while the loop runs: a client that is in follows from its next frame on.</summary>
public sealed class ReplacedFrameLimitsTests
{
    [Fact]
    public void Line_of_a_client_that_is_in_is_as_long_as_the_new_limit_allows_from_the_next_line_on()
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.ReadText();
        alice.Type("begun under");
        bench.Tick(2);
        bench.Limits.Frames.Current = new FrameLimits { LineBytes = 10 };
        Assert.Equal("", Say(bench, alice, " the old limit"));
        const string TooLong = "! the line is longer than 10 bytes: it was dropped\n";
        Assert.Equal(TooLong + TooLong, Say(bench, alice, "12345678901\n1234567890\n12345678901"));
        Assert.Equal("<guest-1> begun under the old limit\n<guest-1> 1234567890\n", bob.ReadText());
        alice.Type("skipped, however lo");
        bench.Tick(2);
        Assert.Equal(TooLong, alice.ReadText());
        bench.Limits.Frames.Current = new FrameLimits { LineBytes = 20 };
        Assert.Equal("", Say(bench, alice, "ng it is\n12345678901234567890"));
        Assert.Equal("<guest-1> 12345678901234567890\n", bob.ReadText());
        bench.Limits.Frames.Current = new FrameLimits { LineBytes = 4 };
        Assert.EndsWith("! no end of line within 16 bytes: goodbye\n", Say(bench, alice, "12345678901234567890"), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_as_long_as_the_new_limit_allows()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        bench.Limits.Chat.Current = new ChatLimits { TextBytes = 3 };
        Assert.Equal("! the text has 4 bytes: at most 3 are allowed\n", Say(bench, alice, "1234"));
        bench.Limits.Chat.Current = new ChatLimits { TextBytes = 4 };
        Assert.Equal("", Say(bench, alice, "1234"));
    }

    [Fact]
    public void Frame_of_a_client_that_is_in_is_as_long_as_the_new_limit_allows_from_the_next_frame_on()
    {
        var bench = new LoopFixture();
        var (robot, bob) = (bench.Connect(LoopFixture.Frame), bench.Connect());
        var frame = Bytes.Frame("""{"type":"say","text":"begun under the old limit"}""");
        robot.Type(frame[..20]);
        bench.Tick(2);
        bench.Limits.Frames.Current = new FrameLimits { FrameBytes = 40 };
        robot.Type([.. frame[20..], .. frame, .. Bytes.Frame("""{"type":"say","text":"short"}""")]);
        bench.Tick(2);
        Assert.Equal("<guest-1> begun under the old limit\n<guest-1> short\n", bob.ReadText());
        Assert.Contains("a frame may have at most 40 bytes: this one is skipped", robot.ReadText(), StringComparison.Ordinal);
        bench.Limits.Frames.Current = new FrameLimits { FrameBytes = 100 };
        robot.Type(Bytes.Frame($$"""{"type":"say","text":"{{new string('x', 60)}}\u0021"}"""));
        bench.Tick(2);
        Assert.Equal($"<guest-1> {new string('x', 60)}!\n", bob.ReadText());
    }

    private static string Say(LoopFixture bench, FakeChannel channel, string line)
    {
        channel.Type(line + "\n");
        bench.Tick(2);
        return channel.ReadText();
    }
}
