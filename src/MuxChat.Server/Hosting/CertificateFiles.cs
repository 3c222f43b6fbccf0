using System.Text;
using MuxChat.Server.Options;
using MuxChat.Sockets.Tls;
using MuxChat.Storage.Disks;

namespace MuxChat.Server.Hosting;

/// <summary>Reads the certificates that <c>--tls-cert</c> and <c>--tls-key</c> name, and tries each in a handshake.</summary>
internal static class CertificateFiles
{
    /// <summary>Longest file of a certificate or key: 1 MiB, many times what a chain has.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Reads and tries all. Takes some 100 ms: never call it on the loop's thread.</summary>
    /// <param name="files">The files of each pair.</param>
    /// <param name="asksClients">Whether a handshake asks IRC clients for a certificate.</param>
    /// <exception cref="StartupException">A file cannot be read, or its certificate or key cannot be used.</exception>
    public static TlsCertificates Read(IReadOnlyList<TlsFiles> files, bool asksClients)
    {
        var all = new TlsCertificates([.. files.Select(ReadOne)], asksClients);
        for (var i = 0; i < files.Count; i++)
        {
            var wrong = TlsRehearsal.Run(all.All[i]);
            if (wrong.Length > 0)
            {
                throw Wrong($"--tls-cert {files[i].Certificate}: a handshake with it fails: {wrong}");
            }
        }

        return all;
    }

    private static TlsCertificate ReadOne(TlsFiles files)
    {
        var certificates = ReadText("--tls-cert", files.Certificate);
        var key = ReadText("--tls-key", files.Key);
        return TlsCertificate.TryRead(certificates, key, out var mistake)
            ?? throw Wrong($"--tls-cert {files.Certificate} with --tls-key {files.Key}: {mistake}");
    }

    private static string ReadText(string option, string path)
    {
        try
        {
            return Encoding.UTF8.GetString(SmallFiles.Read(path, MaxBytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"cannot read {option} {path}: {error.Message}");
        }
    }

    private static StartupException Wrong(string what) => new(StartupException.Usage, what);
}
