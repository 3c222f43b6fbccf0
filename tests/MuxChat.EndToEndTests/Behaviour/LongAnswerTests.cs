using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// Long answers come in parts, and others have their turn between them. That is seen by the order in which things arrive, where all of the answers together
/// would take far longer than the others need.
/// </summary>
public sealed class LongAnswerTests
{
    private const int Rooms = 1_000;

    // Each LIST here looks at all the rooms and finds none: together they would keep the server busy for seconds.
    private const int Lists = 3_000;

    [Theory]
    [EveryIo]
    public void Others_are_heard_between_lists_that_find_nothing(string io)
    {
        using var server = Start(io);
        using var scene = new Scene(server);
        FillRooms(scene);
        var bob = scene.Track(server.ConnectLines());
        bob.Sync();
        using var asker = new IrcClient(server.EndPoint("auto"));
        asker.LogIn("asker");
        asker.Send("JOIN #lobby");
        asker.Sync();

        asker.Send(string.Join("\r\n", Enumerable.Repeat($"LIST *{new string('?', 4)}x!", Lists)));
        asker.Read("the first list");
        bob.Send("meanwhile");

        var ended = 0;
        for (var line = ""; !line.EndsWith(":meanwhile", StringComparison.Ordinal); line = asker.Read("what was said meanwhile"))
        {
            ended += line.Contains(" 323 ", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(ended, 0, Lists - 1);
    }

    private static ServerProcess Start(string io) => ServerProcess.Start("--io", io, "--flood", "off", "--max-rooms-per-client", $"{Rooms + 1}");

    private static void FillRooms(Scene scene)
    {
        var maker = scene.Line("maker");
        maker.Send([.. Enumerable.Range(0, Rooms).Select(n => $"/join #{n}-{new string('x', 50)}"), "/ping made"]);
        maker.ReadUntil(line => line == "* pong made");
    }
}
