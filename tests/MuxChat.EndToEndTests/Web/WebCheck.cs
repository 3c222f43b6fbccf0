using System.Globalization;
using System.Text;
using MuxChat.Testing.Clients;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.EndToEndTests.Web;

/// <summary>
/// Reads what comes back and requires what a case says, and what holds for every response and every frame.
/// </summary>
/// <param name="one">The case.</param>
/// <param name="page">The page of the server; null if the case does not look at it.</param>
internal sealed class WebCheck(WebCase one, WebPage? page)
{
    /// <summary>The key of the example in RFC 6455, section 1.3.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private const int MaxReasonBytes = 123;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly string[] OnEveryResponse =
    [
        "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Content-Security-Policy: ...",
        "Cross-Origin-Opener-Policy: same-origin",
    ];

    /// <summary>The request that follows the last answer of HTTP. No case asks for its target.</summary>
    public static byte[] Probe => Encoding.ASCII.GetBytes(WebCase.Request("HEAD", "/probe"));

    /// <summary>Reads all answers and the end.</summary>
    public void Read(WebPeer peer)
    {
        if (one.End == WebEnd.Waits)
        {
            peer.ShutdownSend();
        }

        for (var i = 0; i < one.Answers.Length; i++)
        {
            try
            {
                ReadAnswer(peer, one.Answers[i], isLast: i == one.Answers.Length - 1 && one.End == WebEnd.Closes);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"\"{one}\", answer {i + 1} of {one.Answers.Length}: {error.Message}", error);
            }
        }

        ReadEnd(peer);
    }

    private void ReadAnswer(WebPeer peer, WebAnswer answer, bool isLast)
    {
        switch (answer)
        {
            case HttpAnswer http:
                ReadResponse(peer, http, isLast);
                break;
            case FrameAnswer frame:
                var (opcode, content) = ReadFrame(peer, text => !LinePattern.Matches(frame.Content, text));
                Assert.Equal(frame.Opcode, opcode);
                Assert.True(LinePattern.Matches(frame.Content, content), $"expected: {frame.Content}\nand read: {content}");
                break;
            case CloseAnswer close:
                ReadClose(peer, close);
                break;
        }
    }

    private void ReadEnd(WebPeer peer)
    {
        if (one.End == WebEnd.Stays)
        {
            Assert.True(peer.TrySend(one.IsWebSocket ? Of(Ping, "probe"u8) : Probe), $"\"{one}\": closed where it was to stay open");
            ReadAnswer(peer, one.IsWebSocket ? new FrameAnswer(Pong, "probe") : new HttpAnswer(404) { IsOfHead = true }, isLast: false);
            return;
        }

        var rest = peer.ReadToEnd();
        Assert.True(rest.Length == 0, $"\"{one}\": more came than was expected: {rest}");
        Assert.False(peer.WasReset, $"\"{one}\": the connection was reset");
    }

    private void ReadResponse(WebPeer peer, HttpAnswer expected, bool isLast)
    {
        var line = peer.ReadLine();
        Assert.True(line is not null, $"the connection ended where {expected.Status} was expected");
        var fields = new List<string>();
        while (peer.ReadLine() is { Length: > 0 } field)
        {
            fields.Add(field);
        }

        var whole = $"{line}\n{string.Join('\n', fields)}";
        Assert.True(line.StartsWith($"HTTP/1.1 {expected.Status} ", StringComparison.Ordinal), $"not {expected.Status}, but {whole}");
        Assert.True(DateTimeOffset.TryParseExact(ValueOf(fields, "Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            $"no date: {whole}");
        var isUpgrade = expected.Status == 101;
        string[] has = [.. expected.Has, .. isUpgrade ? UpgradeFields : OnEveryResponse, .. isLast ? (string[])["Connection: close"] : []];
        string[] lacks = [.. expected.Lacks, "Transfer-Encoding", .. isLast || isUpgrade || one.KeepsOld ? (string[])[] : ["Connection"],
            .. isUpgrade || expected.Status is 204 or 304 ? (string[])["Content-Type", "Content-Encoding"] : [],
            .. isUpgrade ? (string[])["Content-Length", "Sec-WebSocket-Extensions"] : []];
        Assert.All(has, pattern => Assert.True(fields.Exists(field => LinePattern.Matches(pattern, field)), $"no {pattern} in {whole}"));
        Assert.All(lacks, name => Assert.True(ValueOf(fields, name) is null, $"{name} in {whole}"));
        ReadBody(peer, expected, fields, whole);
    }

    private static string[] UpgradeFields => ["Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Accept: {Accept}"];

    private void ReadBody(WebPeer peer, HttpAnswer expected, List<string> fields, string whole)
    {
        if (expected.Status is 101 or 204 or 304)
        {
            return;
        }

        Assert.True(int.TryParse(ValueOf(fields, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length),
            $"no length: {whole}");
        if (expected.Page is not null)
        {
            Assert.Equal(page!.ContentOf(expected.Page).Length, length);
            Assert.Equal(expected.Page, ValueOf(fields, "Content-Encoding") ?? WebPage.Identity);
        }

        if (expected.IsOfHead)
        {
            return;
        }

        var body = peer.Read(length);
        Assert.Equal(length, body.Length);
        if (expected.Page is not null)
        {
            Assert.True(body.AsSpan().SequenceEqual(page!.ContentOf(expected.Page)), "the content is another");
        }
    }

    private void ReadClose(WebPeer peer, CloseAnswer expected)
    {
        var (opcode, content) = ReadFrame(peer, static _ => true);
        Assert.True(opcode == Close, $"not a close frame, but {opcode}: {content}");
        if (expected.Code is null)
        {
            Assert.Equal("", content);
            return;
        }

        var bytes = Encoding.Latin1.GetBytes(content);
        Assert.True(bytes.Length >= 2, "the close frame has no code");
        Assert.Equal(expected.Code, (bytes[0] * 256) + bytes[1]);
        Assert.True(bytes.Length - 2 <= MaxReasonBytes, $"a reason of {bytes.Length - 2} bytes");
        Strict.GetString(bytes.AsSpan(2));
    }

    // The next frame. A client in the lobby passes over the texts that are for all.
    private (int Opcode, string Content) ReadFrame(WebPeer peer, Func<string, bool> isForAll)
    {
        while (true)
        {
            var (opcode, bytes) = WebSocketFrames.ReadFrame(peer.Read);
            var content = Encoding.Latin1.GetString(bytes);
            if (!one.HearsLobby || opcode != Text || !isForAll(content))
            {
                return (opcode, content);
            }
        }
    }

    private static string? ValueOf(List<string> fields, string name) =>
        fields.Find(field => field.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
