using System.Net;
using System.Net.Sockets;
using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// What an admin does wrong, through the built program: one line on standard error that says what is right, nothing on standard output, and
/// an exit code. All mistakes in options are parsed in process: UnitTests, Server/OptionMistakeTests.
/// </summary>
public sealed class OperatorErrorTests
{
    [Theory]
    [InlineData("'--bogus'", "--bogus")]
    [InlineData("--listen nonsense: a listen URI is ", "--listen", "nonsense")]
    [InlineData("--max-clients 0: it takes a whole number from 1 to ", "serve", "--max-clients", "0")]
    [InlineData("--data is empty: it takes a path", "--data", "")]
    [InlineData("--motd is empty: it takes a path", "--motd", "")]
    [InlineData("DIR is empty: it takes the directory given to --data", "journal", "check", "")]
    [InlineData("DIR is empty: it takes the directory given to --data", "journal", "repair", "")]
    [InlineData("DIR is empty: it takes the directory given to --data", "journal", "dump", "")]
    [InlineData("--retain-mb does nothing without --data DIR: give both, or leave --retain-mb out", "--retain-mb", "8")]
    [InlineData("--durability does nothing without --data DIR: give both, or leave --durability out", "serve", "--durability", "os")]
    [InlineData("--idle-ping-s 300 with --idle-close-s 200: --idle-ping-s takes ", "--idle-ping-s", "300", "--idle-close-s", "200")]
    public void Bad_option_is_one_line_and_exit_code_2(string says, params string[] arguments) =>
        OneLine.Expect(OneLine.Usage, says, arguments);

    [Fact]
    public void Bad_variable_is_one_line_that_names_it_and_exit_code_2() => OneLine.Expect(
        OneLine.Usage,
        "MUXCHAT_MAX_CLIENTS many: it takes a whole number",
        [],
        new Dictionary<string, string> { ["MUXCHAT_MAX_CLIENTS"] = "many" });

    [Fact]
    public void Variable_that_does_nothing_without_an_option_is_one_line_and_exit_code_2() => OneLine.Expect(
        OneLine.Usage,
        "MUXCHAT_RETAIN_DAYS does nothing without --data DIR: give both, or leave MUXCHAT_RETAIN_DAYS out",
        [],
        new Dictionary<string, string> { ["MUXCHAT_RETAIN_DAYS"] = "7" });

    [Theory]
    [EveryIo]
    public void Port_in_use_is_one_line_and_exit_code_1(string io)
    {
        using var first = ServerProcess.Start("--listen", "auto://127.0.0.1:0");
        var port = first.Listeners[0].EndPoint.Port;

        // All or nothing: the listener before the one that fails is not left open.
        OneLine.Expect(
            OneLine.CouldNotStart, $"cannot listen on line://127.0.0.1:{port}: the port is in use",
            ["--io", io, "--listen", "frame://127.0.0.1:0", "--listen", $"line://127.0.0.1:{port}"]);
    }

    [Fact]
    public void Port_of_another_program_is_one_line_and_exit_code_1()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var port = ((IPEndPoint)other.LocalEndPoint!).Port;
        OneLine.Expect(OneLine.CouldNotStart, "the port is in use; stop what uses it or choose another with --listen",
            ["--listen", $"auto://127.0.0.1:{port}"]);
        OneLine.Expect(OneLine.CouldNotStart, "the port is in use; stop what uses it or choose another with --admin",
            ["--listen", "auto://127.0.0.1:0", "--admin", $"http://127.0.0.1:{port}"]);
    }

    [Fact]
    public void Name_that_does_not_resolve_is_one_line_and_exit_code_1() =>
        OneLine.Expect(OneLine.CouldNotStart, "cannot resolve no-such-host.invalid: ", ["--listen", "auto://no-such-host.invalid:7070"]);

    [Fact]
    public void Address_of_another_machine_is_one_line_and_exit_code_1() =>
        OneLine.Expect(OneLine.CouldNotStart, "cannot listen on auto://192.0.2.1:7070: ", ["--listen", "auto://192.0.2.1:7070"]);

    [Fact]
    public void Message_of_the_day_that_cannot_be_read_is_one_line_and_exit_code_1() =>
        OneLine.Expect(OneLine.CouldNotStart, "cannot read --motd /no/such/file: ", ["--motd", "/no/such/file"]);

    [Theory]
    [InlineData("--motd", "/dev/zero", "--motd /dev/zero has more than 16384 bytes")]
    [InlineData("--motd", "/dev/ptmx", "cannot read --motd /dev/ptmx: it is a pipe or a terminal, not a file")]
    [InlineData("--motd", "/", "cannot read --motd /: ")]
    [InlineData("--data", "/dev/null", "--data /dev/null: ")]
    [InlineData("--data", "/dev/null/data", "--data /dev/null/data: ")]
    public void Path_of_something_else_is_one_line_and_exit_code_1(string option, string path, string says) =>
        OneLine.Expect(OneLine.CouldNotStart, says, [option, path, "--listen", "auto://127.0.0.1:0"]);

    [Fact]
    public void Message_of_the_day_that_is_a_pipe_is_one_line_and_exit_code_1()
    {
        using var folder = new DataFolder();
        var pipe = Path.Combine(folder.Path, "pipe");
        using (var make = new ProgramProcess(Programs.Command(["mkfifo", pipe])))
        {
            Assert.Equal(0, make.WaitForExit());
        }

        OneLine.Expect(OneLine.CouldNotStart, $"cannot read --motd {pipe}: it is a pipe or a terminal, not a file", ["--motd", pipe]);
    }
}
