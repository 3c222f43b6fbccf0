using System.Globalization;

namespace MuxChat.Sockets.Listening;

/// <summary>Looks users and groups up in the system's files: passwd(5) and group(5).</summary>
/// <remarks>
/// A directory service is not asked, because it may answer late and the event loop must not wait. Its users and groups are known by number.
/// </remarks>
public static class Accounts
{
    /// <summary>The file of the users.</summary>
    internal const string PasswordFile = "/etc/passwd";

    private const string GroupFile = "/etc/group";
    private const int NameField = 0;
    private const int IdField = 2;

    /// <summary>Returns the number of a user, given by name or number; null if no user has the name.</summary>
    public static uint? FindUser(string given) => FindId(PasswordFile, given);

    /// <summary>Returns the number of a group, given by name or number; null if no group has the name.</summary>
    public static uint? FindGroup(string given) => FindId(GroupFile, given);

    /// <summary>
    /// Returns the names of all users by number; none if the file cannot be read. The first of several names of one number counts.
    /// </summary>
    internal static Dictionary<uint, string> ReadUserNames(string path)
    {
        var names = new Dictionary<uint, string>();
        foreach (var (name, id) in Rows(path))
        {
            names.TryAdd(id, name);
        }

        return names;
    }

    // The name counts first, as in chown(1): a user may be called 1001.
    private static uint? FindId(string path, string given)
    {
        foreach (var (name, id) in Rows(path))
        {
            if (name == given)
            {
                return id;
            }
        }

        return uint.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static List<(string Name, uint Id)> Rows(string path)
    {
        var rows = new List<(string Name, uint Id)>();
        try
        {
            foreach (var fields in File.ReadAllLines(path).Select(static line => line.Split(':')))
            {
                if (fields.Length > IdField && fields[NameField].Length > 0
                    && uint.TryParse(fields[IdField], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                {
                    rows.Add((fields[NameField], id));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The system has no such file, or no descriptor is left to read it. Users and groups then have numbers only.
            rows.Clear();
        }

        return rows;
    }
}
