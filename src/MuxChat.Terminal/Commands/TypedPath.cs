namespace MuxChat.Terminal.Commands;

/// <summary>A path as the user types it: which file it means.</summary>
/// <remarks>
/// Nothing follows a path in a command, so blanks in it need no quotes. A path in quotes means itself: names that end with a blank or begin
/// with <c>~</c> are typed like that.
/// </remarks>
internal static class TypedPath
{
    /// <summary>The user's home directory: HOME, or on Windows the profile. Empty if there is none.</summary>
    public static string Home =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Reads a path; false, with the reason, if it means none.</summary>
    /// <param name="typed">The typed text, without the blanks around it.</param>
    /// <param name="home">The home directory, which <c>~</c> means.</param>
    /// <param name="path">The path for the system.</param>
    /// <param name="why">Why there is none; empty if there is.</param>
    public static bool TryRead(string typed, string home, out string path, out string why)
    {
        (path, why) = (typed, "");
        if (typed.StartsWith('"'))
        {
            var words = Words.Cut(typed) ?? [];
            (path, why) = words is [var only] ? (only, "") : ("", "a path in quotes begins and ends with one, such as \"a b.pdf\"");
        }
        else if (typed == "~" || typed.StartsWith("~/", StringComparison.Ordinal))
        {
            (path, why) = (home + typed[1..], home.Length > 0 ? "" : "there is no home directory: HOME is not set");
        }
        else if (typed.StartsWith('~'))
        {
            why = $"~ alone is your home directory, and this client knows no other: for a file of that name write ./{typed}";
        }

        return why.Length == 0;
    }
}
