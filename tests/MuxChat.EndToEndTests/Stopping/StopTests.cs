using System.Globalization;
using System.Net;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Stopping;

/// <summary>SIGTERM, SIGINT, SIGQUIT, and SIGHUP of a terminal that goes away: everyone is told, and it ends with exit code 0.</summary>
public sealed class StopTests
{
    [Theory]
    [EveryIo]
    public void Terminate_tells_everyone_and_exits_0(string io) => StopBy("TERM", io);

    [Theory]
    [EveryIo]
    public void Interrupt_tells_everyone_and_exits_0(string io) => StopBy("INT", io);

    /// <summary>A SIGHUP from elsewhere reads files again: see Tls/ReloadTests.</summary>
    [Theory]
    [EveryIo]
    public void Terminal_that_goes_away_stops_its_server_which_tells_everyone(string io)
    {
        using var terminal = new TerminalProcess($"--io {io} --listen line://127.0.0.1:0");
        var port = int.Parse(terminal.ReadTo("ready: ").Split("127.0.0.1:")[1].Split('\r')[0], CultureInfo.InvariantCulture);
        using var alice = new LineClient(new IPEndPoint(IPAddress.Loopback, port));
        alice.Sync();
        terminal.HangUp();
        alice.Expect("* goodbye: the server is stopping");
        alice.ExpectEnd();
    }

    [Theory]
    [EveryIo]
    public void Quit_tells_everyone_and_exits_0(string io) => StopBy("QUIT", io);

    /// <summary>
    /// A terminal that goes away sends SIGHUP more than once, and systemd sends it right after SIGTERM: neither asks for haste.
    /// </summary>
    [Theory]
    [EveryIo]
    public void Hang_up_after_another_signal_does_not_cut_the_end_short(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        alice.Sync();
        foreach (var signal in (string[])["TERM", "HUP", "HUP"])
        {
            server.Signal(signal);
        }

        alice.Expect("* goodbye: the server is stopping");
        alice.ExpectEnd();
        Assert.Equal(0, server.WaitForExit());
        Assert.DoesNotContain(server.Errors.Lines, line => line.Contains("stopping at once", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    [Trait("run", "deep")]
    public void Server_without_clients_stops(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Contains(server.Errors.Lines, line => line.EndsWith("stopped", StringComparison.Ordinal));
    }

    [Theory]
    [EveryIo]
    public void Client_that_never_spoke_on_auto_does_not_keep_the_server(string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var silent = server.ConnectLines("auto");
        using var half = server.ConnectLines("auto");
        half.SendBytes("half a line"u8);
        half.Expect("* Welcome to MuxChat! ...");
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    private static void StopBy(string signal, string io)
    {
        using var server = ServerProcess.Start("--io", io);
        using var scene = new Scene(server);
        var alice = scene.Line("alice");
        var robot = scene.Frame("robot");
        alice.Sync();
        server.Signal(signal);
        alice.Expect("* goodbye: the server is stopping");
        robot.Expect("""{"type":"closing","reason":"the server is stopping"}""");
        alice.ExpectEnd();
        robot.ExpectEnd();
        Assert.Equal(0, server.WaitForExit());
    }
}
