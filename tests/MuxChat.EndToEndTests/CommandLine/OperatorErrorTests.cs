using System.Net;
using System.Net.Sockets;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>What an operator does wrong: one line on standard error that says what is right, nothing on standard output, and an exit code.</summary>
public sealed class OperatorErrorTests
{
    private const int CouldNotStart = 1;
    private const int Usage = 2;

    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'extra'", "serve", "extra")]
    [InlineData("'--listen'", "--listen")]
    [InlineData("--listen nonsense: a listen URI is ", "--listen", "nonsense")]
    [InlineData("--listen http://127.0.0.1:80: a listen URI is ", "--listen", "http://127.0.0.1:80")]
    [InlineData("--listen auto://127.0.0.1: a listen URI is ", "--listen", "auto://127.0.0.1")]
    [InlineData("--listen auto://127.0.0.1:65536: a listen URI is ", "--listen", "auto://127.0.0.1:65536")]
    [InlineData("--listen auto://127.0.0.1:-1: a listen URI is ", "--listen", "auto://127.0.0.1:-1")]
    [InlineData("--listen auto://:7070: a listen URI is ", "--listen", "auto://:7070")]
    [InlineData("--listen auto://::1:7070: a listen URI is ", "--listen", "auto://::1:7070")]
    [InlineData("--listen auto://[127.0.0.1]:7070: a listen URI is ", "--listen", "auto://[127.0.0.1]:7070")]
    [InlineData("--io uring: it takes auto, select, epoll, threads, async", "--io", "uring")]
    [InlineData("--flood maybe: it takes on, off", "--flood", "maybe")]
    [InlineData("--log-level loud: it takes trace, debug, ", "--log-level", "loud")]
    [InlineData("--room a b: a room is # and 1 to 63 characters", "--room", "a b")]
    [InlineData("--room : a room is # and 1 to 63 characters", "--room", "")]
    [InlineData("--max-clients 0: it takes a whole number from 1 to ", "--max-clients", "0")]
    [InlineData("--max-clients many: it takes a whole number from 1 to ", "--max-clients", "many")]
    [InlineData("--max-clients 1.5: it takes a whole number from 1 to ", "--max-clients", "1.5")]
    [InlineData("--max-line-bytes 63: it takes a whole number from 64 to 16384", "--max-line-bytes", "63")]
    [InlineData("--max-line-bytes 16385: it takes a whole number from 64 to 16384", "--max-line-bytes", "16385")]
    [InlineData("--max-frame-bytes 5000000: it takes a whole number from 64 to 4194304", "--max-frame-bytes", "5000000")]
    [InlineData("--max-rooms 0: it takes", "--max-rooms", "0")]
    [InlineData("--max-rooms-per-client 0: it takes", "--max-rooms-per-client", "0")]
    [InlineData("--flood-burst 0: it takes", "--flood-burst", "0")]
    [InlineData("--flood-rate 0: it takes", "--flood-rate", "0")]
    [InlineData("--idle-ping-s 0: it takes", "--idle-ping-s", "0")]
    [InlineData("--idle-close-s 5: it takes a whole number from 11 to", "--idle-ping-s", "10", "--idle-close-s", "5")]
    [InlineData("--outbox-hard-bytes 4095: it takes", "--outbox-hard-bytes", "4095")]
    [InlineData("--outbox-soft-bytes 5000: it takes a whole number from 1024 to 4096", "--outbox-hard-bytes", "4096", "--outbox-soft-bytes", "5000")]
    [InlineData("--outbox-soft-s 0: it takes", "--outbox-soft-s", "0")]
    [InlineData("--accepts-per-tick 0: it takes", "--accepts-per-tick", "0")]
    [InlineData("--read-bytes-per-tick 511: it takes", "--read-bytes-per-tick", "511")]
    [InlineData("--coalesce-us 100001: it takes a whole number from 0 to 100000", "--coalesce-us", "100001")]
    [InlineData("--max-per-ip 0: it takes a whole number from 1 to", "--max-per-ip", "0")]
    [InlineData("--connect-rate 0: it takes a whole number from 1 to", "--connect-rate", "0")]
    [InlineData("--limit-loopback maybe: it takes on, off", "--limit-loopback", "maybe")]
    [InlineData("--max-queued-mb 0: it takes a whole number from 1 to", "--max-queued-mb", "0")]
    [InlineData("--flood-error-cost -1: it takes a whole number from 0 to", "--flood-error-cost", "-1")]
    [InlineData("--max-errors-in-row 0: it takes a whole number from 1 to", "--max-errors-in-row", "0")]
    [InlineData("--room a\u200b: a room is # and 1 to 63 characters", "--room", "a\u200b")]
    [InlineData("--io is given 2 times: once is enough", "--io", "select", "--io", "epoll")]
    public void Bad_option_is_one_line_and_exit_code_2(string says, params string[] arguments) => ExpectOneLine(Usage, says, arguments);

    [Fact]
    public void Bad_variable_is_one_line_that_names_it_and_exit_code_2() => ExpectOneLine(
        Usage,
        "MUXCHAT_MAX_CLIENTS many: it takes a whole number",
        [],
        new Dictionary<string, string> { ["MUXCHAT_MAX_CLIENTS"] = "many" });

    [Fact]
    public void Port_in_use_is_one_line_and_exit_code_1()
    {
        using var first = ServerProcess.Start("--listen", "auto://127.0.0.1:0");
        var port = first.Listeners[0].EndPoint.Port;
        foreach (var io in IoModels.All)
        {
            ExpectOneLine(CouldNotStart, $"cannot listen on line://127.0.0.1:{port}: the port is in use", ["--io", io, "--listen", $"line://127.0.0.1:{port}"]);
        }

        // All or nothing: the listener before the one that fails is not left open.
        ExpectOneLine(CouldNotStart, "the port is in use", ["--listen", "line://127.0.0.1:0", "--listen", $"auto://127.0.0.1:{port}"]);
    }

    [Fact]
    public void Port_of_another_program_is_one_line_and_exit_code_1()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        ExpectOneLine(CouldNotStart, "the port is in use", ["--listen", $"auto://127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}"]);
    }

    [Fact]
    public void Name_that_does_not_resolve_is_one_line_and_exit_code_1() =>
        ExpectOneLine(CouldNotStart, "cannot resolve no-such-host.invalid: ", ["--listen", "auto://no-such-host.invalid:7070"]);

    [Fact]
    public void Address_of_another_machine_is_one_line_and_exit_code_1() =>
        ExpectOneLine(CouldNotStart, "cannot listen on auto://192.0.2.1:7070: ", ["--listen", "auto://192.0.2.1:7070"]);

    [Fact]
    public void Message_of_the_day_that_cannot_be_read_is_one_line_and_exit_code_1()
    {
        ExpectOneLine(CouldNotStart, "cannot read --motd /no/such/file: ", ["--motd", "/no/such/file"]);
        ExpectOneLine(CouldNotStart, $"cannot read --motd {Path.GetTempPath()}: ", ["--motd", Path.GetTempPath()]);
    }

    private static void ExpectOneLine(int exitCode, string says, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A machine with few descriptors would add a warning that it lowers the default.
        var ended = Muxchat.Run(exitCode == CouldNotStart ? [.. arguments, "--max-clients", "10"] : arguments, environment);
        var line = Assert.Single(ended.Errors);
        Assert.StartsWith("muxchat: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Empty(ended.Output);
    }
}
