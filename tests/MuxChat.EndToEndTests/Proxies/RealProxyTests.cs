using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MuxChat.EndToEndTests.Tls;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Proxies;

/// <summary>Proxies before the server, with the configurations of docs/PROXIES.md, in which only ports and files are other ones.</summary>
/// <remarks>
/// A proxy listens on the server's own port, and on a loopback address that no other test uses. The server keeps its port for as long as
/// it runs, so only this proxy can answer there.
/// </remarks>
[Trait("run", "deep")]
public sealed partial class RealProxyTests : IDisposable
{
    private const string StreamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";
    private const string ServerPort = "127.0.0.1:7070";

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "PROXIES.md"));
    private static readonly IPAddress ProxyAddress = IPAddress.Parse("127.0.7.1");
    private static readonly IPAddress ClientAddress = IPAddress.Parse("127.0.7.2");

    private readonly DataFolder _folder = new();
    private readonly ServerProcess _server = ServerProcess.Start("--proxy-from", "127.0.0.1", "-v");

    private IPEndPoint Front => new(ProxyAddress, _server.EndPoint("auto").Port);

    [Theory]
    [InlineData("send-proxy-v2")]
    [InlineData("send-proxy")]
    public void Client_of_haproxy_has_the_address_in_its_header(string version)
    {
        Require("haproxy");
        var file = Write("haproxy", 0, ("127.0.0.1:7000", $"{Front}"), ("send-proxy-v2", version));
        using var proxy = Start(["haproxy", "-db", "-f", file]);
        CheckNames(proxy);
    }

    [Fact]
    public void Client_of_nginx_has_the_address_in_its_header()
    {
        Require("nginx");
        Assert.SkipUnless(File.Exists(StreamModule), "nginx has no module for streams");
        using var proxy = StartNginx(Write("nginx", 0, ("127.0.0.1:7001", $"{Front}")), $"load_module {StreamModule};");
        CheckNames(proxy);
    }

    [Fact]
    public void Client_of_stunnel_has_the_address_in_its_header()
    {
        Require("stunnel");
        TlsServers.MakeCertificate(_folder.Path, "localhost");
        using var proxy = Start(["stunnel", Write("stunnel", 0, ("127.0.0.1:7003", $"{Front}"), ("/etc/stunnel", _folder.Path))]);
        CheckNames(proxy, isTls: true);
    }

    [Fact]
    public async Task WebSocket_of_nginx_has_the_address_that_nginx_adds()
    {
        Require("nginx");
        using var proxy = StartNginx(Write("nginx", 1, ("127.0.0.1:7002", $"{Front}")), "");
        await CheckWebSocket(proxy);
    }

    [Fact]
    public async Task WebSocket_of_Caddy_has_the_address_that_Caddy_adds()
    {
        Require("caddy");
        var file = Write("caddyfile", 0, ("http://:7004", $"http://:{Front.Port}"), ("bind 127.0.0.1", $"bind {ProxyAddress}"));

        // Caddy keeps its files below the home directory.
        using var proxy = Start(["caddy", "run", "--adapter", "caddyfile", "--config", file], new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["XDG_CONFIG_HOME"] = _folder.Path,
            ["XDG_DATA_HOME"] = _folder.Path,
        });
        await CheckWebSocket(proxy);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private static void Require(string program)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has every address of 127.0.0.0/8");
        Assert.SkipUnless(Programs.IsInPath(program), $"{program} is not installed");
    }

    // The log names the address that the proxy has seen, and the proxy's own.
    private void CheckNames(ProgramProcess proxy, bool isTls = false)
    {
        WaitFor(proxy);
        using var client = new IrcClient(Front);
        if (isTls)
        {
            client.StartTls();
        }

        Assert.Equal("127.0.0.1", ProxyTests.AddressOf(client.LogIn(Scene.NewNick("a"))));
        client.Send("QUIT");
        client.ReadToEnd();
        Assert.NotNull(_server.Errors.WaitFor(line => line.Contains($"closed {client.LocalName} via 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains(client.Nick, StringComparison.Ordinal)));
    }

    // The client forges an address, which the proxy replaces, or puts its client's own after.
    private async Task CheckWebSocket(ProgramProcess proxy)
    {
        WaitFor(proxy);
        using var client = await ForwardedForTests.Connect(new Uri($"ws://{Front}/ws"), "192.0.2.1", ClientAddress);
        Assert.Equal($"{ClientAddress}", await ForwardedForTests.AddressOf(client));
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri($"http://{Front}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    private void WaitFor(ProgramProcess proxy)
    {
        Guard.Until(() => proxy.HasExited || IsListening(), $"{proxy.CommandLine} listens");
        if (proxy.HasExited)
        {
            Assert.Fail(proxy.Describe());
        }
    }

    private bool IsListening()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(Front);
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    private static ProgramProcess Start(string[] words, IReadOnlyDictionary<string, string>? environment = null) =>
        new(Programs.Command(words, environment));

    // One process, so that its end leaves no worker.
    private ProgramProcess StartNginx(string file, string more) => Start(["nginx", "-p", _folder.Path, "-e", "stderr", "-c", file, "-g",
        $"daemon off; master_process off; pid {_folder.Path}/nginx.pid; {more}"]);

    // Writes a block of the document, by its language and its number among them, with these changes and the server's own port.
    private string Write(string language, int number, params (string Old, string New)[] changes)
    {
        var block = Fence().Matches(Document).Where(match => match.Groups["language"].Value == language).ElementAt(number);
        var text = block.Groups["text"].Value;
        foreach (var (old, changed) in changes.Append((ServerPort, $"{_server.EndPoint("auto")}")))
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, changed, StringComparison.Ordinal);
        }

        var file = Path.Combine(_folder.Path, "proxy.conf");
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
