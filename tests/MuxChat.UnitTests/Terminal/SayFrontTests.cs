using MuxChat.Terminal.Saying;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The exit code of <c>muxchat say</c>, by what comes before the end of the connection.</summary>
public sealed class SayFrontTests : SessionPlay
{
    [Theory]
    [InlineData(true, 0, "")]
    [InlineData(false, 1, "muxchat: say: the server closed the connection; acknowledged 0 of 1 lines\n")]
    public void Connection_that_ends_at_once_after_the_last_acknowledgement_costs_nothing(bool isAcknowledged, int exitCode, string says)
    {
        using var errors = new StringWriter();
        var front = new SayFront(Session, new SayOptions { Room = "#tea" }, input: null, errors);
        front.Add("hi");
        Enter(epoch: 7, seq: 1);
        front.Refresh();
        if (isAcknowledged)
        {
            Receive("""{"type":"ok","id":"4","seq":2}""");
        }

        // The loop takes all that is in its queue before it lets the front look at it.
        Session.Closed();
        front.Lost("the server closed the connection", TimeSpan.Zero);
        Assert.Equal((exitCode, says), (front.ExitCode, errors.ToString().ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("bad_key", "#a needs a key: join it with its key", "#a needs a key: give it with --key KEY")]
    [InlineData("bad_key", "wrong key for #a", "wrong key for #a")]
    [InlineData("not_in_room", "you are not in #a: join it first", "you are not in #a")]
    [InlineData("not_in_room", "you are in no room: /join ROOM first", "you are in no room")]
    [InlineData("too_long", "the text has 9 bytes: at most 8 are allowed", "the text has 9 bytes: at most 8 are allowed")]
    public void Error_advises_nothing_that_a_shell_cannot_do(string code, string message, string says) =>
        Assert.Equal(says, ShellWords.Explain(code, message));
}
