using MuxChat.Terminal.Talking;

namespace MuxChat.UnitTests.Terminal;

/// <summary>The line client when a connection ends: it tries again only if a chat server was there before.</summary>
public sealed class PlainFrontTests : SessionPlay
{
    private const string Reason = "that is no server of JSON frames";

    [Theory]
    [InlineData(false, 1, $"muxchat: {Reason}\n")]
    [InlineData(true, null, $"muxchat: {Reason}: trying again in 0.5 s\n")]
    public void Connection_that_ends_before_the_first_welcome_ends_the_client(bool isWelcomed, int? exitCode, string says)
    {
        using var errors = new StringWriter();
        var front = new PlainFront(Session, new LineInput(Stream.Null, static _ => { }), TextWriter.Null, errors);
        if (isWelcomed)
        {
            Open();
        }
        else
        {
            Session.Opened(static _ => { });
        }

        Session.Closed();
        front.Lost(Reason, TimeSpan.FromSeconds(0.5));
        Assert.Equal((exitCode, says), (front.ExitCode, errors.ToString().ReplaceLineEndings("\n")));
    }
}
