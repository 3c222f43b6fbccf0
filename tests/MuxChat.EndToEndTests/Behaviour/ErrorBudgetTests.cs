using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A client that sends what makes no sense is heard ever more slowly, and after a long row of nothing else it is closed.</summary>
public sealed class ErrorBudgetTests
{
    private const string Unknown = "! unknown command: ...";

    [Theory]
    [EveryIo]
    public void Row_of_errors_ends_with_a_last_word_and_the_room_is_told(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "1000", "--max-errors-in-row", "10");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");
        bob.Send([.. Enumerable.Repeat("/dance", 9)]);
        bob.Expect([.. Enumerable.Repeat(Unknown, 9)]);
        bob.ExpectNothing();

        // Its ping was understood, so the row begins anew; what follows the tenth is dropped.
        bob.Send([.. Enumerable.Repeat("/dance", 10), "never said"]);
        bob.Expect([.. Enumerable.Repeat(Unknown, 10), "* goodbye: too many errors in a row"]);
        bob.ExpectEnd();
        alice.Expect($"* {bob.Nick} quit: sent too many errors in a row");
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Row_of_wrong_frames_ends_with_closing(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "1000", "--max-errors-in-row", "4");
        using var scene = new Scene(server);
        var robot = scene.Frame("robot");
        robot.SendBytes([.. FrameClient.Header(0), .. FrameClient.Frame("{"), .. FrameClient.Header(1), 0xFF,
            .. FrameClient.Frame("""{"type":"dance"}""")]);
        foreach (var code in (string[])["empty_frame", "bad_json", "not_utf8", "unknown_command"])
        {
            robot.Expect($$"""{"type":"error","code":"{{code}}","message":"..."}""");
        }

        robot.Expect("""{"type":"closing","reason":"too many errors in a row"}""");
        robot.ExpectEnd();
    }

    [Theory]
    [EveryIo]
    public void Errors_slow_a_client_down_at_once_and_others_not_at_all(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-burst", "20", "--flood-rate", "1", "--flood-error-cost", "900");
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var bob = scene.Line("bob");

        // Each has used a few of its twenty to come in. Four errors cost 3,600: bob's line must wait for an hour.
        bob.Send("/dance", "/dance", "/dance", "/dance", "much later");
        bob.Expect(Unknown);
        alice.ExpectNothing();
    }

    [Theory]
    [EveryIo]
    public void Without_flood_control_errors_have_no_end(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood", "off", "--max-errors-in-row", "3");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        bob.Send([.. Enumerable.Repeat("/dance", 50)]);
        bob.Expect([.. Enumerable.Repeat(Unknown, 50)]);
        bob.ExpectNothing();
    }
}
