using System.Security.Cryptography;
using System.Text;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Protocols;
using MuxChat.Server.Commands;

namespace MuxChat.Server.Options;

/// <summary>The options of who may do what: the server's password, and its operators. No message repeats a value of theirs.</summary>
internal static class AccessOptions
{
    private const int KeyBytes = 32;

    /// <summary>Name, name of the value, default as it is shown, and what it does.</summary>
    public static IReadOnlyList<(string Name, string ValueName, string Default, string Description)> All { get; } =
    [
        ("--password", "PASSWORD", "none", "Nobody is let in without it; MUXCHAT_PASSWORD keeps it out of the process list."),
        ("--oper", "NAME:HASH", "none", "A server operator and the hash that muxchat hash prints; may be given several times."),
    ];

    /// <exception cref="StartupException">It is no password that a client could give.</exception>
    public static ServerPassword? ReadPassword(OptionValues values)
    {
        if (!values.IsGiven("--password"))
        {
            return null;
        }

        var password = Encoding.UTF8.GetBytes(values.Text("--password"));
        return ServerPassword.IsPossible(password)
            ? new ServerPassword(password, RandomNumberGenerator.GetBytes(KeyBytes))
            : throw new StartupException(StartupException.Usage, $"--password: {ServerPassword.Rule}");
    }

    /// <exception cref="StartupException">One is malformed, or a name is given twice.</exception>
    public static IReadOnlyDictionary<string, PasswordHash> ReadOperators(OptionValues values)
    {
        var operators = new Dictionary<string, PasswordHash>();
        foreach (var given in values.IsGiven("--oper") ? values.All("--oper") : [])
        {
            var colon = given.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !Nickname.IsValid(Encoding.UTF8.GetBytes(given[..colon])) || !PasswordHash.TryParse(given[(colon + 1)..], out var hash))
            {
                throw new StartupException(
                    StartupException.Usage,
                    $"--oper takes NAME:HASH, where NAME is formed like a nick and HASH is what muxchat hash prints: {PasswordHash.Scheme}$ITERATIONS$SALT$HASH");
            }

            if (!operators.TryAdd(given[..colon], hash!))
            {
                throw new StartupException(StartupException.Usage, $"--oper {given[..colon]} is given twice: once is enough");
            }
        }

        return operators;
    }
}
