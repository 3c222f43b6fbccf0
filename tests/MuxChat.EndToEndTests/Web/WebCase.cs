using System.Text;

namespace MuxChat.EndToEndTests.Web;

/// <summary>One whole conversation: the bytes of the client, and what must come back.</summary>
/// <param name="Section">The RFC and the section that say so.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Sent">The bytes, all of them at once. <c>{tag}</c>, <c>{tag-gzip}</c> and <c>{tag-br}</c> stand for the entity tags of the
/// page's codings.</param>
/// <param name="End">What becomes of the connection.</param>
/// <param name="Answers">What comes back, in order.</param>
public sealed record WebCase(string Section, string Name, byte[] Sent, WebEnd End, params WebAnswer[] Answers)
{
    /// <summary>What a response to HTTP/1.0 says when its connection stays.</summary>
    public const string KeepAlive = "Connection: keep-alive";

    /// <summary>The page's path, which every server has.</summary>
    public const string Page = "/";

    /// <summary>Whether it is in the lobby, and hears what goes on there.</summary>
    public bool HearsLobby { get; init; }

    /// <summary>Whether the bytes are cut in two at each position in the default run, and not in the deep run alone.</summary>
    public bool IsCutAlways { get; init; }

    /// <summary>Whether its first bytes are no request line, so that <c>auto</c> takes them for a line of chat.</summary>
    public bool IsForHttpAlone { get; init; }

    /// <summary>Whether a response says that a connection of HTTP/1.0 stays (RFC 9112, section 9.3).</summary>
    public bool KeepsOld => Array.Exists(Answers, static answer => answer is HttpAnswer { Has: [.., KeepAlive] });

    /// <summary>Whether it ends as a WebSocket.</summary>
    public bool IsWebSocket => Array.Exists(Answers, static answer => answer is not HttpAnswer { Status: not 101 });

    /// <summary>A conversation in HTTP.</summary>
    public static WebCase Http(string section, string name, string sent, WebEnd end, params WebAnswer[] answers) =>
        new(section, name, Encoding.Latin1.GetBytes(sent), end, answers);

    /// <summary>A request with the host that it needs, and with these field lines.</summary>
    public static string Get(string target, params string[] fields) => Request("GET", target, fields);

    /// <summary>The same with another method.</summary>
    public static string Request(string method, string target, params string[] fields) =>
        $"{method} {target} HTTP/1.1\r\nHost: a\r\n{string.Concat(fields.Select(static field => field + "\r\n"))}\r\n";

    /// <summary>The head that asks for a WebSocket.</summary>
    public static string Upgrade(params string[] fields) => Get("/ws",
        ["Upgrade: websocket", "Connection: Upgrade", $"Sec-WebSocket-Key: {WebCheck.Key}", "Sec-WebSocket-Version: 13", .. fields]);

    /// <summary>A conversation that begins with a WebSocket without a subprotocol. Its texts are lines of IRC.</summary>
    public static WebCase Socket(string section, string name, WebEnd end, byte[][] frames, params WebAnswer[] answers) =>
        SocketFor(Upgrade(), section, name, end, frames, answers);

    /// <summary>The same with another head.</summary>
    public static WebCase SocketFor(string head, string section, string name, WebEnd end, byte[][] frames, params WebAnswer[] answers) =>
        new(section, name, [.. Encoding.Latin1.GetBytes(head), .. frames.SelectMany(static frame => frame)], end,
            [new HttpAnswer(101), .. answers]);

    /// <summary>The same on <c>http</c> alone.</summary>
    public WebCase OnHttpAlone() => this with { IsForHttpAlone = true };

    /// <summary>The same with this place in the default run's cuts.</summary>
    public WebCase Cut() => this with { IsCutAlways = true };

    public override string ToString() => $"{Section}: {Name}";
}
