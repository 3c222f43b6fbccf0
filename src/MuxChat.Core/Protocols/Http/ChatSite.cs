using System.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Settings;

namespace MuxChat.Core.Protocols.Http;

/// <summary>The public site: the page, the chat over WebSockets at <c>/ws</c>, and the shared files at <c>/files/</c>.</summary>
public static class ChatSite
{
    /// <summary>The path of the chat's WebSockets.</summary>
    public const string WebSocketPath = "/ws";

    /// <summary>The subprotocol of JSON: one object a message, as text. See docs/protocols/websocket.md.</summary>
    public const string JsonName = "json.muxchat";

    /// <summary>The subprotocol of IRC lines in text messages (IRCv3 WebSocket).</summary>
    public const string IrcTextName = "text.ircv3.net";

    /// <summary>The subprotocol of IRC lines in binary messages (IRCv3 WebSocket).</summary>
    public const string IrcBinaryName = "binary.ircv3.net";

    /// <summary>The protocol names of clients on the page, as others see them.</summary>
    private const string WebName = "web";

    /// <summary>Creates the site of one server.</summary>
    /// <param name="limits">The limits of frames.</param>
    /// <param name="web">The page and the origins.</param>
    /// <param name="irc">The server's names on IRC.</param>
    public static HttpSite Create(Replaceable<FrameLimits> limits, WebSettings web, IrcServer irc)
    {
        var text = Irc(limits, WebSocketFrameKind.Text, web, irc);
        var json = new JsonProtocol(limits,
            new WebSocketFraming(limits, WebSocketFrameKind.Text, static limits => limits.FrameBytes), WebName);
        var sockets = new HttpWebSockets(
            WebSocketPath,
            text,
            (JsonName, new WebSocketProtocol(json)),
            (IrcTextName, text),
            (IrcBinaryName, Irc(limits, WebSocketFrameKind.Binary, web, irc)));
        return new HttpSite(web.Pool, [.. web.Resources, sockets, new HttpFiles()], web.Origins)
        {
            MachineName = Encoding.ASCII.GetBytes(web.MachineName),
        };
    }

    private static WebSocketProtocol Irc(Replaceable<FrameLimits> limits, WebSocketFrameKind kind, WebSettings web, IrcServer server) =>
        new(new IrcProtocol(new WebSocketFraming(limits, kind, static _ => IrcProtocol.MaxLineBytes), null, web.PublicUrl, server),
            isLine: true);
}
