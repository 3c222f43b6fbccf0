using System.Security.Cryptography.X509Certificates;
using MuxChat.EndToEndTests.Support;
using MuxChat.EndToEndTests.Tls;
using MuxChat.EndToEndTests.Web;
using MuxChat.Testing.Processes;

[assembly: AssemblyFixture(typeof(WebTableServer))]

namespace MuxChat.EndToEndTests.Web;

/// <summary>The server that the table is played against, with a listener of each kind that takes HTTP.</summary>
public sealed class WebTableServer : IDisposable
{
    /// <summary>The origin that is allowed besides the server's own.</summary>
    public const string Origin = "https://chat.example";

    /// <summary>The longest message of JSON, in bytes: one more than the longest length of two bytes.</summary>
    public const int MaxMessageBytes = 65_536;

    private readonly DataFolder _folder = new();
    private readonly Lazy<ServerProcess> _process;
    private readonly Lazy<X509Certificate2> _certificate;
    private readonly Lazy<WebPage> _page;

    public WebTableServer()
    {
        _process = new(Start);
        _certificate = new(() => X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(_folder.Path, "cert.pem"))));
        _page = new(() => new WebPage(Process.EndPoint("http")));
    }

    public ServerProcess Process => _process.Value;

    internal WebPage Page => _page.Value;

    /// <summary>The transports that the server has.</summary>
    public static IReadOnlyList<WebTransport> Transports { get; } = [WebTransport.Tcp, WebTransport.Tls];

    /// <summary>Connects to a service, <c>auto</c> or <c>http</c>.</summary>
    public WebPeer Connect(string service, WebTransport transport) => transport == WebTransport.Tcp
        ? new WebPeer(Process.EndPoint(service), certificate: null)
        : new WebPeer(Process.EndPoint(service == "http" ? "https" : service), _certificate.Value);

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
        }

        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }

        _folder.Dispose();
    }

    private ServerProcess Start() => ServerProcess.Start(["--io", IoModels.Default, "--flood", "off", "--origin", Origin,
        "--max-frame-bytes", $"{MaxMessageBytes}", .. TlsServers.MakeCertificate(_folder.Path, "localhost"),
        "--listen", "auto://127.0.0.1:0", "--listen", "http://127.0.0.1:0", "--listen", "https://127.0.0.1:0",
        "--listen", "line://127.0.0.1:0"]);
}
