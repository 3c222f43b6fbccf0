using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;
using MuxChat.Server.Options;
using MuxChat.Sockets.Tls;

namespace MuxChat.Server.Hosting;

/// <summary>The files that a running server reads again when asked: the message of the day, and the certificates.</summary>
/// <remarks>
/// Used by the thread that starts the server, and after that by the worker's. A file that cannot be used leaves everything as it was, and
/// the log says why. Connections are never touched.
/// </remarks>
internal sealed class ServerFiles(ServerOptions options, ILogger logger, TimeProvider time)
{
    private readonly ExpiryWatch _expiry = new(logger, time);

    /// <summary>Whether there is any such file.</summary>
    public bool HasAny => options.MotdFile is not null || options.Tls.Count > 0;

    /// <summary>The server's TLS; null before <see cref="Open"/>, and without certificates.</summary>
    public TlsServer? Tls { get; private set; }

    /// <summary>Reads all at the start. Returns the message of the day; null for none.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    public byte[]? Open()
    {
        if (options.Tls.Count > 0)
        {
            Tls = new TlsServer(ReadCertificates());
            _expiry.Begin(Tls.Current);
        }

        return Motd.Read(options.MotdFile, lines => logger.MotdCut(lines, Motd.MaxLines));
    }

    /// <summary>Reads all again.</summary>
    public Reread ReadAgain()
    {
        byte[]? motd = null;
        var outcomes = new List<string>();
        var mistakes = new List<string>();
        try
        {
            motd = Motd.Read(options.MotdFile, lines => outcomes.Add($"it has {lines} lines, only the first {Motd.MaxLines} are shown"));
        }
        catch (StartupException error)
        {
            mistakes.Add(error.Message);
        }

        try
        {
            if (Tls is not null)
            {
                Tls.Current = ReadCertificates();
                _expiry.Begin(Tls.Current);
            }
        }
        catch (StartupException error)
        {
            mistakes.Add($"the old certificates stay: {error.Message}");
        }

        var outcome = mistakes.Count > 0 ? string.Join("; ", mistakes)
            : !HasAny ? "there is no --motd and no --tls-cert"
            : outcomes.Count > 0 ? outcomes[0] : "done";
        return new Reread(HasAny && mistakes.Count == 0, motd, outcome);
    }

    /// <summary>Logs each certificate that will expire soon. Called once a day or more often.</summary>
    public void CheckExpiry()
    {
        if (Tls is not null)
        {
            _expiry.Check(Tls.Current);
        }
    }

    private TlsCertificates ReadCertificates() => CertificateFiles.Read(options.Tls, options.AsksClientCertificates);
}

/// <summary>The outcome of reading the server's files again.</summary>
/// <param name="IsDone">Whether all could be used.</param>
/// <param name="Motd">The message of the day; null if there is none, or it could not be used.</param>
/// <param name="Outcome">A phrase for the log.</param>
internal sealed record Reread(bool IsDone, byte[]? Motd, string Outcome);
