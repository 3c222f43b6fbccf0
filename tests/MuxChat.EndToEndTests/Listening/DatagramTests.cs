using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Listening;

/// <summary>Echo and upper over UDP: one answer for each datagram, and a limit on how many.</summary>
public sealed partial class DatagramTests
{
    private const int MaxBytesOverIPv6 = 65_527;
    // So few that a socket holds them all while the server does something else.
    private const int Many = 60;

    [Fact]
    public void Each_datagram_has_its_answer_and_no_sender_ends_the_socket()
    {
        using var server = ServerProcess.Start("--datagram-rate", "1000000", "--listen", "upper+udp://127.0.0.1:0",
            "--listen", "echo+udp://127.0.0.1:0");
        using var echo = new DatagramClient(server.EndPoint("echo+udp"));
        foreach (var length in (int[])[0, 1, 1472, 9000, DatagramClient.MaxBytes, 0])
        {
            var datagram = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
            echo.Send(datagram);
            Assert.True(datagram.AsSpan().SequenceEqual(echo.Receive()), $"the answer to {length} bytes is another");
        }

        // The answer finds a closed port: the system may tell the server so (ICMP, port unreachable).
        for (var i = 0; i < Many; i++)
        {
            using var gone = new DatagramClient(server.EndPoint("upper+udp"));
            gone.Send("gone");
        }

        using var upper = new DatagramClient(server.EndPoint("upper+udp"));
        upper.Send("still here");
        upper.Send("");
        upper.Send("and on");
        Assert.Equal(["STILL HERE", "", "AND ON"], [upper.ReceiveText(), upper.ReceiveText(), upper.ReceiveText()]);
        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void Datagrams_over_ipv6_are_answered()
    {
        Assert.SkipUnless(Machine.HasIPv6, "this machine has no IPv6");
        using var server = ServerProcess.Start("--listen", "upper+udp6://[::1]:0");
        using var client = new DatagramClient(server.EndPoint("upper+udp6"));
        client.Send(new string('a', MaxBytesOverIPv6));
        Assert.Equal(new string('A', MaxBytesOverIPv6), client.ReceiveText());
    }

    [Fact]
    public void Datagrams_above_the_rate_are_dropped_and_counted()
    {
        using var server = ServerProcess.Start(
            "--datagram-rate", "1", "--listen", "echo+udp://127.0.0.1:0", "--listen", "line://127.0.0.1:0");
        using var alice = server.ConnectLines();
        alice.Sync();

        // From several ports: the address counts.
        using var one = new DatagramClient(server.EndPoint("echo+udp"));
        using var other = new DatagramClient(server.EndPoint("echo+udp"));
        one.Send("first");
        Assert.Equal("first", one.ReceiveText());
        for (var i = 0; i < Many; i++)
        {
            (i % 2 == 0 ? one : other).Send($"{i}");
        }

        Match stats;
        var patience = new Patience();
        do
        {
            patience.Check($"the server has seen {Many + 1} datagrams");
            alice.Send("/stats");
            stats = Datagrams().Match(alice.ReadUntil(line => line.StartsWith("* datagrams ", StringComparison.Ordinal))[^1]);
        }
        while (Number(stats, "in") < Many + 1);

        // One a second passes, so all of them would take a minute. What was not dropped was answered, and nothing else was.
        Assert.Equal(Many + 1, Number(stats, "in"));
        Assert.InRange(Number(stats, "dropped"), 1, Many);
        var answers = new List<string>();
        Guard.Until(
            () =>
            {
                foreach (var client in (DatagramClient[])[one, other])
                {
                    while (client.TryReceive(0) is { } answer)
                    {
                        answers.Add(Encoding.ASCII.GetString(answer));
                    }
                }

                return answers.Count >= Many - Number(stats, "dropped");
            },
            "all that was not dropped is answered");
        Assert.Equal(Many - Number(stats, "dropped"), answers.Distinct().Count());
        Assert.NotNull(server.Errors.WaitFor(line =>
            line.Contains("dropped a datagram that says it is from 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains(", which is one too many from its address", StringComparison.Ordinal)));
    }

    private static int Number(Match stats, string name) => int.Parse(stats.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\* datagrams in (?<in>\d+), dropped (?<dropped>\d+)$")]
    private static partial Regex Datagrams();
}
