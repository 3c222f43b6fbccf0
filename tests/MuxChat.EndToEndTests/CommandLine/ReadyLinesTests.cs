using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>What a script reads on standard output: where the server listens and that it is ready, and nothing else.</summary>
public sealed partial class ReadyLinesTests
{
    [Theory]
    [EveryIo]
    public void Each_listener_has_its_line_with_the_real_port_and_then_ready(string io)
    {
        using var server = ServerProcess.Start(
            "--io", io, "--listen", "frame://127.0.0.1:0", "--listen", "auto://127.0.0.1:0", "--listen", "line://127.0.0.1:0",
            "--max-clients", "100", "-v");
        var lines = server.Output.Lines;
        Assert.Equal(4, lines.Count);
        Assert.Equal(["frame", "auto", "line"], server.Listeners.Select(listener => listener.Protocol));
        Assert.All(lines.Take(3), line => Assert.Matches(Listening(), line));
        Assert.All(server.Listeners, listener => Assert.NotEqual(0, listener.EndPoint.Port));
        var model = io switch
        {
            "auto" when OperatingSystem.IsLinux() => @"io auto \(select up to \d+ sockets, epoll above\)",
            "auto" => @"io auto \(select: this system has no epoll\)",
            _ => $"io {io}",
        };
        Assert.Matches($@"^ready: {model}, at most 100 clients, (\d+|unlimited) descriptors$", lines[3]);

        using (var alice = server.ConnectLines())
        {
            alice.Send("hello", "/ping x", "/quit");
            alice.ReadLinesToEnd();
        }

        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal(4, server.Output.Lines.Count);
    }

    [Fact]
    public void Soft_limit_of_descriptors_is_raised_to_the_hard_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ulimit");
        using var server = ServerProcess.Serve(
            Muxchat.StartInfoAfter("ulimit -S -n 300 && ulimit -H -n 400", ["serve", "--listen", "line://127.0.0.1:0"]));
        Assert.EndsWith(", 400 descriptors", server.Output.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Address_in_brackets_is_listened_on()
    {
        Assert.SkipUnless(Machine.HasIPv6, "this machine has no IPv6");
        using var server = ServerProcess.Start("--listen", "line://[::1]:0");
        Assert.Equal(IPAddress.IPv6Loopback, server.EndPoint("line").Address);
        Assert.StartsWith("listening on line://[::1]:", server.Output.Lines[0], StringComparison.Ordinal);
        using var client = server.ConnectLines();
        client.Expect("* Welcome to MuxChat! ...");
    }

    [Fact]
    public void Name_is_listened_on_at_each_of_its_addresses()
    {
        using var server = ServerProcess.Start("--listen", "auto://localhost:0");
        Assert.NotEmpty(server.Listeners);
        Assert.All(server.Listeners, listener => Assert.True(IPAddress.IsLoopback(listener.EndPoint.Address)));
        var resolved = Dns.GetHostAddresses("localhost").Distinct()
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork || Machine.HasIPv6);
        Assert.Equal(resolved.Select(address => $"{address}").Order(),
            server.Listeners.Select(listener => $"{listener.EndPoint.Address}").Order());
        foreach (var (_, endPoint) in server.Listeners)
        {
            using var client = new LineClient(endPoint);
            client.Send("/ping x");
            client.ReadUntil(line => line == "* pong x");
        }
    }

    [Fact]
    public void Given_port_is_the_one_listened_on()
    {
        var port = FreePort();
        using var server = ServerProcess.Start("--listen", $"line://127.0.0.1:{port}");
        Assert.Equal($"listening on line://127.0.0.1:{port}", server.Output.Lines[0]);
    }

    // Below those that the system gives to who asks for any, so that no other test gets it in between.
    private static int FreePort() => Enumerable.Range(20_000, 10_000).First(port =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    [GeneratedRegex(@"^listening on (auto|line|frame)://127\.0\.0\.1:[1-9]\d*$")]
    private static partial Regex Listening();
}
