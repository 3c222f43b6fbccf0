using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Terminal.Connection;

namespace MuxChat.Server.Commands;

/// <summary>The options that <c>talk</c> and <c>say</c> share: how to reach the server, and under which nick.</summary>
internal sealed class ClientArguments
{
    private const string PasswordVariable = "MUXCHAT_PASSWORD";

    private readonly string _command;
    private readonly ProgramEnvironment _environment;

    public ClientArguments(string command, ProgramEnvironment environment)
    {
        (_command, _environment) = (command, environment);
    }

    public Option<string?> Nick { get; } = new("--nick")
    {
        HelpName = "NICK",
        Description = "The nick to take. [default: one that the server gives]",
    };

    public Option<string?> Password { get; } = new("--password")
    {
        HelpName = "PASSWORD",
        Description = "The server's password; MUXCHAT_PASSWORD does not show it in the list of processes. [default: none]",
    };

    public Option<bool> Tls { get; } = new("--tls")
    {
        Description = "Encrypts the connection, and verifies the server's certificate by the roots of the system.",
    };

    public Option<string?> TlsCa { get; } = new("--tls-ca")
    {
        HelpName = "FILE",
        Description = "Verifies by the certificates of this PEM file instead; implies --tls. [default: none]",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Nick);
        command.Options.Add(Password);
        command.Options.Add(Tls);
        command.Options.Add(TlsCa);
    }

    /// <summary>Reads the nick; null if none was given.</summary>
    public string? NickIn(ParseResult parsed) => parsed.GetValue(Nick) switch
    {
        null => null,
        var nick when Nickname.IsValid(Encoding.UTF8.GetBytes(nick)) => nick,
        var nick => throw Mistake($"--nick {nick}: {Nickname.Rule}"),
    };

    /// <summary>Reads the name of a room, with or without its <c>#</c>.</summary>
    public string RoomOf(string given) => RoomName.TryFromOperator(given, out var name)
        ? Encoding.UTF8.GetString(name) : throw Mistake($"--room {given}: {RoomName.Rule}");

    /// <summary>Reads how to reach the server.</summary>
    public ConnectionOptions ConnectionIn(ParseResult parsed, string? address, string name)
    {
        var where = ServerAddress.Default;
        if (address is not null && !ServerAddress.TryParse(address, out where))
        {
            throw Mistake($"{name} {address}: {ServerAddress.Form}");
        }

        var authority = parsed.GetValue(TlsCa);
        return new ConnectionOptions
        {
            Address = where,
            IsEncrypted = parsed.GetValue(Tls) || authority is not null,
            Roots = authority is null ? null : Read(authority),
            Password = parsed.GetValue(Password) ?? _environment.Variables.ValueOf(PasswordVariable) switch
            {
                "" => null,
                var password => password,
            },
        };
    }

    public StartupException Mistake(string message) => new(StartupException.Usage, $"{_command}: {message}");

    private X509Certificate2Collection Read(string path)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            return certificates.Count > 0 ? certificates : throw Mistake($"--tls-ca {path} has no certificate in PEM");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Mistake($"--tls-ca {path}: {error.Message}");
        }
    }
}
