using MuxChat.LoadTests;

namespace MuxChat.UnitTests.LoadTests;

/// <summary>What is wrong on the load program's command line: one line and exit code 2, before anything is started.</summary>
public sealed class LoadCommandLineTests
{
    [Theory]
    [InlineData("", "command")]
    [InlineData("broadcsat", "broadcsat")]
    [InlineData("broadcast --clinets 5", "--clinets")]
    [InlineData("broadcast --clients five", "--clients five: it takes a number from 2 to 100000")]
    [InlineData("broadcast --clients 1", "--clients 1: it takes a number from 2 to 100000")]
    [InlineData("broadcast --clients 2.5", "--clients 2.5: it takes a whole number from 2 to 100000")]
    [InlineData("broadcast --clients -3", "--clients -3")]
    [InlineData("broadcast --seconds 0", "--seconds 0: it takes a number from 0.1")]
    [InlineData("broadcast --payload 31", "--payload 31: it takes a number from 32 to 4000")]
    [InlineData("broadcast --window 0", "--window 0")]
    [InlineData("broadcast --rate NaN", "--rate NaN")]
    [InlineData("broadcast --io iocp", "--io iocp: it takes auto, select, epoll, threads, async")]
    [InlineData("broadcast --transport pigeon", "--transport pigeon: it takes tcp, frame, ws, tls, wss, irc")]
    [InlineData("broadcast --transport irc --payload 401", "--payload 401: --transport irc takes at most 400")]
    [InlineData("broadcast --io select,epoll", "--io select,epoll: a scenario takes one model")]
    [InlineData("broadcast --connect nowhere", "--connect nowhere: it takes ADDRESS:PORT")]
    [InlineData("broadcast --connect 127.0.0.1", "--connect 127.0.0.1: it takes ADDRESS:PORT")]
    [InlineData("broadcast --json no/such/folder/a.json", "--json no/such/folder/a.json: there is no folder")]
    [InlineData("broadcast --html no/such/folder/a.html", "--html no/such/folder/a.html: there is no folder")]
    [InlineData("broadcast --md no/such/folder/a.md", "--md no/such/folder/a.md: there is no folder")]
    [InlineData("broadcast --hgrm no/such/folder", "--hgrm no/such/folder: there is no folder")]
    [InlineData("broadcast --fail-if p99", "--fail-if p99: it takes FIGURE>VALUE")]
    [InlineData("broadcast --fail-if p42>1ms", "there is no figure p42")]
    [InlineData("compare --scenarios broadcast,broadcsat", "--scenarios broadcast,broadcsat: it takes broadcast, rate, rooms")]
    [InlineData("compare --processors two", "--processors two: it takes one, both")]
    [InlineData("compare --with apache", "--with apache: it takes floor, redis, ngircd")]
    [InlineData("compare --versus muxchat.dll", "--versus needs --versus-json FILE")]
    [InlineData("compare --versus-json b.json", "--versus SERVER, which is missing")]
    [InlineData("compare --versus no/such/server --versus-json b.json", "--versus no/such/server: there is no such file")]
    [InlineData("compare --transport irc --payload 500", "--payload 500: --transport irc takes at most 400")]
    [InlineData("report", "argument")]
    [InlineData("report no/such/file.json", "cannot read no/such/file.json")]
    [InlineData("report a.json b.json c.json", "c.json")]
    [InlineData("ramp --p99-ms 0", "--p99-ms 0")]
    [InlineData("rooms --clients 10 --rooms 6", "--rooms 6 is too many for --clients 10")]
    [InlineData("slow --clients 20 --stalled 19", "--stalled 19 is too many for --clients 20")]
    [InlineData("compare --io ,", "--io ,: it takes")]
    [InlineData("compare --clients 10,,20", "--clients : it takes a number")]
    [InlineData("compare --rounds 0", "--rounds 0")]
    [InlineData("compare --connect 127.0.0.1:7070", "--connect")]
    public void Wrong_command_line_exits_2_with_one_line(string arguments, string said) => Expect(arguments, said);

    [Theory]
    [InlineData("slow --clients 10 --stalled 1", "--stalled 1 is too many for --clients 10 and --senders 10")]
    [InlineData("broadcast --rooms 7", "'--rooms'")]
    [InlineData("broadcast --idle 7", "'--idle'")]
    [InlineData("broadcast --stalled 7", "'--stalled'")]
    [InlineData("broadcast --logins 7", "'--logins'")]
    [InlineData("broadcast --p99-ms 7", "'--p99-ms'")]
    [InlineData("churn --clients 7", "'--clients'")]
    [InlineData("churn --rate 7", "'--rate'")]
    [InlineData("ramp --rate 7", "'--rate'")]
    [InlineData("compare --rate 7", "'--rate'")]
    [InlineData("broadcast --clients 5 --senders 6", "--senders 6 is too many for --clients 5")]
    [InlineData("broadcast --rate 5 --window 6", "--window 6: there is a window only without a rate")]
    [InlineData("slow --window 6", "--window 6: there is a window only without a rate")]
    [InlineData("broadcast --fail-if p99>20MB", "MB is no unit of p99: it takes us, ms or s")]
    [InlineData("report same.json same.json", "that is one report twice")]
    [InlineData("report same.json --md same.json", "--md same.json: that file is named twice")]
    [InlineData("report same.json --md no/such/folder/a.md", "--md no/such/folder/a.md: there is no folder")]
    [InlineData("broadcast --rate 0.001", "--rate 0.001: with --seconds 5 no line is said")]
    [InlineData("broadcast --connect 127.0.0.1:7070 --io epoll", "--io epoll: the server at 127.0.0.1:7070 runs already")]
    [InlineData("broadcast --json .", "--json .: that is a folder; it takes a file")]
    [InlineData("broadcast --json same --html same", "--html same: that file is named twice")]
    [InlineData("compare --scenarios idle --clients 10", "--clients 10: too few for idle")]
    public void Option_that_would_be_ignored_or_cannot_be_exits_2_with_one_line(string arguments, string said) => Expect(arguments, said);

    private static void Expect(string arguments, string said)
    {
        var (exitCode, output, errors) = Run(arguments);
        Assert.Equal(LoadCommandLine.Usage, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n', '\r').Split('\n'));
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("--help", "broadcast", "rooms", "idle", "churn", "slow", "ramp", "compare", "report")]
    [InlineData("broadcast --help", "--clients", "--senders", "--rate", "--window", "[default: 1000]", "--json", "--html", "--connect")]
    [InlineData("compare --help", "--io", "--rounds", "[default: select,epoll,threads,async]", "[default: 10,100,1000]", "--with",
        "--versus", "--scenarios")]
    public void Help_exits_0_and_names_everything(string arguments, params string[] named)
    {
        var (exitCode, output, errors) = Run(arguments);
        Assert.Equal(0, exitCode);
        Assert.Empty(errors);
        Assert.All(named, name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    private static (int ExitCode, string Output, string Errors) Run(string arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = LoadCommandLine.Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, errors);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
