using Microsoft.Extensions.Logging;
using MuxChat.Server.Logging;
using MuxChat.Sockets.Tls;

namespace MuxChat.Server.Hosting;

/// <summary>Logs when certificates expire: once for each when it is read, and again 30, 7 and 1 days before, and at its end.</summary>
internal sealed class ExpiryWatch(ILogger logger, TimeProvider time)
{
    /// <summary>Days before the end at which the log has a warning, and the end itself.</summary>
    private static readonly int[] WarnedDays = [30, 7, 1, 0];

    // The number of warnings that are due for each certificate, by its place.
    private int[] _warned = [];

    /// <summary>Logs each certificate, because it was just read.</summary>
    public void Begin(TlsCertificates certificates)
    {
        _warned = new int[certificates.All.Count];
        foreach (var one in certificates.All)
        {
            logger.CertificateRead(NameOf(one), one.Expires);
            if (one.ValidFrom > time.GetUtcNow().UtcDateTime)
            {
                logger.CertificateNotYetValid(NameOf(one), one.ValidFrom);
            }
        }

        Check(certificates);
    }

    /// <summary>Logs each certificate for which another warning has become due.</summary>
    public void Check(TlsCertificates certificates)
    {
        var now = time.GetUtcNow().UtcDateTime;
        for (var i = 0; i < certificates.All.Count; i++)
        {
            var one = certificates.All[i];
            var left = one.Expires - now;
            var due = WarnedDays.Count(days => left <= TimeSpan.FromDays(days));
            if (due > _warned[i])
            {
                Warn(one, left);
            }

            _warned[i] = due;
        }
    }

    private void Warn(TlsCertificate certificate, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            logger.CertificateExpired(NameOf(certificate), certificate.Expires);
        }
        else
        {
            logger.CertificateExpires(NameOf(certificate), certificate.Expires, (int)Math.Ceiling(left.TotalDays));
        }
    }

    private static string NameOf(TlsCertificate certificate) =>
        LoggingObserver.Escape(certificate.Names.Count > 0 ? certificate.Names[0] : certificate.Subject);
}
