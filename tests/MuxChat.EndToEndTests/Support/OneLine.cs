using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Support;

/// <summary>
/// What an admin does wrong: one line on standard error that says what is right, nothing on standard output, and an exit code.
/// </summary>
internal static class OneLine
{
    public const int CouldNotStart = 1;
    public const int Usage = 2;

    /// <summary>Runs the server, requires that it refuses in one line, and returns that line.</summary>
    public static string Expect(int exitCode, string says, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A machine with few descriptors would add a warning that it lowers the default.
        var ended = Muxchat.Run(exitCode == CouldNotStart ? [.. arguments, "--max-clients", "10"] : arguments, environment);
        var line = Assert.Single(ended.Errors);
        Assert.StartsWith("muxchat: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Empty(ended.Output);
        return line;
    }
}
