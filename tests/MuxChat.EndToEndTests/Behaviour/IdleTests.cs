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
        using var server = ServerProcess.Start("--io", io, "--idle-ping-s", "1", "--idle-close-s", "5");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var awake = scene.Frame("awake");
        var asleep = scene.Frame("asleep");

        // It has four seconds for each answer, and goes on until the other, which answers nothing, is gone.
        var answered = 0;
        while (awake.Read() is var told && (string?)told["type"] != "quit")
        {
            Assert.Equal("""{"type":"ping"}""", told.ToJsonString());
            awake.Send("""{"type":"pong"}""");
            answered++;
        }

        Assert.True(answered >= 2, $"{answered} pings in five seconds of silence");
        asleep.Expect("""{"type":"ping"}""", """{"type":"closing","reason":"no answer to a ping"}""");
        asleep.ExpectEnd();
        alice.Expect($"* {asleep.Nick} quit: no answer to a ping");
        awake.Send("""{"type":"pong","id":1}""");
        Assert.Equal("ok", (string?)awake.ReadUntil(frame => (string?)frame["type"] is not "ping")[^1]["type"]);
        alice.ExpectNothing();
    }
}
