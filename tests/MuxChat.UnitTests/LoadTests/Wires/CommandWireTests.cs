using System.Text;
using MuxChat.LoadTests.Wires;

namespace MuxChat.UnitTests.LoadTests.Wires;

/// <summary>The wires to other chat servers and brokers: what they send, and the lines that they make of the servers' bytes.</summary>
public class CommandWireTests
{
    private const string Login = "/nick u3\n/join #load0\n/part #lobby\n/ping ready\n";

    private readonly RecordingOwner _owner = new();

    /// <summary>Protocol, the client's lines, and what is sent for them after a login. A bar is CR and LF.</summary>
    public static TheoryData<string, string, string> Sent { get; } = new()
    {
        { "irc", "", "NICK u3|USER u3 0 * :load|" },
        {
            "redis", "hi\n/part\n/quit\n", "*2|$5|HELLO|$1|3|*2|$9|SUBSCRIBE|$6|#load0|*2|$4|PING|$5|ready|"
                + "*3|$7|PUBLISH|$6|#load0|$7|<u3> hi|*2|$11|UNSUBSCRIBE|$6|#load0|*1|$4|QUIT|"
        },
        {
            "nats", "hi\n/part #load0\n", "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":false}|SUB #load0 1|PING|"
                + "PUB #load0 7|<u3> hi|UNSUB 1|"
        },
        { "floor", "hi\n/part #load0\n/part\n", "?3 ready\n<u3> hi\n" },
    };

    /// <summary>Protocol, the server's bytes after a login, and the lines for the client.</summary>
    public static TheoryData<string, string, string[]> Heard { get; } = new()
    {
        {
            "irc",
            ":s 001 u3 :Welcome|:s 422 u3 :no motd||:u3!~u3@h JOIN :#load0|:s 353 u3 = #load0 :u3|:s 366 u3 #load0 :End|:s PONG s :ready|"
                + ":u7!~u7@h JOIN #load0|:u7!~u7@h PRIVMSG #load0 :s7 n0 abc|:u7!~u7@h PRIVMSG #load0 short|:u7!~u7@h PART #load0|"
                + ":u8!u8@h QUIT :gone|:s NOTICE u3 :hello|:s 404 u3 #load0 :no|ERROR :bye|",
            ["* u3 joined #load0", "* pong ready", "* u7 joined #load0", "<u7> s7 n0 abc", "<u7> short", "* u7 left #load0", "* u8 quit",
                "! 404 u3 #load0 :no", "! ERROR :bye"]
        },
        {
            "redis",
            "%7|$6|server|$5|redis|$5|proto|:3|$2|id|:4|$4|mode|$10|standalone|$4|role|$6|master|$7|modules|*1|*2|+a|_|$1|x|#t|"
                + ">3|$9|subscribe|$6|#load0|:1|$5|ready|>3|$7|message|$6|#load0|$10|<u7> s7 n0|>3|$7|message|$6|#load0|$7|<u3> hi|:9|"
                + ">4|$8|pmessage|$1|*|$1|a|$1|b|>3|$11|unsubscribe|$6|#load0|:0|+OK|-ERR no such thing|",
            ["* pong ready", "<u7> s7 n0", "! ERR no such thing"]
        },
        {
            "nats",
            "INFO {\"server_id\":\"N\"}|+OK|PONG|MSG #load0 1 10|<u7> s7 n0|MSG #load0 1 reply 6|<u7>||-ERR 'Unknown Protocol'|",
            ["* pong ready", "<u7> s7 n0", "<u7>\r\n", "! -ERR 'Unknown Protocol'"]
        },
        {
            "floor", "u5: ?7 ready\nu6: ?3 ready\nu6: <u3> hi\nu5: <u7> s7: n0\nu5: ?\n", ["* pong ready", "<u7> s7: n0"]
        },
    };

    /// <summary>Protocol, and bytes that its server never sends.</summary>
    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "irc", ":server|" },
        { "irc", ":u7!u7@h PRIVMSG #load0|" },
        { "irc", "PRIVMSG #load0 :from no one|" },
        { "redis", "hello|" },
        { "redis", "$-2|" },
        { "redis", "$3|four|" },
        { "redis", "$99999999999|" },
        { "redis", "*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|*1|+OK|" },
        { "redis", ">3|+message|" },
        { "nats", "HELLO|" },
        { "nats", "MSG #load0 1 x|" },
        { "nats", "MSG #load0 1 -1|" },
        { "nats", "MSG #load0 1 3|four|" },
        { "nats", "PONG|PONG|" },
        { "floor", "hello\n" },
        { "floor", "u7:hello\n" },
        { "floor", "x7: hello\n" },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void Commands_become_those_of_the_protocol(string protocol, string lines, string sent)
    {
        Opened(protocol, _owner).Send(Encoding.ASCII.GetBytes(lines), _owner);
        Assert.Equal(Bytes(sent), _owner.ReadSent());
    }

    [Fact]
    public void Irc_says_the_rest_once_it_is_welcome()
    {
        var wire = Opened("irc", _owner);
        _owner.ReadSent();
        wire.Receive(Bytes("PING :cookie|:s 001 u3 :Welcome|"), _owner);
        wire.Send("hi\n/nick u4\n/part\n/quit\n"u8, _owner);
        Assert.Equal(Bytes("PONG :cookie|JOIN #load0|PING :ready|PRIVMSG #load0 :hi|NICK u4|PART #load0|QUIT|"), _owner.ReadSent());
        wire.Receive(Bytes("ERROR :Closing link|"), _owner);
        Assert.Empty(_owner.Lines);
    }

    [Fact]
    public void Irc_gives_a_client_without_a_nick_one()
    {
        new IrcWire(12).Send("/part\n/ping ready\n"u8, _owner);
        Assert.Equal(Bytes("NICK g12|USER g12 0 * :load|"), _owner.ReadSent());
    }

    [Fact]
    public void Nats_answers_a_ping()
    {
        var wire = Opened("nats", _owner);
        _owner.ReadSent();
        wire.Receive(Bytes("PING|"), _owner);
        Assert.Equal(Bytes("PONG|"), _owner.ReadSent());
    }

    [Theory]
    [InlineData("irc", ":s 001 u3 :Welcome|:s PONG s :ready|")]
    [InlineData("redis", "$5|ready|")]
    public void Pong_before_the_join_is_confirmed_fails_the_client(string protocol, string bytes)
    {
        Opened(protocol, _owner).Receive(Bytes(bytes), _owner);
        Assert.Equal("a ping was answered before the join was confirmed", _owner.Failure);
        Assert.Empty(_owner.Lines);
    }

    [Theory]
    [MemberData(nameof(Heard))]
    public void Bytes_of_the_server_become_lines_however_they_are_cut(string protocol, string bytes, string[] lines) =>
        _owner.AssertHears(() => Opened(protocol, _owner), Bytes(bytes), lines);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Bytes_that_the_server_never_sends_fail_the_client(string protocol, string bytes)
    {
        Opened(protocol, _owner).Receive(Bytes(bytes), _owner);
        Assert.StartsWith("this is no ", _owner.Failure, StringComparison.Ordinal);
    }

    private static IWire Create(string protocol) => protocol switch
    {
        "irc" => new IrcWire(3),
        "redis" => new RedisWire(),
        "nats" => new NatsWire(),
        _ => new FloorWire(3),
    };

    // A wire that has sent its login.
    private static IWire Opened(string protocol, RecordingOwner owner)
    {
        var wire = Create(protocol);
        wire.Begin(owner);
        wire.Send(Encoding.ASCII.GetBytes(Login), owner);
        return wire;
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal));
}
