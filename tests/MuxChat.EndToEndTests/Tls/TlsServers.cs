using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Tls;

/// <summary>One server with every kind of TLS listener, and the certificate that <c>muxchat cert</c> wrote for it.</summary>
public sealed class TlsServers : IDisposable
{
    private readonly DataFolder _folder = new();

    public TlsServers()
    {
        Certificate = MakeCertificate(_folder.Path, "chat.test");
        Server = Start([.. Certificate, "--listen", "auto://127.0.0.1:0", "--listen", "auto+tls://127.0.0.1:0", "--listen",
            "line+tls://127.0.0.1:0", "--listen", "frame+tls://127.0.0.1:0", "--listen", "irc+tls://127.0.0.1:0", "--listen",
            "ircs://127.0.0.1:0", "--listen", "echo+tls://127.0.0.1:0", "--listen", "line://127.0.0.1:0", "--listen",
            "frame://127.0.0.1:0", "--tls-client-certs", "on", "--log-level", "debug"]);
    }

    public ServerProcess Server { get; }

    /// <summary>The options that name the certificate and its key.</summary>
    public string[] Certificate { get; }

    /// <summary>Writes a certificate for a name to a directory, and returns the options that name it.</summary>
    public static string[] MakeCertificate(string folder, string name)
    {
        var made = Muxchat.Run(["cert", folder, "--name", name]);
        Assert.True(made.ExitCode == 0, made.ToString());
        return ["--tls-cert", Path.Combine(folder, "cert.pem"), "--tls-key", Path.Combine(folder, "key.pem")];
    }

    public static ServerProcess Start(params string[] arguments) => ServerProcess.Start(arguments);

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }
}
