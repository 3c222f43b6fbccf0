using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>
/// A client whose first bytes come so late that it was greeted as a person; and the secrets of IRC clients where lines are spoken.
/// </summary>
public sealed class LateClientTests
{
    private readonly ProtocolConnectionFixture _bench = new();

    [Fact]
    public void Irc_client_that_was_slow_to_begin_is_one_all_the_same()
    {
        var bob = _bench.StartLine();
        var late = Greeted();
        Assert.Equal("* guest-2 joined #lobby\n", bob.Read());
        late.Feed("PASS hunter2\r\nNICK x\r\nUSER x 0 * :x\r\nOPER root secret\r\nPRIVMSG guest-1 :for you\r\n"
            + "JOIN #lobby\r\nPRIVMSG #lobby :hi\r\n");
        Assert.Equal("* guest-2 quit: switched to irc\n<x -> guest-1> for you\n* x joined #lobby\n<x> hi\n", bob.Read());
        Assert.Contains(":muxchat.local 001 x ", late.Read(), StringComparison.Ordinal);
        Assert.Equal(2, _bench.Hub.SessionCount);
    }

    [Theory]
    [InlineData("CAP LS 302")]
    [InlineData("CAP LS")]
    [InlineData("CAP LIST")]
    [InlineData("CAP REQ :server-time")]
    [InlineData("cap ls 302")]
    [InlineData("cap ls")]
    [InlineData("Cap Req :server-time")]
    public void Negotiation_that_was_slow_to_begin_loses_nothing_of_the_login(string first)
    {
        foreach (var isWhole in (bool[])[true, false])
        {
            var late = Greeted();
            late.Read();
            var login = $"{first}\r\nNICK x\r\nUSER x 0 * :x\r\nCAP END\r\n";
            foreach (var piece in isWhole ? [login] : login.Select(static one => one.ToString()))
            {
                late.Feed(piece);
            }

            var read = late.Read();
            Assert.StartsWith(":muxchat.local CAP * ", read, StringComparison.Ordinal);
            Assert.Contains(":muxchat.local 001 x ", read, StringComparison.Ordinal);
            late.Say("QUIT\r\n");
        }
    }

    [Fact]
    public void First_word_in_pieces_is_waited_for()
    {
        var bob = _bench.StartLine();
        var late = Greeted();
        bob.Read();
        foreach (var one in "PASS hunter2\r\nNICK x\r\n")
        {
            late.Feed(one.ToString());
        }

        Assert.Equal("* guest-2 quit: switched to irc\n", bob.Read());
        Assert.Equal("irc", late.Recipient.ProtocolName);
    }

    [Fact]
    public void First_word_that_is_cut_by_the_greeting_is_still_one()
    {
        var late = _bench.Start(null);
        Assert.Equal(FeedStatus.NeedMore, late.Feed("PA"));
        _bench.Advance(ProtocolDetector.SilenceMs);
        late.Client.OnDeadline();
        late.Feed("SS hunter2\r\n");
        Assert.Equal("irc", late.Recipient.ProtocolName);
        Assert.Equal(0, _bench.Hub.SessionCount);
    }

    [Fact]
    public void Late_irc_client_has_all_its_time_to_log_in_and_no_more()
    {
        var late = Greeted();
        _bench.Advance(60_000);
        late.Feed("NICK x\r\n");
        Assert.Equal(_bench.Clock.NowMs + 30_000, late.Client.NextDeadlineMs);
        _bench.Advance(30_000);
        late.Client.OnDeadline();
        Assert.Equal(CloseReason.LoginTimeout, late.Client.Ending);
    }

    [Fact]
    public void Program_on_frames_that_was_slow_to_begin_is_one_all_the_same()
    {
        var bob = _bench.StartLine();
        var late = Greeted();
        bob.Read();
        late.Read();
        late.SayFrame("""{"type":"msg","to":"guest-1",\n"text":"for you"}""");
        Assert.Equal("* guest-2 quit: switched to frame\n* guest-3 joined #lobby\n", bob.Read());
        Assert.Equal(["welcome", "joined", "room", "error"], late.ReadFrames().Select(static frame => (string?)frame["type"]));
    }

    [Theory]
    [InlineData("hello", "<guest-2> hello\n")]
    [InlineData("ping", "<guest-2> ping\n")]
    [InlineData("QUIT", "<guest-2> QUIT\n")]
    [InlineData("nick bob", "<guest-2> nick bob\n")]
    [InlineData("user a 0 * :a", "<guest-2> user a 0 * :a\n")]
    [InlineData("cap", "<guest-2> cap\n")]
    [InlineData("cap lsd", "<guest-2> cap lsd\n")]
    [InlineData("cap request", "<guest-2> cap request\n")]
    [InlineData("PASSENGER x", "<guest-2> PASSENGER x\n")]
    [InlineData("/ping", "")]
    public void Person_who_was_greeted_stays_one(string first, string heard)
    {
        var bob = _bench.StartLine();
        var late = Greeted();
        bob.Read();
        late.Feed("\r\n" + first + "\nNICK x\nPASS hunter2\n");
        Assert.Equal("line", late.Recipient.ProtocolName);
        Assert.StartsWith(heard, bob.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Late_client_of_a_server_with_a_password_was_nobody()
    {
        var bench = new ProtocolConnectionFixture { Password = new ServerPassword("hunter2"u8, new byte[32]) };
        var late = bench.Start(null);
        bench.Advance(ProtocolDetector.SilenceMs);
        late.Client.OnDeadline();
        late.Feed("PASS hunter2\r\nNICK x\r\nUSER x 0 * :x\r\n");
        Assert.Contains(":muxchat.local 001 x ", late.Read(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PASS hunter2")]
    [InlineData("pass hunter2")]
    [InlineData("OPER root hunter2")]
    [InlineData("AUTHENTICATE hunter2")]
    [InlineData("privmsg alice :hunter2")]
    [InlineData("  PASS hunter2")]
    [InlineData("PASS\thunter2")]
    [InlineData(":x PRIVMSG alice :hunter2")]
    [InlineData("@label=1;+a=b :x!y@z  OPER root hunter2")]
    public void Secret_of_an_irc_client_is_not_said_first_on_lines(string secret)
    {
        var bob = _bench.StartLine();
        var lost = _bench.StartLine();
        bob.Read();
        lost.Feed($"\r\n{secret}\r\nNICK x\r\n{secret}\r\nhello\n{secret}\n");
        Assert.Equal($"<guest-2> NICK x\n<guest-2> hello\n<guest-2> {secret}\n", bob.Read());
        var refused = "! this looks like an IRC client's line, but this connection speaks plain text: it was dropped\n";
        Assert.Equal(refused + refused, lost.Read());
    }

    [Theory]
    [InlineData("@alice pass me the salt")]
    [InlineData(":) PASS")]
    [InlineData("@ :")]
    [InlineData(" : @ ")]
    [InlineData("PASSWORD hunter2")]
    public void Words_of_a_person_are_said_first_on_lines(string words)
    {
        var bob = _bench.StartLine();
        var alice = _bench.StartLine();
        bob.Read();
        alice.Feed($"{words}\n");
        Assert.Equal($"<guest-2> {words}\n", bob.Read());
    }

    private ProtocolConnectionFixture.Talk Greeted()
    {
        var talk = _bench.Start(null);
        _bench.Advance(ProtocolDetector.SilenceMs);
        talk.Client.OnDeadline();
        Assert.Equal("line", talk.Recipient.ProtocolName);
        return talk;
    }
}
