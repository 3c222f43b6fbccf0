using MuxChat.Core.Protocols;

namespace MuxChat.Server.Options;

/// <summary>The options of TLS: rows of <see cref="OptionTable"/>.</summary>
internal static class TlsOptions
{
    /// <summary>The rows, in the order of the help.</summary>
    public static OptionRow[] Rows { get; } =
    [
        OptionTable.Text("TLS", "--tls-cert", "FILE", "none",
            "Certificate for TLS in PEM form, with its chain; may be given several times, each with its --tls-key.",
            "A client gets the certificate for the name that it asks for, else the first. With one, `auto` listeners also take TLS.",
            static (served, row, values) => !values.IsGiven(row) ? served
                : served with { Tls = [.. values.All(row).Select(static file => new TlsFiles(file, ""))] }),
        OptionTable.Text("TLS", "--tls-key", "FILE", "none",
            "Key of a --tls-cert in PEM form, not encrypted; as many and in the same order.",
            "The server does not start if a key does not belong to its certificate.",
            static (served, row, values) => WithKeys(served, values.IsGiven(row) ? values.All(row) : [])),
        OptionTable.Loop("TLS", "--handshake-s", 1, OptionTable.MaxSeconds,
            "Seconds in which a connection must complete its TLS handshake.",
            "Time from the first byte, or from the connection on a `+tls` listener. The server closes a connection that needs longer.",
            static limits => limits.HandshakeMs / OptionTable.MsPerSecond,
            static (limits, number) => limits with { HandshakeMs = number * OptionTable.MsPerSecond }),
        OptionTable.Words("TLS", "--tls-client-certs", "on|off", "off", OptionTable.OnOff,
            "Ask IRC clients for a certificate, and show its fingerprint to the client itself.",
            "`off`, because the base library looks for each such certificate among those of the machine, on the loop's thread.",
            static (served, word) => served with { AsksClientCertificates = word == "on" }) with
        { Needs = "--tls-cert FILE" },
        OptionTable.Text("TLS", "--sts", "NAME", "none",
            "Name of this server under which IRC clients must use TLS from then on (IRCv3 sts); may be given several times.",
            "A plain IRC client learns the port with TLS. Over TLS the policy is sent for these names only. It cannot be taken back before"
                + " it ends, and clients then refuse a certificate that they cannot verify.",
            static (served, row, values) => WithSts(served, values.IsGiven(row) ? values.All(row) : [])) with
        { Needs = "--tls-cert FILE" },
        OptionRow.OfNumber("TLS", "--sts-duration-s", 0, int.MaxValue,
            "Seconds for which IRC clients keep the policy of --sts; 0 ends it.",
            "Time after each connection over TLS. With 0 clients forget the policy when they next connect.",
            static served => served.StsDurationSeconds, static (served, number) => served with { StsDurationSeconds = number }),
    ];

    /// <exception cref="StartupException">A name is wrong, no listener takes IRC over TLS, or one needs a policy and has none.</exception>
    private static ServerOptions WithSts(ServerOptions served, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(static name => Uri.CheckHostName(name) != UriHostNameType.Dns) is { } wrong)
        {
            throw new StartupException(StartupException.Usage, $"--sts {wrong} is no host name");
        }

        if (names.Count > 0 && !served.Listen.Any(static uri => uri.TakesSecureIrc))
        {
            throw new StartupException(StartupException.Usage, "--sts does nothing without a listener for IRC over TLS, such as ircs://");
        }

        if (names.Count == 0 && served.Listen.FirstOrDefault(static uri => uri.Service == ProtocolTable.StsOnlyIrc) is { } listener)
        {
            throw new StartupException(StartupException.Usage,
                $"--listen {listener}{listener.ServiceOption} needs --sts NAME, the name that clients use for this server");
        }

        return served with { StsNames = names.Select(static name => name.ToLowerInvariant()).ToHashSet() };
    }

    /// <exception cref="StartupException">A certificate has no key, a key no certificate, or a listener neither.</exception>
    private static ServerOptions WithKeys(ServerOptions served, IReadOnlyList<string> keys)
    {
        if (keys.Count != served.Tls.Count)
        {
            throw new StartupException(StartupException.Usage,
                $"--tls-cert is given {served.Tls.Count} times and --tls-key {keys.Count} times: each certificate needs its key");
        }

        if (keys.Count == 0 && served.Listen.FirstOrDefault(static uri => uri.IsTls) is { } listener)
        {
            throw new StartupException(StartupException.Usage,
                $"--listen {listener} needs --tls-cert FILE and --tls-key FILE; muxchat cert DIR makes a pair to try it");
        }

        return served with { Tls = [.. served.Tls.Zip(keys, static (pair, key) => pair with { Key = key })] };
    }
}

/// <summary>The files of one certificate.</summary>
/// <param name="Certificate">The file with the certificate and its chain.</param>
/// <param name="Key">The file with its key.</param>
internal sealed record TlsFiles(string Certificate, string Key);
