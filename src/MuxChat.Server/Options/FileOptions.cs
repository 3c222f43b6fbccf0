using System.Text;
using MuxChat.Core.Chat.Files;

namespace MuxChat.Server.Options;

/// <summary>The options of shared files: rows of <see cref="OptionTable"/>.</summary>
internal static class FileOptions
{
    private const long MiB = OptionTable.MiB;

    /// <summary>The longest public URL, in bytes: 128, so that a link fits a line of IRC.</summary>
    private const int MaxUrlBytes = 128;

    /// <summary>The rows, in the order of the help.</summary>
    public static IReadOnlyList<OptionRow> Rows { get; } =
    [
        OptionTable.Text("Files", "--public-url", "URL", "the first http or auto listener",
            "The server's own address for links to shared files, such as https://chat.example.",
            "Links on IRC and in the answers to uploads begin with it. Give it if clients reach the server through a proxy. [Files](FILES.md) has more.",
            (served, row, values) => !values.IsGiven(row) ? served
                : served with { PublicUrl = PublicUrl(values.Text(row), served.Listen) }),
        Files("--max-file-mb", 0, 4096, "Longest shared file, in MiB; 0 for a server that takes no files.",
            "One shared file. The server refuses a longer one before it gets any byte. If only `--files-mb` is given and is smaller, this is"
                + " the same.",
            files => files.FileBytes / MiB, (files, number) => files with { FileBytes = number * MiB }),
        Files("--files-mb", 1, OptionTable.Million, "Shared files in all, in MiB; beyond it, the oldest go.",
            "Bytes of all shared files, with those that are being uploaded. The server removes the oldest. If only `--max-file-mb` is given"
                + " and is greater, this is the same.",
            files => files.TotalBytes / MiB, (files, number) => files with { TotalBytes = number * MiB }),
        Files("--max-uploads", 1, 10_000, "Uploads at the same time.",
            "Uploads of all clients; those of one address may have a quarter. A further one takes the place of one that has no client, or"
                + " has been too slow for ten seconds. If there is none, it gets an error.",
            files => files.Uploads, (files, number) => files with { Uploads = number }),
        Files("--max-uploads-per-client", 1, 1000, "Uploads of one client at the same time.",
            "Uploads of one client, those over HTTP too. A further one gets an error.",
            files => files.UploadsPerClient, (files, number) => files with { UploadsPerClient = number }),
    ];

    private static OptionRow Files(
        string name, int min, int max, string help, string bounds, Func<FileLimits, long> get, Func<FileLimits, int, FileLimits> set) =>
        OptionTable.Chat("Files", name, min, max, help, bounds,
            limits => get(limits.Files), (limits, number) => limits with { Files = set(limits.Files, number) });

    /// <exception cref="StartupException">The text is no URL of a site, or no listener serves it.</exception>
    private static byte[] PublicUrl(string given, IReadOnlyList<ListenUri> listeners)
    {
        OptionReaders.Require(listeners.Any(static uri => uri.ServesHttp), "--public-url", "an http or auto listener");
        var url = given.TrimEnd('/');
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && url.Equals(uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
            && uri.UserInfo.Length == 0 && url.All(static letter => letter is > ' ' and < '\x7F') && url.Length <= MaxUrlBytes
            ? Encoding.ASCII.GetBytes(url)
            : throw new StartupException(StartupException.Usage,
                $"--public-url {given}: it is http://HOST or https://HOST, perhaps with a port and a path, in {MaxUrlBytes} letters");
    }
}
