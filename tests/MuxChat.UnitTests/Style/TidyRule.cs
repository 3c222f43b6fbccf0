namespace MuxChat.UnitTests.Style;

/// <summary>A rule of the house that can be counted.</summary>
/// <param name="Name">What must hold, as a sentence.</param>
/// <param name="Folder">The part of the tree that it is for; empty for all of it.</param>
/// <param name="FindWrong">The places in a file where it does not hold.</param>
internal sealed record TidyRule(string Name, string Folder, Func<CodeFile, IEnumerable<string>> FindWrong)
{
    /// <summary>What is wrong in a file; nothing when the rule is not for it.</summary>
    public IEnumerable<string> Check(CodeFile file) => file.Path.StartsWith(Folder, StringComparison.Ordinal) ? FindWrong(file) : [];
}
