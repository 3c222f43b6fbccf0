using System.Runtime.InteropServices;
using MuxChat.Terminal.Talking;

namespace MuxChat.UnitTests.Terminal;

/// <summary>
/// The line client when a connection ends, which tries again only if a chat server was there before, and after mistakes of the input.
/// </summary>
public sealed class PlainFrontTests : SessionPlay
{
    private const string Refusal = """{"type":"error","id":"4","code":"not_there","message":"x is not in #tea"}""";
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

    [Theory]
    [InlineData("/kick x", Refusal, true, 1)]
    [InlineData("/topic no", Refusal, true, 1)]
    [InlineData("/dance", Refusal, true, 1)]
    [InlineData("/part #nowhere", """{"type":"pong"}""", true, 1)]
    [InlineData("/away", """{"type":"ok","id":"4"}""", true, 0)]
    [InlineData("/kick x", Refusal, false, 0)]
    public void Refused_command_makes_the_exit_code_1_unless_a_person_sees_it(string line, string answer, bool counts, int exitCode)
    {
        Front = new PlainFront(Session, new LineInput(Stream.Null, static _ => { }), TextWriter.Null, TextWriter.Null)
        {
            CountsMistakes = counts,
        };
        Enter(epoch: 7, seq: 1);
        Front.Take(new TalkInput.Line(line));
        Front.Refresh();
        Receive(answer);
        Front.Take(new TalkInput.Signal(PosixSignal.SIGTERM));
        Assert.Equal(exitCode, Front.ExitCode);
    }
}
