using MuxChat.EndToEndTests.Support;

namespace MuxChat.EndToEndTests.Behaviour;

/// <summary>A peer whose machine is gone is noticed: TCP asks for a sign of life.</summary>
public sealed class KeepAliveTests(SharedServers servers)
{
    [Theory]
    [EveryIo]
    public void Connection_at_rest_has_the_keep_alive_timer(string io)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What timers a socket has is read from /proc.");
        using var client = servers.For(io).ConnectLines();
        client.Send("/ping me");
        client.ReadUntil(line => line == "* pong me");
        KernelTimers.ExpectKeepAlive(client);
    }
}
