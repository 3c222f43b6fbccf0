using MuxChat.EndToEndTests.Support;
using MuxChat.Testing.Clients;
using MuxChat.Testing.Processes;
using static MuxChat.Testing.Clients.WebSocketFrames;

namespace MuxChat.EndToEndTests.Web;

/// <summary>
/// Endings that the server chooses: each WebSocket gets a code that says why, and a request that comes too late a status.
/// </summary>
public sealed class WebEndingTests
{
    private const string Codes = "RFC 6455, 7.4.1";

    [Fact]
    public void Stopping_server_closes_with_going_away_and_lets_idle_connections_go()
    {
        using var server = Start();
        using var chat = OpenChat(server);
        using var idle = new WebPeer(server.EndPoint("http"), certificate: null);
        Play(idle, WebCase.Http("RFC 9112, 9.3", "a request", WebCase.Get("/x"), WebEnd.Stays, new HttpAnswer(404)));
        server.Signal("TERM");
        Play(chat, Ending("the server stops", new CloseAnswer(1001)));
        Assert.Equal("", idle.ReadToEnd());
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void User_that_an_operator_disconnects_is_closed_for_policy()
    {
        using var server = Start("--oper", SharedServers.Root);
        using var chat = OpenChat(server);
        var nick = Scene.NewNick("web");
        chat.TrySend(Of(Text, System.Text.Encoding.ASCII.GetBytes($$"""{"type":"nick","nick":"{{nick}}"}""")));
        Play(chat, new WebCase(Codes, "a nick", Of(Ping, "nick"u8), WebEnd.Stays, new FrameAnswer(Pong, "nick")) { HearsLobby = true });
        using var root = server.ConnectLines();
        root.Send("/oper root secret");
        root.ReadUntil(static line => line == "* you are a server operator");
        root.Send($"/kill {nick} enough");
        Play(chat, Ending("an operator", new CloseAnswer(1008)));
    }

    [Fact]
    public void Full_server_says_so_in_HTTP()
    {
        using var server = Start("--max-clients", "1");
        using var first = OpenChat(server);
        using var second = new WebPeer(server.EndPoint("http"), certificate: null);
        second.TrySend(System.Text.Encoding.ASCII.GetBytes(WebCase.Get("/")));
        Assert.Equal("HTTP/1.1 503 Service Unavailable", second.ReadLine());
        Assert.Contains("Connection: close", second.ReadToEnd(), StringComparison.Ordinal);
    }

    private static ServerProcess Start(params string[] options) =>
        ServerProcess.Start(["--listen", "http://127.0.0.1:0", "--listen", "line://127.0.0.1:0", .. options]);

    private static WebPeer OpenChat(ServerProcess server)
    {
        var peer = new WebPeer(server.EndPoint("http"), certificate: null);
        var open = WebCase.SocketFor(WebCase.Upgrade("Sec-WebSocket-Protocol: json.muxchat"), Codes, "open", WebEnd.Stays, []) with
        {
            HearsLobby = true,
        };
        Play(peer, open);
        return peer;
    }

    private static void Play(WebPeer peer, WebCase one)
    {
        peer.TrySend(one.Sent);
        new WebCheck(one, page: null).Read(peer);
    }

    // It passes over the texts of the room.
    private static WebCase Ending(string name, CloseAnswer answer) => new(Codes, name, [], WebEnd.Closes, answer) { HearsLobby = true };
}
