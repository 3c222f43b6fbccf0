using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MuxChat.Sockets.Tls;

/// <summary>
/// One handshake in memory with a certificate, before a client meets it. It finds a key that cannot sign, and loads the cipher's code
/// while descriptors are left.
/// </summary>
/// <remarks>Takes some 50 ms the first time. It runs on any thread but the loop's, because it has buffers of its own.</remarks>
public static class TlsRehearsal
{
    /// <summary>Far more than a handshake has.</summary>
    private const int MaxSteps = 16;

    /// <summary>Runs the handshake. Returns what went wrong, as a phrase; empty if nothing did.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "The client is in this process, and proves nothing by what it accepts.")]
    public static string Run(TlsCertificate certificate)
    {
        var server = new TlsServer(new TlsCertificates([certificate]));
        using var session = new TlsSession(server, TlsOffers.None);
        var clientBuffers = new TlsBuffers();
        using var stream = new LoopStream(clientBuffers);
        using var client = new SslStream(stream);
        try
        {
            var handshake = client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                // The only question is whether the server can use the certificate.
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                TargetHost = "localhost",
            });
            var space = new byte[TlsBuffers.ReceiveBytes];
            for (var step = 0; step < MaxSteps && session.IsOpening && !session.IsFaulty; step++)
            {
                session.Feed(clientBuffers.Output.ToArray(), space);
                clientBuffers.ClearOutput();
                if (server.Buffers.OutputCount > 0)
                {
                    stream.Feed(server.Buffers.Output.ToArray());
                    server.Buffers.ClearOutput();
                }
            }

            return session.IsFaulty ? session.Fault
                : session.IsOpening ? "the handshake does not end"
                : handshake.Exception is { } wrong ? $"{wrong.InnerException?.Message}" : "";
        }
        catch (Exception error) when (error is IOException or AuthenticationException or CryptographicException)
        {
            return error.Message;
        }
    }
}
