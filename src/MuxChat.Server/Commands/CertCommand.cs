using System.CommandLine;
using System.Security.Cryptography;
using MuxChat.Sockets.Tls;

namespace MuxChat.Server.Commands;

/// <summary><c>muxchat cert DIR</c>: writes a self-signed certificate and its key, and prints how to use them.</summary>
internal static class CertCommand
{
    /// <summary>The name of the certificate's file.</summary>
    public const string CertificateName = "cert.pem";

    /// <summary>The name of the key's file.</summary>
    public const string KeyName = "key.pem";

    private const int LongestName = 253;

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1"];

    // Clocks of clients may be slow.
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    public static Command Create(ProgramEnvironment environment)
    {
        var directory = new Argument<string>("DIR") { Description = $"Directory for {CertificateName} and {KeyName}; created if missing." };
        var names = new Option<string[]>("--name")
        {
            HelpName = "NAME",
            Description = "Host name or IP address of the server besides localhost; may be given several times. "
                + "[default: the machine's name]",
        };
        var cert = new Command("cert", "Writes a self-signed certificate and its key for one year, to try TLS. Never overwrites a file.")
        {
            directory, names,
        };
        cert.SetAction(parsed => Run(parsed.GetValue(directory)!, parsed.GetValue(names) ?? [], environment.Output, TimeProvider.System));
        return cert;
    }

    private static int Run(string directory, string[] given, TextWriter output, TimeProvider time)
    {
        if (directory.Length == 0)
        {
            throw new StartupException(StartupException.Usage, "cert: DIR is empty: name a directory, such as certs");
        }

        string[] own = given.Length > 0 ? given : IsName(Environment.MachineName) ? [Environment.MachineName] : [];
        if (own.FirstOrDefault(static name => !IsName(name)) is { } wrong)
        {
            throw new StartupException(StartupException.Usage, $"cert: --name {wrong} is no host name or IP address");
        }

        string[] names = [.. own.Concat(LocalNames).Distinct(StringComparer.OrdinalIgnoreCase)];
        var from = time.GetUtcNow() - Before;
        var until = time.GetUtcNow().AddYears(1);
        var made = SelfSignedCertificate.Create(names, from, until);
        var (certificate, key) = (Path.Combine(directory, CertificateName), Path.Combine(directory, KeyName));
        Write(directory, (key, made.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite), (certificate, made.Certificate,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        output.WriteLine($"wrote {certificate} and {key}, valid until {until:yyyy-MM-dd} for {string.Join(", ", names)}");
        var fingerprint = TlsCertificate.FingerprintOf(made.Certificate);
        output.WriteLine($"SHA-256 fingerprint: {fingerprint}");
        output.WriteLine($"the same without colons, for WeeChat: {fingerprint.Replace(":", "", StringComparison.Ordinal)}");
        output.WriteLine($"muxchat --tls-cert {Quote(certificate)} --tls-key {Quote(key)}");
        return 0;
    }

    private static bool IsName(string name) => name.Length <= LongestName
        && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) is not UriHostNameType.Unknown;

    private static void Write(string directory, params (string Path, string Text, UnixFileMode Mode)[] files)
    {
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (path, text, mode) in files)
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = mode;
                }

                using var file = new StreamWriter(path, options);
                written.Add(path);
                file.Write(text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            // Half of a pair would only be in the way.
            written.ForEach(File.Delete);
            throw new StartupException(StartupException.CouldNotStart, $"cert: {error.Message}");
        }
    }

    // For a shell.
    private static string Quote(string path) =>
        path.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/._-+~".Contains(letter, StringComparison.Ordinal))
            ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
