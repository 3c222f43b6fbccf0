using System.Globalization;

namespace MuxChat.Sockets.Listening;

/// <summary>Looks users and groups up in the system's files: passwd(5) and group(5).</summary>
/// <remarks>
/// A directory service is not asked, because it may answer late and the event loop must not wait. Its users and groups are known by number.
/// </remarks>
public static class Accounts
{
    private const string PasswordFile = "/etc/passwd";
    private const string GroupFile = "/etc/group";
    private const int NameField = 0;
    private const int IdField = 2;

    /// <summary>Returns the number of a user, given by number or name; null if no user has the name.</summary>
    public static uint? FindUser(string given) => FindId(PasswordFile, given);

    /// <summary>Returns the number of a group, given by number or name; null if no group has the name.</summary>
    public static uint? FindGroup(string given) => FindId(GroupFile, given);

    /// <summary>Returns the name of a user; null if it has none.</summary>
    public static string? FindUserName(uint id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        return Rows(PasswordFile).FirstOrDefault(row => row[IdField] == text)?[NameField];
    }

    private static uint? FindId(string path, string given) =>
        TryParseId(given, out var id) ? id
        : Rows(path).FirstOrDefault(row => row[NameField] == given) is { } found && TryParseId(found[IdField], out id) ? id
        : null;

    private static bool TryParseId(string text, out uint id) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static string[][] Rows(string path)
    {
        try
        {
            return [.. File.ReadAllLines(path).Select(static line => line.Split(':')).Where(static row => row.Length > IdField)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system has no such file, or no descriptor is left to read it. Users and groups then have numbers only.
            return [];
        }
    }
}
