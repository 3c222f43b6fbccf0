using MuxChat.Core.Chat.Text;
using MuxChat.Terminal.Editing;

namespace MuxChat.Terminal.Commands;

/// <summary>Completes the path that a command takes, by the names of the files that are there.</summary>
internal static class FileCompletion
{
    /// <summary>Names of a directory that are looked at: 10,000. Further ones are not offered.</summary>
    public const int MaxNames = 10_000;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None };

    /// <summary>Finds the paths for a text up to the caret; null if no path belongs there.</summary>
    /// <param name="before">The text before the caret.</param>
    /// <param name="home">The home directory, which <c>~</c> means.</param>
    public static Completion? For(string before, string home) =>
        CommandTable.PathStart(before) is { } start ? new Completion(start, Paths(before[start..], home)) : null;

    // An open quote is closed, so that the command can read the path.
    private static IReadOnlyList<string> Paths(string typed, string home)
    {
        var isQuoted = typed.StartsWith('"');
        if (typed == "~")
        {
            return ["~/"];
        }

        if (!TypedPath.TryRead(typed, home, out var path, out _)
            && !(isQuoted && TypedPath.TryRead(typed + '"', home, out path, out _)))
        {
            return [];
        }

        var nameAt = path.LastIndexOfAny(Separators) + 1;
        var (folder, begun) = (path[..nameAt], path[nameAt..]);
        return [.. NamesIn(folder, begun).Select(name => isQuoted
            ? ArgumentWords.Quote(folder + name) : Typed(typed[..^begun.Length] + name, folder + name, home))];
    }

    // As it is, if the command reads it so.
    private static string Typed(string plain, string path, string home) =>
        TypedPath.TryRead(plain.Trim(' '), home, out var read, out _) && read == path ? plain : ArgumentWords.Quote(path);

    // A directory that is missing or cannot be read has no names to offer.
    private static List<string> NamesIn(string folder, string begun)
    {
        try
        {
            return [.. new DirectoryInfo(folder.Length > 0 ? folder : ".").EnumerateFileSystemInfos("*", Everything)
                .Take(MaxNames)
                .Where(entry => entry.Name.StartsWith(begun, StringComparison.Ordinal) && IsOffered(entry.Name, begun))
                .OrderBy(static entry => entry.Name, StringComparer.Ordinal)
                .Take(Completion.MaxWords)
                .Select(static entry => Directory.Exists(entry.FullName) ? entry.Name + "/" : entry.Name)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    // A name with control characters cannot be typed, and one that is not UTF-8 cannot be opened by what is shown of it.
    private static bool IsOffered(string name, string begun) => (begun.StartsWith('.') || !name.StartsWith('.'))
        && !name.Any(static letter => char.IsControl(letter) || letter == '\uFFFD');
}
