using System.Text.RegularExpressions;
using MuxChat.Testing.Lessons;
using MuxChat.Testing.Processes;

namespace MuxChat.UnitTests.Style;

/// <summary>
/// The lessons are short and whole. Whether their programs do what the chapters say, the deep tests see by running them.
/// </summary>
public sealed partial class LessonTests
{
    private const int MaxProgramLines = 60;
    private const int MaxPythonLines = 12;

    public static TheoryData<string> Lessons => [.. Lesson.Chapters];

    [Fact]
    public void Chapters_and_programs_have_the_same_names() => Assert.Equal(Lesson.Chapters, Lesson.Programs);

    [Fact]
    public void Lessons_are_sixteen_and_the_readme_lists_each_once()
    {
        const int lessons = 16;
        var listed = ChapterLink().Matches(Repository.Read($"{Lesson.Folder}/README.md"))
            .Select(static match => match.Groups["name"].Value).ToList();
        Assert.Equal(Lesson.Chapters, listed.Order(StringComparer.Ordinal));
        Assert.Equal(lessons, listed.Count);
        Assert.All(listed.Index(), static one =>
            Assert.StartsWith($"# {one.Index + 1}. ", Lesson.Read(one.Item).Chapter, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_is_short_and_whole(string name) =>
        Assert.Empty(Faults(Lesson.Read(name), Repository.Read(Lesson.Read(name).ProgramPath)));

    [Fact]
    public void Run_leaves_nothing_in_the_folder() => Assert.All(
        Directory.GetFileSystemEntries(Path.Combine(Repository.Root, Lesson.Folder)),
        static path => Assert.True(Path.GetFileName(path) == "Directory.Build.props" || Path.GetExtension(path) is ".md" or ".cs", path));

    [Theory]
    [InlineData("", "program of 61 lines", 61)]
    [InlineData("src/MuxChat.Core/Loop/EventLoop.cs", "source file")]
    [InlineData("```text", "output")]
    [InlineData("```python", "Python")]
    [InlineData("## For people who come from Python", "Python")]
    [InlineData("print(1)\n", "Python")]
    [InlineData("dotnet run docs/lessons/a.cs", "run")]
    public void Lesson_with_a_fault_is_noticed(string missing, string says, int programLines = 1)
    {
        const string whole = """
            # 1. A

            `dotnet run docs/lessons/a.cs` prints:

            ```text
            a
            ```

            See `src/MuxChat.Core/Loop/EventLoop.cs`.

            ## For people who come from Python

            ```python
            print(1)
            ```
            """;
        var program = new string('\n', programLines);
        Assert.Empty(Faults(new("a", whole), "\n"));
        var broken = missing.Length == 0 ? whole : whole.Replace(missing, "", StringComparison.Ordinal);
        Assert.Contains(Faults(new("a", broken), program), fault => fault.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void Python_of_more_than_twelve_lines_is_noticed()
    {
        var lines = string.Concat(Enumerable.Repeat("a\n", MaxPythonLines + 1));
        Assert.Contains(
            Faults(new("a", $"{Lesson.PythonHeading}\n\n```python\n{lines}```\n"), ""),
            static fault => fault.Contains("13 lines", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "one 2 three", "end")]
    [InlineData(false, "one 2 four", "end")]
    [InlineData(false, "one 2 three")]
    [InlineData(false, "one 2 three", "end", "more")]
    public void Output_that_a_chapter_does_not_show_is_noticed(bool isShown, params string[] printed) =>
        Assert.Equal(isShown, new Lesson("a", "```text\none ... three\nend\n```\n").Shows(printed));

    private static IEnumerable<string> Faults(Lesson lesson, string program)
    {
        var lines = program.Count(static one => one == '\n');
        if (lines > MaxProgramLines)
        {
            yield return $"a program of {lines} lines";
        }

        if (!lesson.Chapter.Contains($"dotnet run {lesson.ProgramPath}", StringComparison.Ordinal))
        {
            yield return "does not say how to run its program";
        }

        if (lesson.Output.Count == 0)
        {
            yield return "does not show its program's output";
        }

        if (lesson.Python.Count is 0 or > MaxPythonLines || !lesson.Chapter.Contains(Lesson.PythonHeading, StringComparison.Ordinal))
        {
            yield return $"the box of Python has {lesson.Python.Count} lines, or no heading";
        }

        if (!SourcePath().Matches(lesson.Chapter).Any(static match => File.Exists(Path.Combine(Repository.Root, match.Value))))
        {
            yield return "names no source file";
        }
    }

    [GeneratedRegex(@"\]\((?<name>[a-z-]+)\.md\)")]
    private static partial Regex ChapterLink();

    [GeneratedRegex(@"\bsrc/[\w./]+\.cs\b")]
    private static partial Regex SourcePath();
}
