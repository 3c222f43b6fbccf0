using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Proxies;

/// <summary>haproxy and nginx before the server, with the configurations of docs/PROXIES.md, in which only ports are other ones.</summary>
[Trait("run", "deep")]
public sealed partial class RealProxyTests : IDisposable
{
    private const string StreamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";
    private const string ServerPort = "127.0.0.1:7070";

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "PROXIES.md"));

    private readonly DataFolder _folder = new();
    private readonly ServerProcess _server = ServerProcess.Start("--proxy-from", "127.0.0.1", "-v");

    [Theory]
    [InlineData("send-proxy-v2")]
    [InlineData("send-proxy")]
    public void Client_behind_haproxy_is_named_by_it(string version)
    {
        Assert.SkipUnless(Programs.IsInPath("haproxy"), "there is no haproxy");
        var configuration = Block("haproxy", 0).Replace("send-proxy-v2", version, StringComparison.Ordinal);
        var file = Write(configuration, "127.0.0.1:7000", out var front);
        using var proxy = Start("haproxy", "-db", "-f", file);
        CheckNames(proxy, front);
    }

    [Fact]
    public void Client_behind_nginx_is_named_by_it()
    {
        Assert.SkipUnless(Programs.IsInPath("nginx") && File.Exists(StreamModule), "there is no nginx with its module for streams");
        var file = Write(Block("nginx", 0), "127.0.0.1:7001", out var front);
        using var proxy = StartNginx(file, $"load_module {StreamModule};");
        CheckNames(proxy, front);
    }

    [Fact]
    public async Task WebSocket_behind_nginx_has_the_address_that_nginx_adds()
    {
        Assert.SkipUnless(Programs.IsInPath("nginx"), "there is no nginx");
        var file = Write(Block("nginx", 1), "127.0.0.1:7002", out var front);
        using var proxy = StartNginx(file, "");
        WaitFor(proxy, front);

        // All clients are on this machine, so the address that nginx adds is a listed one, and the one before it counts.
        using var client = await ForwardedForTests.Connect(new Uri($"ws://{front}/ws"), "192.0.2.1");
        Assert.Equal("192.0.2.1", await ForwardedForTests.AddressOf(client));
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri($"http://{front}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    // The log names the address that the proxy has seen, and the proxy's own.
    private void CheckNames(ProgramProcess proxy, IPEndPoint front)
    {
        WaitFor(proxy, front);
        using var client = new IrcClient(front);
        Assert.Equal("127.0.0.1", ProxyTests.AddressOf(client.LogIn(Scene.NewNick("a"))));
        client.Send("QUIT");
        client.ReadToEnd();
        Assert.NotNull(_server.Errors.WaitFor(line => line.Contains($"closed {client.LocalName} via 127.0.0.1:", StringComparison.Ordinal)
            && line.Contains(client.Nick, StringComparison.Ordinal)));
    }

    // A checker's own connections end at once, and so does one that only looks whether the proxy listens.
    private static void WaitFor(ProgramProcess proxy, IPEndPoint front)
    {
        var patience = new Patience();
        while (true)
        {
            patience.Check($"{proxy.CommandLine} listens: {string.Join('\n', proxy.Errors.Lines)}");
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(front);
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                continue;
            }
        }
    }

    private static ProgramProcess Start(params string[] words) => new(Programs.Command(words));

    // One process, so that its end leaves no worker.
    private ProgramProcess StartNginx(string file, string more) => Start("nginx", "-p", _folder.Path, "-e", "stderr", "-c", file, "-g",
        $"daemon off; master_process off; pid {_folder.Path}/nginx.pid; {more}");

    // The blocks of one language, in the order of the document.
    private static string Block(string language, int number) =>
        Fence().Matches(Document).Where(match => match.Groups["language"].Value == language).ElementAt(number).Groups["text"].Value;

    private string Write(string configuration, string listens, out IPEndPoint front)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        front = (IPEndPoint)probe.LocalEndPoint!;
        Assert.Contains(listens, configuration, StringComparison.Ordinal);
        Assert.Contains(ServerPort, configuration, StringComparison.Ordinal);
        var file = Path.Combine(_folder.Path, "proxy.conf");
        File.WriteAllText(file, configuration.Replace(listens, front.ToString(), StringComparison.Ordinal)
            .Replace(ServerPort, _server.EndPoint("auto").ToString(), StringComparison.Ordinal));
        return file;
    }

    [GeneratedRegex("^```(?<language>haproxy|nginx)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
