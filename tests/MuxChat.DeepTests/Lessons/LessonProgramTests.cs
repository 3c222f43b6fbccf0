using MuxChat.Testing.Lessons;
using MuxChat.Testing.Processes;

namespace MuxChat.DeepTests.Lessons;

/// <summary>The programs of docs/lessons, run as their chapters say, print what the chapters show.</summary>
[Trait("run", "deep")]
public sealed class LessonProgramTests
{
    /// <summary>
    /// Build servers would outlive the test. The last variable turns off a shortcut of <c>dotnet run</c> that starts the compiler's server.
    /// </summary>
    private static readonly Dictionary<string, string> NoBuildServers = new()
    {
        ["UseSharedCompilation"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["FileBasedProgramCanSkipMSBuild"] = "false",
    };

    public static TheoryData<string> Lessons => [.. Lesson.Programs];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Program_prints_what_its_chapter_shows(string name)
    {
        var lesson = Lesson.Read(name);
        var files = Files();
        var run = Run([Programs.Dotnet, "run", lesson.ProgramPath]);
        Assert.True(run.ExitCode == 0, $"This failed: dotnet run {lesson.ProgramPath}\n{run}");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the chapters show what Linux says");
        Assert.True(lesson.Shows(run.Output),
            $"{lesson.ChapterPath} shows:\n{string.Join('\n', lesson.Output)}\ndotnet run {lesson.ProgramPath} prints:\n{run.OutputText}");
        Assert.Equal(files, Files());
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Python_of_the_chapter_runs_to_its_end(string name)
    {
        Assert.SkipUnless(Programs.IsInPath("python3"), "there is no python3");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the boxes show what Linux does");
        var run = Run(["python3", "-c", string.Join('\n', Lesson.Read(name).Python)]);
        Assert.True(run.ExitCode == 0, $"The Python of {Lesson.Folder}/{name}.md failed:\n{run}");
    }

    private static ProgramRun Run(IEnumerable<string> words)
    {
        var start = Programs.Command(words, NoBuildServers);
        start.WorkingDirectory = Repository.Root;
        return ProgramRun.Of(start, Guard.ProgramMs);
    }

    private static IReadOnlyList<string> Files() =>
        [.. Directory.GetFileSystemEntries(Path.Combine(Repository.Root, Lesson.Folder)).Order(StringComparer.Ordinal)];
}
