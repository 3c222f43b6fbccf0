using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>
/// A client that sends and closes at once is heard to its end, at the speed that flood control allows, whatever way it ended.
/// </summary>
public sealed class LastWordsTests
{
    private static readonly string[] Hundred = [.. Enumerable.Range(1, 100).Select(static n => $"{n}")];

    [Theory]
    [EveryIo]
    public void Hundred_lines_are_heard_however_the_client_ends(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-rate", "1000");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        foreach (var end in new[] { "closes unread", "resets", "closes its side" })
        {
            // In the room already, so that those in it are written to while it is gone.
            var alice = scene.Nobody();
            alice.Send("/join " + scene.Room);
            alice.Send(Hundred);
            switch (end)
            {
                case "closes unread":
                    alice.Dispose();
                    break;
                case "resets":
                    bob.Expect("* ... joined ...", "<...> 1");
                    alice.Reset();
                    break;
                default:
                    alice.ShutdownSend();
                    break;
            }

            var heard = bob.ReadUntil(static line => line.Contains(" quit", StringComparison.Ordinal));
            Assert.Equal(Hundred[(end == "resets" ? 1 : 0)..], heard.Where(static line => line.StartsWith('<'))
                .Select(static line => line.Split("> ")[1]));
        }
    }

    [Theory]
    [EveryIo]
    public void Client_that_is_written_to_after_it_was_lost_is_still_heard(string io)
    {
        using var server = ServerProcess.Start("--io", io, "--flood-rate", "20");
        using var scene = new Scene(server);
        var bob = scene.Line("bob");
        var alice = scene.Nobody();
        alice.Send("/join " + scene.Room);
        bob.Expect("* ... joined ...");
        alice.Send(Hundred[..50]);
        bob.Expect("<...> 1");
        alice.Reset();

        // Each of these is written to who is gone.
        for (var i = 0; i < 10; i++)
        {
            bob.Send("are you there?");
            bob.Sync();
        }

        var heard = bob.ReadUntil(static line => line.Contains(" quit", StringComparison.Ordinal));
        Assert.EndsWith("> 50", heard[^2], StringComparison.Ordinal);
    }
}
