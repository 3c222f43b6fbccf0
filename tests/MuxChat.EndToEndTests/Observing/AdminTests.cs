using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using MuxChat.Testing.Metrics;
using MuxChat.Testing.Processes;

namespace MuxChat.EndToEndTests.Observing;

/// <summary>The address for admins of a running server: health, figures, and the events of the loop.</summary>
public sealed class AdminTests
{
    private const string Token = "abcdefghijklmnop-1234";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_ofARunningServer_countWhatItsClientsDo()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var alice = server.ConnectLines();
        using var bob = server.ConnectFrames();
        bob.Sync();
        alice.Send("hello");
        bob.Sync();
        alice.Sync();
        using var browser = Browser(server);
        using var response = await browser.GetAsync("/metrics", Cancel);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var read = ExpositionText.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal((1, 1, 1), (read["muxchat_clients{protocol=\"line\"}"], read["muxchat_clients{protocol=\"frame\"}"],
            read["muxchat_clients{protocol=\"admin\"}"]));
        Assert.Equal(1, read["muxchat_lines_received_total"]);
        Assert.Equal(3, read["muxchat_connections_accepted_total"]);
        Assert.True(read["process_resident_memory_bytes"] > 1_000_000);
        Assert.True(read["process_cpu_seconds_total"] > 0);
        Assert.InRange(read["process_open_fds"], 5, read["process_max_fds"]);
        Assert.True(read["muxchat_tick_work_seconds_count"] <= read["muxchat_ticks_total"]);
        Assert.DoesNotContain("muxchat_journal_up", read.Samples.Keys);
        Assert.DoesNotContain("muxchat_certificate_expiration_timestamp_seconds", read.Samples.Keys);
        Assert.Contains(read.Samples.Keys, static key => key.StartsWith("muxchat_build_info{version=\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_ofAServerThatServes_isOk()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var browser = Browser(server);
        Assert.Equal("ok\n", await browser.GetStringAsync("/healthz", Cancel));
    }

    [Fact]
    public async Task PublicPort_ofAServerWithAnAdminAddress_hasNothingForAdmins()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var browser = new HttpClient { BaseAddress = new Uri($"http://{server.EndPoint("auto")}") };
        foreach (var path in (string[])["/metrics", "/healthz", "/loop", "/loop/events"])
        {
            using var response = await browser.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Figures_behindAToken_needIt()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0", "--admin-token", Token);
        using var browser = Browser(server);
        using var refused = await browser.GetAsync("/metrics", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("ok\n", await browser.GetStringAsync("/healthz", Cancel));
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        ExpositionText.Parse(await browser.GetStringAsync("/metrics", Cancel));
        using var stranger = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(EventsOf(server, "?token=wrong"), Cancel));
        using var watcher = new ClientWebSocket();
        await watcher.ConnectAsync(EventsOf(server, $"?token={Token}"), Cancel);
        Assert.Equal("hello", (await ReadAsync(watcher)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task LoopPage_withItsFiles_isServedWithStrictRules()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var browser = Browser(server);
        using var page = await browser.GetAsync("/loop", Cancel);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.Contains("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watcher_ofTheLoop_seesTheTickThatCarriesALine()
    {
        using var server = ServerProcess.Start("--admin", "http://127.0.0.1:0");
        using var watcher = new ClientWebSocket();
        watcher.Options.AddSubProtocol("loop.muxchat");
        await watcher.ConnectAsync(EventsOf(server), Cancel);
        Assert.Equal("loop.muxchat", watcher.SubProtocol);
        var hello = await ReadAsync(watcher);
        var columns = hello.GetProperty("tick").EnumerateArray().Select(static column => column.GetString()).ToList();
        using var alice = server.ConnectLines();
        alice.Send("hello");
        while (true)
        {
            var report = await ReadAsync(watcher);
            Assert.Equal("report", report.GetProperty("type").GetString());
            var lines = report.GetProperty("ticks").EnumerateArray().Where(tick => tick[columns.IndexOf("lines")].GetInt64() == 1).ToList();
            if (lines.Count > 0)
            {
                var tick = Assert.Single(lines);
                Assert.Equal("hello\n".Length, tick[columns.IndexOf("bytes_in")].GetInt64());
                Assert.True(tick[columns.IndexOf("read_ns")].GetInt64() > 0);
                Assert.True(tick[columns.IndexOf("carry_out_ns")].GetInt64() > 0);
                break;
            }
        }

        await watcher.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
    }

    [Fact]
    public async Task Health_ofAServerWhoseDiskIsFull_isNotOkUntilAnEventIsStored()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the length of files is limited by prlimit(1)");
        using var data = new DataFolder();
        using var server = ServerProcess.Start("--data", data.Path, "--admin", "http://127.0.0.1:0", "--flood", "off");
        using var browser = Browser(server);
        using var robot = server.ConnectFrames();
        robot.Sync();
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(browser));
        Assert.Equal(1, ExpositionText.Parse(await browser.GetStringAsync("/metrics", Cancel))["muxchat_journal_up"]);
        server.LimitFileSize(new FileInfo(data.Segments[^1]).Length + 10);
        robot.Send("""{"type":"say","text":"not stored","id":1}""");
        robot.ReadUntil(static frame => (string?)frame["code"] == "not_stored");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(browser));
        server.LimitFileSize(null);
        var patience = new Patience();
        while (await HealthAsync(browser) != HttpStatusCode.OK)
        {
            patience.Check("the disk has space again, and stores an event");
            robot.Send("""{"type":"say","text":"again","id":2}""");
            robot.ReadUntil(static frame => (int?)frame["id"] == 2);
        }
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient browser)
    {
        using var response = await browser.GetAsync("/healthz", Cancel);
        return response.StatusCode;
    }

    private static HttpClient Browser(ServerProcess server) => new() { BaseAddress = new Uri($"http://{server.AdminEndPoint}") };

    private static Uri EventsOf(ServerProcess server, string query = "") => new($"ws://{server.AdminEndPoint}/loop/events{query}");

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), Cancel);
            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(Encoding.UTF8.GetString(buffer, 0, length)).RootElement;
            }
        }
    }
}
