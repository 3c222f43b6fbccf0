using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MuxChat.EndToEndTests.Web;

/// <summary>The page of the built server, as the HTTP client of the base library and raw sockets get it.</summary>
public sealed class PageTests(WebServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("auto")]
    [InlineData("http")]
    public async Task Page_is_served_in_each_coding_and_is_the_same(string listener)
    {
        using var plain = new HttpClient();
        var page = await plain.GetStringAsync(server.At(listener, "/"), Cancel);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.OrdinalIgnoreCase);
        foreach (var method in new[] { DecompressionMethods.GZip, DecompressionMethods.Brotli })
        {
            using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = method });
            Assert.Equal(page, await client.GetStringAsync(server.At(listener, "/?a"), Cancel));
        }

        foreach (var (name, coding) in new[] { ("gzip", "gzip"), ("br, gzip", "br") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.At(listener, "/"));
            request.Headers.Add("Accept-Encoding", name);
            using var response = await plain.SendAsync(request, Cancel);
            Assert.Equal(coding, Assert.Single(response.Content.Headers.ContentEncoding));
        }
    }

    [Fact]
    public async Task Known_page_is_not_sent_again_and_its_head_has_its_length()
    {
        using var client = new HttpClient();
        using var first = await client.GetAsync(server.At("auto", "/"), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.At("auto", "/"));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, server.At("auto", "/")), Cancel);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(["nosniff"], head.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public void Request_cut_at_every_byte_gets_the_same_answer()
    {
        var request = "GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray();
        for (var cut = 1; cut < request.Length; cut++)
        {
            using var client = server.Connect("auto");
            client.SendBytes(request.AsSpan(0, cut));
            using (var other = server.Connect("line"))
            {
                // The server has seen the first part when it answers somebody who came after it.
                other.ReadLine();
            }

            client.SendBytes(request.AsSpan(cut));
            Assert.StartsWith("HTTP/1.1 404 ", Encoding.ASCII.GetString(client.ReadToEnd()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Body_is_refused_and_a_request_within_it_is_not_answered()
    {
        using var client = server.Connect();
        client.SendBytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 35\r\n\r\nGET / HTTP/1.1\r\nHost: smuggled\r\n\r\n"u8);
        var read = Encoding.ASCII.GetString(client.ReadToEnd());
        Assert.StartsWith("HTTP/1.1 405 ", read, StringComparison.Ordinal);
        Assert.Equal(1, read.Split("HTTP/1.1").Length - 1);
        Assert.False(client.WasReset);
    }

    // The greeting is on its way, so it would be the response.
    [Fact]
    public void Request_after_a_greeting_is_refused_and_closes()
    {
        using var late = server.Process.ConnectSilent();
        late.Expect("* Welcome to MuxChat! You are guest-...", "* you are in #lobby (... here), ...");
        late.SendBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        Assert.Contains("HTTP/1.1 400 Bad Request\r\n", Encoding.UTF8.GetString(late.ReadToEnd()), StringComparison.Ordinal);
    }

    // As Chromium opens it, and uses it later.
    [Fact]
    public async Task Spare_connection_of_a_browser_is_not_greeted()
    {
        using var client = new HttpClient();
        using var spare = server.Connect("auto");
        await client.GetStringAsync(server.At("auto", "/"), Cancel);

        server.Process.LetASecondPass();
        spare.SendBytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", Encoding.UTF8.GetString(spare.ReadToEnd()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("async")]
    [Trait("run", "deep")]
    public void Other_models_turn_HTTP_away(string io)
    {
        using var other = MuxChat.Testing.Processes.ServerProcess.Start(["--io", io, "--listen", "auto://127.0.0.1:0"]);
        using var client = other.ConnectLines("auto");
        client.SendBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(client.ReadToEnd()), StringComparison.Ordinal);
    }
}
