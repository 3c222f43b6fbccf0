using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Texts;

/// <summary>
/// A client as teaching texts have it: a short program in Python, Java or shell that is kept as a file and run as it is.
/// </summary>
internal static class TextClient
{
    private const string Folder = "tests/MuxChat.EndToEndTests/Texts";

    // Without these, what is no ASCII would depend on the machine's language.
    private static readonly Dictionary<string, string> Utf8 = new() { ["PYTHONIOENCODING"] = "utf-8", ["PYTHONDONTWRITEBYTECODE"] = "1" };

    // A single file is run since Java 11 (JEP 330), by the compiler of a JDK. Unix sockets came with Java 16 (JEP 380).
    private static readonly Lazy<int> JavaVersion = new(static () =>
        Programs.IsInPath("java") && Programs.IsInPath("javac")
            ? VersionOf(ProgramRun.Of(Programs.Command(["javac", "-version"]), Guard.Ms)) : 0);

    /// <summary>Starts a program. Skips the test on a machine that cannot run it.</summary>
    public static ProgramProcess Start(string file, params string[] arguments)
    {
        var start = Programs.Command([.. Words(file), .. arguments], Utf8);
        start.RedirectStandardInput = true;
        return new ProgramProcess(start);
    }

    /// <summary>Runs a program to its end with this typed, and returns the lines that it printed.</summary>
    public static IReadOnlyList<string> Run(string file, string typed, params string[] arguments)
    {
        using var program = Start(file, arguments);
        program.SendInput(typed);
        return EndOf(program);
    }

    /// <summary>Waits for the end of a program, which must be a good one, and returns the lines that it printed.</summary>
    public static IReadOnlyList<string> EndOf(ProgramProcess program)
    {
        Assert.True(program.WaitForExit() == 0 && program.Errors.Lines.Count == 0, program.Describe());
        return program.Output.Lines;
    }

    private static string[] Words(string file)
    {
        var name = Path.GetFileName(file);
        var path = Path.Combine(Repository.Root, Folder, file);
        switch (Path.GetExtension(file))
        {
            case ".py":
                Assert.SkipUnless(Programs.IsInPath("python3"), $"{name} takes python3, and PATH has none");
                return ["python3", path];
            case ".java":
                var least = name == "UnixChat.java" ? 16 : 11;
                Assert.SkipUnless(JavaVersion.Value >= least, $"{name} takes a JDK from version {least} on, and PATH has none");
                return ["java", path];
            default:
                Assert.SkipUnless(Programs.IsInPath("sh") && Programs.IsInPath("nc"), $"{name} takes sh and nc, and PATH lacks one");
                return ["sh", path];
        }
    }

    // "javac 17.0.15"; what is no number, such as the 1.8 of Java 8, is too old or unknown.
    private static int VersionOf(ProgramRun run) =>
        run.ExitCode == 0 && int.TryParse(run.OutputText.Split(' ', '.').ElementAtOrDefault(1), out var version) ? version : 0;
}
