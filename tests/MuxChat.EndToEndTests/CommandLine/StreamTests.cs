using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.CommandLine;

/// <summary>
/// Standard output, standard error and standard input that are closed or full, with every command: what was asked for could not be told,
/// which is one line and exit code 1; a message that cannot be told is lost and the exit code remains. Never a stack trace.
/// </summary>
public sealed class StreamTests
{
    private const string Serve = "serve --listen line://127.0.0.1:0 --max-clients 10";

    [Theory]
    [InlineData(Serve)]
    [InlineData("--help")]
    [InlineData("serve --help", null, Traits = ["run", "deep"])]
    [InlineData("--version", null, Traits = ["run", "deep"])]
    [InlineData("journal --help", null, Traits = ["run", "deep"])]
    [InlineData("journal check DIR", null, Traits = ["run", "deep"])]
    [InlineData("journal repair DIR", null, Traits = ["run", "deep"])]
    [InlineData("journal dump DIR", null, Traits = ["run", "deep"])]
    [InlineData("hash", "secret\n")]
    public void Output_that_cannot_be_written_is_one_line_and_exit_code_1(string arguments, string? input = null)
    {
        using var data = new DataFolder();
        if (arguments.Contains("DIR", StringComparison.Ordinal))
        {
            MakeJournal(data);
        }

        foreach (var (redirection, says) in new[] { (">/dev/full", "No space left on device"), (">&-", "it is closed") })
        {
            var ended = Run(arguments.Replace("DIR", data.Path, StringComparison.Ordinal), redirection, input);
            Assert.Equal($"muxchat: cannot write to standard output: {says}", Assert.Single(ended.Errors));
            Assert.Equal(1, ended.ExitCode);
        }
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("async", Traits = ["run", "deep"])]
    [InlineData("select", Traits = ["run", "deep"])]
    [InlineData("epoll", Traits = ["run", "deep"])]
    public void Server_on_each_model_ends_when_it_cannot_say_where_it_listens(string io)
    {
        var ended = Run($"{Serve} --io {io}", ">&-");
        Assert.Equal("muxchat: cannot write to standard output: it is closed", Assert.Single(ended.Errors));
        Assert.Equal(1, ended.ExitCode);
    }

    [Theory]
    [InlineData("--nonsense", 2)]
    [InlineData("journal check /no/such/directory", 1)]
    [InlineData("serve --motd /no/such/file", 1)]
    [InlineData("hash", 2, " bad\n")]
    public void Message_that_cannot_be_written_leaves_the_exit_code(string arguments, int exitCode, string? input = null)
    {
        foreach (var redirection in (string[])["2>/dev/full", "2>&-", "2>&- >&-"])
        {
            var ended = Run(arguments, redirection, input);
            Assert.Equal((exitCode, 0, 0), (ended.ExitCode, ended.Output.Count, ended.Errors.Count));
        }
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void Server_whose_log_cannot_be_written_serves(string redirection)
    {
        using var server = ServerProcess.Serve(StartInfo(Serve + " -v", redirection));
        using (var client = server.ConnectLines())
        {
            client.Sync();
        }

        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    [Theory]
    [InlineData("<&-", "standard input is closed")]
    [InlineData("</dev/null", "hash: a password is 1 to 256 bytes")]
    [InlineData("</", "hash: cannot read standard input: Is a directory")]
    public void Hash_without_an_input_is_one_line_and_exit_code_2(string redirection, string says)
    {
        var ended = Run("hash", redirection);
        Assert.StartsWith("muxchat: " + says, Assert.Single(ended.Errors), StringComparison.Ordinal);
        Assert.Equal((2, 0), (ended.ExitCode, ended.Output.Count));
    }

    private static void MakeJournal(DataFolder data)
    {
        using var server = ServerProcess.Start("--data", data.Path);
        using (var client = server.ConnectLines())
        {
            client.Sync();
        }

        server.Signal("TERM");
        Assert.Equal(0, server.WaitForExit());
    }

    private static ProgramRun Run(string arguments, string redirection, string? input = null)
    {
        var start = StartInfo(arguments, redirection);
        start.RedirectStandardInput = input is not null;
        return ProgramRun.Of(start, Guard.Ms, input);
    }

    private static System.Diagnostics.ProcessStartInfo StartInfo(string arguments, string redirection) =>
        Programs.Command(["sh", "-c", $"exec \"$0\" \"$@\" {redirection}", .. Muxchat.Words, .. arguments.Split(' ')]);
}
