using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Native;

/// <summary>The native executable does what the server under the just-in-time compiler does, by the same tests and programs.</summary>
/// <param name="native">The executable.</param>
[Trait("run", "deep")]
public sealed class NativeTests(NativeExecutable native) : IClassFixture<NativeExecutable>
{
    private const string EndToEndTests = "MuxChat.EndToEndTests.dll";
    private const string LoadTests = "MuxChat.LoadTests.dll";
    private const string Simulation = "MuxChat.Simulation.dll";

    /// <summary>Both lie in one folder: that of the end-to-end tests, with the configuration of these.</summary>
    private static readonly string EndToEndFolder =
        AppContext.BaseDirectory.Replace("MuxChat.DeepTests", "MuxChat.EndToEndTests", StringComparison.Ordinal);

    [Fact]
    public void Publish_makes_one_file()
    {
        var environment = native.Environment;
        Assert.Equal([environment[Programs.ServerVariable]], Directory.GetFileSystemEntries(native.Folder));
    }

    /// <summary>The default run, and what else depends on the runtime: a server that has no descriptor left.</summary>
    [Theory]
    [InlineData("--filter-not-trait", "run=deep")]
    [InlineData("--filter-class", "*OutOfDescriptorsTests")]
    public void Native_server_passes_the_end_to_end_tests(string filter, string filtered) =>
        ExpectSuccess(Run(native.Environment, EndToEndTests, filter, filtered));

    [Theory]
    [InlineData("auto")]
    [InlineData("threads")]
    [InlineData("async")]
    public void Native_server_keeps_what_it_acknowledged_when_it_is_killed(string io)
    {
        using var data = new DataFolder();
        var run = ExpectSuccess(Run(native.Environment, Simulation, "crash", "--rounds", "4", "--io", io, "--data", data.Path));
        Assert.Contains(", 0 faults;", run.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain(": 0 lines acknowledged", run.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public void Native_server_carries_a_load_and_the_audit_finds_nothing() =>
        ExpectSuccess(Run(native.Environment, LoadTests, "broadcast", "--clients", "200", "--senders", "10", "--seconds", "3",
        "--warm", "1"));

    [Fact]
    public void Startup_script_prints_each_figure_of_both_forms()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the script reads /proc");
        var run = ExpectSuccess(Startup("--rounds", "1", "--clients", "5", "--native", native.Environment[Programs.ServerVariable],
            "--dll", Path.Combine(EndToEndFolder, "muxchat.dll")));
        var rows = run.Output.Where(static line => line.StartsWith('|')).Skip(2).ToList();
        Assert.Equal(["until `ready`, ms", "memory at rest, MiB", "memory with 5 silent clients, MiB"],
            rows.Select(static row => row.Split('|')[1].Trim()));
        const string Figure = @"\| [1-9][0-9.]* \([0-9.]+, [0-9.]+\) ";
        Assert.All(rows, static row => Assert.Matches(Figure + Figure + @"\|$", row));
    }

    [Theory]
    [InlineData(2, "--rounds 0: a number from 1 is needed", "--rounds", "0")]
    [InlineData(2, "--dll needs a value", "--dll")]
    [InlineData(2, "unknown option: --round", "--round", "1")]
    [InlineData(1, "there is no /nothing/muxchat", "--native", "/nothing/muxchat", "--dll", "/nothing/muxchat.dll")]
    [InlineData(1, "this did not start: /bin/false", "--native", "/bin/false", "--dll", "/bin/false")]
    public void Startup_script_that_cannot_measure_says_why(int exitCode, string says, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the script reads /proc");
        var run = Startup(arguments);
        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Contains(says, run.ErrorText, StringComparison.Ordinal);
    }

    private static ProgramRun Startup(params string[] arguments) =>
        ProgramRun.Of(Programs.Command(["bash", Path.Combine(Repository.Root, "loadtests", "startup.sh"), .. arguments]), Guard.ProgramMs);

    /// <summary>Each program starts the server that it is told to start, and no other: with none there, it fails.</summary>
    [Theory]
    [InlineData(EndToEndTests, "--filter-class", "*HelpTests")]
    [InlineData(Simulation, "crash", "--rounds", "1")]
    [InlineData(LoadTests, "broadcast", "--clients", "2", "--senders", "1", "--seconds", "1")]
    public void Program_starts_the_server_that_the_variable_names(string program, params string[] arguments)
    {
        var missing = Path.Combine(Path.GetTempPath(), "no-such-folder", "muxchat");
        var run = Run(new() { [Programs.ServerVariable] = missing }, program, arguments);
        Assert.True(run.ExitCode != 0, run.ToString());
        Assert.Contains(missing, run.ToString(), StringComparison.Ordinal);
    }

    private static ProgramRun Run(Dictionary<string, string> environment, string program, params string[] arguments) =>
        ProgramRun.Of(Programs.Command([Programs.Dotnet, Path.Combine(EndToEndFolder, program), .. arguments], environment),
        Guard.ProgramMs);

    private static ProgramRun ExpectSuccess(ProgramRun run)
    {
        Assert.True(run.ExitCode == 0, run.ToString());
        return run;
    }
}
