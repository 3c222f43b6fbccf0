using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

public sealed class PasswordTests
{
    private const string Asks = "* This server needs a password: /pass PASSWORD\n";

    private readonly ProtocolConnectionFixture _bench = new() { Password = new ServerPassword("open sesame"u8, [1, 2, 3]) };

    [Theory]
    [InlineData("open sesame", true)]
    [InlineData("open sesam", false)]
    [InlineData("open sesame ", false)]
    [InlineData("Open sesame", false)]
    [InlineData("", false)]
    public void Password_given_isRightWhenItIsTheSame(string given, bool isRight) =>
        Assert.Equal(isRight, new ServerPassword("open sesame"u8, [9]).IsRight(Bytes.Utf8(given)));

    [Theory]
    [InlineData("x", true)]
    [InlineData("a b", true)]
    [InlineData("世界", true)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\tb", true)]
    [InlineData("a\nb", false)]
    [InlineData("a\u0003b", false)]
    public void Password_thatNoClientCouldGive_isNone(string password, bool isPossible)
    {
        Assert.Equal(isPossible, ServerPassword.IsPossible(Bytes.Utf8(password)));
        if (!isPossible)
        {
            Assert.Throws<ArgumentException>(() => new ServerPassword(Bytes.Utf8(password), []));
        }

        Assert.False(ServerPassword.IsPossible([0xFF]));
        Assert.False(ServerPassword.IsPossible(new byte[257].Select(static _ => (byte)'a').ToArray()));
    }

    [Fact]
    public void SilentClient_onAuto_isAskedAndThenLetGo()
    {
        var talk = _bench.Start(null);
        _bench.Advance(ProtocolDetector.SilenceMs);
        talk.Client.OnDeadline();
        Assert.Equal((Asks, 0), (talk.Read(), _bench.Hub.SessionCount));
        Assert.Equal(ServerPassword.PatienceMs, talk.Client.NextDeadlineMs);
        _bench.Advance(ServerPassword.PatienceMs - ProtocolDetector.SilenceMs - 1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.None, talk.Client.Ending);
        _bench.Advance(1);
        talk.Client.OnDeadline();
        Assert.Equal(CloseReason.LoginTimeout, talk.Client.Ending);
        Assert.Equal("* goodbye: you did not log in\n", talk.Read());
    }

    [Fact]
    public void ClientThatIsIn_isNotAskedToHurry()
    {
        var talk = _bench.Start(_bench.Frame);
        talk.SayFrame("""{"type":"pass","password":"open sesame"}""");
        Assert.Equal(["password", "welcome", "joined", "room"], talk.ReadFrames().Select(static frame => (string?)frame["type"]));
        Assert.Equal(_bench.Context.Limits.IdlePingMs, talk.Client.NextDeadlineMs);
        Assert.Equal(1, _bench.Hub.SessionCount);
    }

    [Fact]
    public void OtherCommand_beforeThePassword_namesTheCommandOfTheProtocol()
    {
        var (line, frame) = (_bench.Start(_bench.Line), _bench.Start(_bench.Frame));
        line.Say("hello\n");
        Assert.Equal("! this server needs its password first: /pass PASSWORD", line.ReadLines()[^1]);
        frame.SayFrame("""{"type":"say","text":"hello"}""");
        Assert.Equal("this server needs its password first: pass PASSWORD", (string?)frame.ReadFrames()[^1]["message"]);
    }

    [Fact]
    public void WrongPassword_threeTimes_endsItAndTheRestIsDropped()
    {
        var talk = _bench.Start(_bench.Line);
        talk.Say("/pass 1\n/pass 2\n/pass 3\n/pass open sesame\n");
        Assert.Equal(CloseReason.WrongPassword, talk.Client.Ending);
        Assert.EndsWith("* goodbye: wrong password\n", talk.Read(), StringComparison.Ordinal);
        Assert.Equal(0, _bench.Hub.SessionCount);
    }

    [Fact]
    public void LineTooLong_beforeThePassword_isAnErrorLikeAnyOther()
    {
        var talk = _bench.Start(_bench.Line);
        talk.Say(new string('x', 5000) + "\n/pass open sesame\n");
        var lines = talk.ReadLines();
        Assert.Equal("! the line is longer than 4096 bytes: it was dropped", lines[1]);
        Assert.StartsWith("* Welcome", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void IrcClient_withAWrongPassword_endsWhenItWouldBeIn()
    {
        var talk = _bench.Start(new IrcProtocol());
        talk.Say("PASS wrong\r\nNICK ann\r\nUSER u 0 * :u\r\nJOIN #a\r\n");
        Assert.Equal(CloseReason.WrongPassword, talk.Client.Ending);
        Assert.Equal(":muxchat.local 464 ann :Password incorrect\r\nERROR :Closing link: wrong password\r\n", talk.Read());
    }
}
