using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.Testing.Lessons;

/// <summary>One lesson of <c>docs/lessons</c>: a chapter, and the program of the same name next to it.</summary>
/// <param name="Name">The name of both files, without what follows the dot.</param>
/// <param name="Chapter">The chapter's text.</param>
public sealed record Lesson(string Name, string Chapter)
{
    public const string Folder = "docs/lessons";

    /// <summary>The heading of the box that says the same in Python 3.</summary>
    public const string PythonHeading = "## For people who come from Python";

    private const string Fence = "```";
    private const string OutputFence = Fence + "text";
    private const string PythonFence = Fence + "python";

    /// <summary>The names of all chapters; the README is none.</summary>
    public static IReadOnlyList<string> Chapters { get; } = [.. Names("*.md").Where(static name => name != "README")];

    /// <summary>The names of all programs.</summary>
    public static IReadOnlyList<string> Programs { get; } = [.. Names("*.cs")];

    public string ChapterPath => $"{Folder}/{Name}.md";

    public string ProgramPath => $"{Folder}/{Name}.cs";

    /// <summary>What the chapter says that its program prints; <c>...</c> in a line is for what differs from run to run.</summary>
    public IReadOnlyList<string> Output => Block(OutputFence, Chapter);

    /// <summary>The program in Python.</summary>
    public IReadOnlyList<string> Python =>
        Block(PythonFence, Chapter[Math.Max(0, Chapter.IndexOf(PythonHeading, StringComparison.Ordinal))..]);

    public static Lesson Read(string name) => new(name, Repository.Read($"{Folder}/{name}.md"));

    /// <summary>Whether a program printed what the chapter shows: as many lines, and each as shown.</summary>
    public bool Shows(IReadOnlyList<string> printed) =>
        Output.Count == printed.Count && Output.Zip(printed, LinePattern.Matches).All(static isShown => isShown);

    private static IEnumerable<string> Names(string pattern) => Directory
        .GetFiles(Path.Combine(Repository.Root, Folder), pattern)
        .Select(static path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    // The lines of the first block of code that begins so; none when there is no such block.
    private static IReadOnlyList<string> Block(string fence, string text) =>
        [.. text.Split('\n').SkipWhile(line => line != fence).Skip(1).TakeWhile(static line => line != Fence)];
}
