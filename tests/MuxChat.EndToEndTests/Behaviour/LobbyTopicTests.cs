using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>The lobby's topic: server operators set it, and what they decide about it survives a restart.</summary>
public sealed class LobbyTopicTests
{
    private const string Refused = "only operators of #lobby may set its topic";

    [Theory]
    [EveryIo]
    public void New_lobby_keeps_its_topic_from_guests_until_a_server_operator_lets_them(string io)
    {
        using var data = new DataFolder();
        using (var server = Start(io, data))
        {
            using var alice = server.ConnectLines();
            using var bob = server.ConnectLines();
            alice.Sync();
            bob.Sync();
            alice.Sync();
            alice.Send("/mode");
            alice.Expect("* modes of #lobby: +Cnt");
            alice.ExpectError("/topic mine", Refused);
            alice.Send("/oper root secret");
            alice.Expect("* you are a server operator", "* guest-1 set the modes of #lobby: +o guest-1");
            alice.Send("/topic ours", "/mode -t");
            alice.Expect("* guest-1 set the topic of #lobby: ours", "* guest-1 set the modes of #lobby: -t");
            alice.Sync();
            server.Signal("TERM");
            Assert.Equal(0, server.WaitForExit());
        }

        using var again = Start(io, data);
        using var carol = again.ConnectLines();
        carol.Sync();
        carol.Send("/mode", "/topic everybody's");
        carol.Expect("* modes of #lobby: +Cn", "* guest-1 set the topic of #lobby: everybody's");
    }

    private static ServerProcess Start(string io, DataFolder data) =>
        ServerProcess.Start("--io", io, "--oper", SharedServers.Root, "--data", data.Path);
}
