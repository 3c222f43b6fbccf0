using System.Net;
using MuxChat.EndToEndTests.Web;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

[assembly: AssemblyFixture(typeof(WebServer))]

namespace MuxChat.EndToEndTests.Web;

/// <summary>
/// The server of the tests that speak HTTP. It is theirs alone, because silent clients of an address that speaks HTTP are greeted later.
/// </summary>
public sealed class WebServer : IDisposable
{
    private readonly Lazy<ServerProcess> _process = new(static () => ServerProcess.Start(["--flood", "off", "--log-level", "debug",
        "--origin", "https://chat.example",
        "--listen", "auto://127.0.0.1:0", "--listen", "http://127.0.0.1:0", "--listen", "line://127.0.0.1:0"]));

    public ServerProcess Process => _process.Value;

    /// <summary>The address of a listener, as a URI of another scheme.</summary>
    public Uri At(string listener, string path, string scheme = "http") => new($"{scheme}://{(IPEndPoint)Process.Address(listener)}{path}");

    /// <summary>A client that sends bytes and reads lines.</summary>
    public LineClient Connect(string listener = "http") => Process.ConnectLines(listener);

    public void Dispose()
    {
        if (_process.IsValueCreated)
        {
            _process.Value.Dispose();
        }
    }
}
