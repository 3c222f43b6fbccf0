using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>Silent frame clients are pinged and then let go; those that answer, and people at terminals, stay.</summary>
public sealed class IdleTests
{
    [Theory]
    [EveryIo]
    public void Silent_frame_client_is_pinged_and_closed_unless_it_answers(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--idle-ping-s", "1", "--idle-close-s", "2");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var awake = scene.Frame("awake");
        var asleep = scene.Frame("asleep");
        awake.Expect("""{"type":"ping"}""");
        awake.Send("""{"type":"pong"}""");
        asleep.Expect("""{"type":"ping"}""", """{"type":"closing","reason":"no answer to a ping"}""");
        asleep.ExpectEnd();
        alice.Expect($"* {asleep.Nick} quit: no answer to a ping");

        // By now the one that answered is due for its next ping, or has it already.
        var frames = awake.ReadUntil(frame => (string?)frame["type"] == "quit");
        Assert.Equal(asleep.Nick, (string?)frames[^1]["nick"]);
        if (frames.Count == 1)
        {
            awake.Expect("""{"type":"ping"}""");
        }

        awake.Send("""{"type":"pong","id":1}""");
        awake.Expect("""{"type":"ok","id":1}""");
        awake.ExpectNothing();
        alice.ExpectNothing();
    }
}
