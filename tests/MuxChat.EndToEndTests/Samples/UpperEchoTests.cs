using System.Globalization;
using System.Net;
using System.Text;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Samples;

/// <summary>The sample server of docs/samples/UpperEcho, built and started as a program of its own.</summary>
public sealed class UpperEchoTests(UpperEchoTests.Shared shared) : IClassFixture<UpperEchoTests.Shared>
{
    private const string Program = "UpperEcho.dll";
    private const string Listening = "listening on ";
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Lines_in_single_bytes_and_bursts_from_two_clients_come_back_whole_until_a_signal_ends_it()
    {
        using var server = new Server();
        using var alice = server.Connect();
        using var bob = server.Connect();
        var lines = Enumerable.Range(0, 200).Select(static i => $"line {i}: grüße, 世界").Append("").ToList();
        foreach (var one in Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\r\n"))))
        {
            alice.SendBytes([one]);
        }

        Assert.Equal(lines.Select(Upper), alice.ReadLines(lines.Count));
        List<string> heardByAlice = [], heardByBob = [];
        Together.Run(() => heardByAlice = Exchange(alice, Lines("alice", MiB)), () => heardByBob = Exchange(bob, Lines("bob", MiB)));
        Assert.Equal(Lines("alice", MiB).Select(Upper), heardByAlice);
        Assert.Equal(Lines("bob", MiB).Select(Upper), heardByBob);
        server.Stop("TERM", alice, bob);
    }

    /// <summary>
    /// Half of what the client sends is more than all buffers between it and its own reading hold, the server's included. So it cannot have
    /// sent everything while half of the answer is unread, unless the server holds more than it may.
    /// </summary>
    [Fact]
    public void Client_that_reads_slowly_is_not_read_from_and_others_are_served()
    {
        const int bytes = 64 * MiB;
        using var slow = shared.Server.Connect(receiveBufferBytes: 16 * 1024);
        using var quick = shared.Server.Connect();
        var isSent = false;
        var count = Lines("slow", bytes).Count();
        Together.Run(
            () =>
            {
                Send(slow, Lines("slow", bytes));
                Volatile.Write(ref isSent, true);
            },
            () =>
            {
                Assert.Equal(Lines("quick", MiB).Select(Upper), Exchange(quick, Lines("quick", MiB)));
                var expected = Lines("slow", bytes).Select(Upper).GetEnumerator();
                for (var i = 0; i < count; i++)
                {
                    Assert.True(expected.MoveNext());
                    Assert.Equal(expected.Current, slow.ReadLine());
                    Assert.False(i < count / 2 && Volatile.Read(ref isSent),
                        "the server has read everything, and its client half of the answers");
                }
            });
    }

    [Fact]
    public void Client_that_resets_or_sends_no_end_of_line_costs_the_others_nothing()
    {
        using var other = shared.Server.Connect();
        for (var i = 0; i < 20; i++)
        {
            var broken = shared.Server.Connect();
            Send(broken, Lines("broken", 64 * 1024));
            broken.Reset();
        }

        using var endless = shared.Server.Connect();
        endless.TrySendBytes(new byte[MiB]);
        Assert.DoesNotContain(endless.ReadLinesToEnd(), static line => line != "LINE TOO LONG");
        Assert.Equal(["STILL HERE"], Exchange(other, ["still here"]));
    }

    [Fact]
    public void Line_that_is_too_long_is_refused_and_a_client_that_closes_its_side_gets_every_answer()
    {
        using var client = shared.Server.Connect();
        client.Send(new string('x', 5000), "next");
        client.ShutdownSend();
        Assert.Equal(["LINE TOO LONG", "NEXT"], client.ReadLinesToEnd());
    }

    /// <summary>The client reads nothing and does not close: the server waits a moment for it and no longer.</summary>
    [Fact]
    public void Interrupt_does_not_wait_for_ever_for_a_client_that_does_not_read()
    {
        using var server = new Server();
        using var client = server.Connect(receiveBufferBytes: 16 * 1024);
        Send(client, Lines("unread", MiB / 2));
        server.Stop("INT");
    }

    [Theory]
    [InlineData]
    [InlineData("65536")]
    public void Bad_port_gets_one_line_and_exit_code_2(params string[] arguments)
    {
        var run = ProgramRun.Of(Program, arguments);
        Assert.Equal((2, "UpperEcho needs one port, 0 to 65535 (0 takes a free one): UpperEcho 7007"), (run.ExitCode, run.ErrorText));
    }

    [Fact]
    public void Port_in_use_gets_one_line_and_exit_code_2()
    {
        var used = shared.Server.EndPoint;
        var run = ProgramRun.Of(Program, used.Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"UpperEcho cannot listen on {used}: ", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    // About so many bytes of lines that are all different, as long as a line may be.
    private static IEnumerable<string> Lines(string word, int bytes) =>
        Enumerable.Range(0, (bytes / 4096) + 1).Select(i => $"{word} {i} ".PadRight(4096, (char)('a' + (i % 26))));

    private static string Upper(string line) => string.Create(line.Length, line, static (upper, line) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            upper[i] = char.IsAsciiLetterLower(line[i]) ? (char)(line[i] - 32) : line[i];
        }
    });

    private static void Send(LineClient client, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            client.Send(line);
        }
    }

    // Sends and reads at once: a client that only sends is not read from for long.
    private static List<string> Exchange(LineClient client, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        List<string> answers = [];
        Together.Run(() => Send(client, all), () => answers = client.ReadLines(all.Count));
        return answers;
    }

    /// <summary>The server of the tests that do not end it.</summary>
    public sealed class Shared : IDisposable
    {
        internal Server Server { get; } = new();

        public void Dispose() => Server.Dispose();
    }

    internal sealed class Server : IDisposable
    {
        private readonly ProgramProcess _process = new(Programs.StartInfo(Program, ["0"]));

        public Server()
        {
            var line = _process.Output.WaitFor(static line => line.StartsWith(Listening, StringComparison.Ordinal));
            Assert.True(line is not null, _process.Describe());
            EndPoint = IPEndPoint.Parse(line[Listening.Length..]);
        }

        public IPEndPoint EndPoint { get; }

        public LineClient Connect(int receiveBufferBytes = 0) => new(EndPoint, receiveBufferBytes);

        /// <summary>Each of these clients sees an orderly end and nothing before it, and so does the server.</summary>
        public void Stop(string signal, params LineClient[] clients)
        {
            _process.Signal(signal);
            foreach (var client in clients)
            {
                client.ExpectEnd();
                client.Dispose();
            }

            Assert.True(_process.WaitForExit() == 0 && _process.Errors.Lines.Count == 0, _process.Describe());
        }

        public void Dispose() => _process.Dispose();
    }
}
