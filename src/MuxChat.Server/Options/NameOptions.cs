using System.Text;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.Server.Options;

/// <summary>The options of the server's names on IRC: rows of <see cref="OptionTable"/>.</summary>
internal static class NameOptions
{
    /// <summary>The longest name of a network, in bytes: 63, as that of a server.</summary>
    private const int MaxNetworkBytes = IrcServer.MaxNameBytes;

    /// <summary>The longest description, in bytes: 150, as a real name.</summary>
    private const int MaxDescriptionBytes = 150;

    // RFC 1123, section 2.1, with RFC 1035, section 2.3.4.
    private const int MaxLabel = 63;

    private static readonly IrcServer Default = new();

    /// <summary>The rows, in the order of the help.</summary>
    public static IReadOnlyList<OptionRow> Rows { get; } =
    [
        Row("--name", "HOST", Default.Name, "Name of this server on IRC, such as irc.example.org.",
            $"A host name with a dot, of at most {IrcServer.MaxNameBytes} bytes (RFC 2812, 1.1). The server's lines come from it. It need"
                + " not be in the DNS.",
            static (irc, given) => irc with { Name = Name(given) }),
        Row("--network", "NAME", Default.Network, "Name of this server's network on IRC, which clients show.",
            $"1 to {MaxNetworkBytes} visible ASCII characters without `=` and `\\`.",
            static (irc, given) => irc with { Network = Network(given) }),
        Row("--description", "TEXT", Default.Description, "Description of this server in one line, which IRC clients show in WHOIS.",
            $"1 to {MaxDescriptionBytes} bytes without control characters.",
            static (irc, given) => irc with { Description = Description(given) }),
    ];

    private static OptionRow Row(
        string name, string valueName, byte[] shownDefault, string help, string bounds, Func<IrcServer, string, IrcServer> set) =>
        OptionTable.Text("Chat", name, valueName, Encoding.ASCII.GetString(shownDefault), help, bounds,
            (served, row, values) => served with { Irc = set(served.Irc, values.Text(row)) });

    /// <exception cref="StartupException">The text is no host name with a dot.</exception>
    private static byte[] Name(string given)
    {
        var labels = given.Split('.');
        return given.Length <= IrcServer.MaxNameBytes && labels.Length > 1 && labels.All(IsLabel)
            && !labels[^1].All(char.IsAsciiDigit)
            ? Encoding.ASCII.GetBytes(given)
            : throw new StartupException(StartupException.Usage,
                $"--name {given}: it is a host name with a dot, such as irc.example.org: letters, digits and - in at most"
                    + $" {IrcServer.MaxNameBytes} bytes");
    }

    private static bool IsLabel(string label) => label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-'
        && label.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    /// <exception cref="StartupException">The text is no single word, or too long.</exception>
    private static byte[] Network(string given) =>
        given.Length is > 0 and <= MaxNetworkBytes && given.All(static letter => letter is > ' ' and < '\x7F' and not ('=' or '\\'))
            ? Encoding.ASCII.GetBytes(given)
            : throw new StartupException(StartupException.Usage,
                $"--network {given}: it is one word of 1 to {MaxNetworkBytes} visible ASCII characters without = and \\");

    /// <exception cref="StartupException">The text is empty, too long, or no plain text.</exception>
    private static byte[] Description(string given)
    {
        var text = Encoding.UTF8.GetBytes(given);
        return text.Length is > 0 and <= MaxDescriptionBytes && !ChatText.HasControl(text)
            ? text
            : throw new StartupException(StartupException.Usage,
                $"--description takes 1 to {MaxDescriptionBytes} bytes without control characters, and this has {text.Length} bytes");
    }
}
