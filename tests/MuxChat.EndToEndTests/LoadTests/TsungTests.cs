using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.LoadTests;

/// <summary>The configuration of <c>loadtests/tsung</c>, run by tsung, whose own figures are read. About twenty seconds each.</summary>
[Trait("run", "deep")]
[Collection(Alone.Name)]
public sealed class TsungTests(LineServer server) : IClassFixture<LineServer>, IDisposable
{
    private readonly OutputFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_user_logs_in_and_every_ping_is_answered()
    {
        var stats = Run(server.Process.EndPoint("line").Port);
        Assert.DoesNotContain(stats.Keys, static name => name.StartsWith("error", StringComparison.Ordinal) || name == "nomatch");
        Assert.Equal(stats["users_count"], stats["finish_users_count"]);
        Assert.Equal(stats["users_count"], stats["tr_login"]);
        Assert.Equal(stats["tr_ping"], stats["match"]);
        Assert.True(stats["match"] > 0 && stats["match"] % 20 == 0, $"{stats["match"]} pings were answered");
        Assert.True(stats["size_rcv"] > 2 * stats["size_sent"], $"{stats["size_sent"]} bytes out, {stats["size_rcv"]} bytes in");
    }

    [Fact]
    public void Server_that_is_away_is_errors_in_its_figures()
    {
        var stats = Run(FreePort());
        Assert.True(stats["error_connect_econnrefused"] > 0);
        Assert.DoesNotContain("match", stats.Keys);
    }

    // tsung asks epmd, of Erlang, for the names of its nodes, and would leave one behind: this one is the test's own.
    private Dictionary<string, long> Run(int port)
    {
        Assert.SkipUnless(Programs.IsInPath("tsung") && Programs.IsInPath("epmd"), "there is no tsung");
        var config = _folder.File("muxchat.xml");
        var written = Repository.Read("loadtests/tsung/muxchat.xml");
        File.WriteAllText(config, written.Replace("\"7070\"", $"\"{port}\"", StringComparison.Ordinal));
        var names = FreePort();
        using var epmd = new ProgramProcess(Programs.Command(["epmd", "-d", "-port", $"{names}"]));
        Guard.Until(() => Answers(names), $"epmd listens on {names}");
        var run = ProgramRun.Of(
            Programs.Command(["tsung", "-n", "-f", config, "-l", _folder.File("log"), "start"],
                new Dictionary<string, string> { ["ERL_EPMD_PORT"] = $"{names}", ["HOME"] = _folder.File("home") }),
            Guard.ProgramMs);
        Assert.True(run.ExitCode == 0, run.ToString());
        var log = Assert.Single(Directory.GetFiles(_folder.File("log"), "tsung.log", SearchOption.AllDirectories));
        return Totals(File.ReadAllLines(log));
    }

    // Of a sample: count, mean, deviation, highest, lowest, mean before, count before. Of a counter: since the last dump, and in all.
    private static Dictionary<string, long> Totals(string[] log)
    {
        var totals = new Dictionary<string, long>();
        foreach (var line in log.Where(static line => line.StartsWith("stats: ", StringComparison.Ordinal)))
        {
            var words = line.Split(' ');
            totals[words[1]] = words.Length > 4 ? Whole(words[2]) + Whole(words[^1]) : Whole(words[^1]);
        }

        return totals;
    }

    private static long Whole(string word) => (long)double.Parse(word, CultureInfo.InvariantCulture);

    private static bool Answers(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }
}
