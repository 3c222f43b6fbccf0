using MuxChat.Core.Clients;
using MuxChat.Core.Loop;
using MuxChat.Testing.Clients;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>What a client had said before its connection broke is carried out, at the speed that flood control allows.</summary>
public sealed class LastWordsTests
{
    private static readonly string[] Hundred = [.. Enumerable.Range(1, 100).Select(static n => $"{n}")];

    [Fact]
    public void ClientThatBreaksWhileItIsHeldBack_isStillHeard()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.Type(string.Concat(Hundred.Select(static line => line + "\n")));
        bench.Tick();
        bob.IsBroken = true;
        bob.ReportsError = true;
        Assert.True(bench.RunFor(20_000));
        Assert.Equal(Said(Hundred), alice.ReadText().Split("joined #lobby\n")[^1]);
        Assert.True(bob.IsClosed);
        Assert.Contains("closed guest-2 Reset, 1", bench.Observer.Log);
    }

    [Fact]
    public void ClientThatIsFoundBrokenByAWrite_isHeardToTheEndOfWhatTheKernelHolds()
    {
        var bench = new LoopFixture(new ClientLimits(), new LoopLimits { ReadBytesPerTick = 512 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.MaxRead = 50;
        bob.Type(string.Concat(Hundred.Select(static line => line + "\n")));
        bench.Tick();
        bob.IsBroken = true;
        alice.Type("/msg guest-2 are you there\n");
        Assert.True(bench.RunFor(20_000));
        var heard = alice.ReadText().Split("joined #lobby\n")[^1];
        Assert.Equal(Said(Hundred), heard.Replace("* to guest-2: are you there\n", "", StringComparison.Ordinal));
        Assert.True(bob.IsClosed);
    }

    [Fact]
    public void LineWithoutAnEnd_isDropped()
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bench.Tick();
        alice.ReadBytes();
        bob.Type("whole\nhalf a li");
        bob.IsBroken = true;
        bob.ReportsError = true;
        Assert.True(bench.RunFor(1_000));
        Assert.Equal(Said("whole"), alice.ReadText());
    }

    [Theory]
    [InlineData("half a text", "<guest-2> half a text\n", "")]
    [InlineData("with a CR\r", "<guest-2> with a CR\n", "")]
    [InlineData("//slash", "<guest-2> /slash\n", "")]
    [InlineData("/me waves", "", "! the line has no end, so it may be half a command: it was not carried out\n")]
    [InlineData("/quit", "", "! the line has no end, so it may be half a command: it was not carried out\n")]
    [InlineData("PASS secret", "", "! this looks like an IRC client's line...")]
    [InlineData("GET / HTTP/1.1", "", "HTTP/1.1 400 ...")]
    [InlineData("\u0016", "", "")]
    [InlineData("POST /x HT", "", "")]
    [InlineData("GET", "<guest-2> GET\n", "")]
    [InlineData("\r\r", "", "! the text contains a control character: only tab is allowed\n")]
    [InlineData("\r", "", "")]
    public void TextWithoutAnEnd_isSaidIfItsClientEndsInOrder_andACommandIsNot(string last, string heard, string told)
    {
        var bench = new LoopFixture();
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bench.Tick();
        alice.ReadBytes();
        bob.ReadBytes();
        bob.Type(last);
        bob.PeerHasClosed = true;
        bench.Tick(3);
        var quit = told.StartsWith("HTTP", StringComparison.Ordinal) ? "spoke HTTP" : "connection closed";
        Assert.Equal($"{heard}* guest-2 quit: {quit}\n", alice.ReadText());
        var answer = bob.ReadText();
        Assert.True(LinePattern.Matches(told, answer), answer);
    }

    [Fact]
    public void WhatTakesTooLong_isDropped()
    {
        var bench = new LoopFixture(new ClientLimits(), new LoopLimits { LastWordsMs = 2_000 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bob.Type(string.Concat(Hundred.Select(static line => line + "\n")));
        bench.Tick();
        bob.IsBroken = true;
        bob.ReportsError = true;
        Assert.True(bench.RunFor(1_999));
        Assert.False(bob.IsClosed);
        Assert.True(bench.RunFor(100));
        Assert.True(bob.IsClosed);
        Assert.EndsWith("* guest-2 quit: connection reset\n", alice.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void LostClientThatIsKilledOrWhoseServerStops_isClosedAtOnce()
    {
        var bench = new LoopFixture(new ClientLimits());
        var (_, bob) = (bench.Connect(), bench.Connect());
        bob.Type(string.Concat(Hundred.Select(static line => line + "\n")));
        bench.Tick();
        bob.IsBroken = true;
        bob.ReportsError = true;
        bench.Tick();
        Assert.False(bob.IsClosed);
        bench.Loop.RequestStop();
        bench.Tick(2);
        Assert.True(bob.IsClosed);
    }

    [Fact]
    public void ClientThatReadNothingAndBreaks_isHeardOnWithWhatWaitedForItsOutput()
    {
        var bench = new LoopFixture(new ClientLimits { Flood = false, OutputPauseBytes = 1_000 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        bench.Tick();
        alice.ReadBytes();
        bob.Window = 0;
        bob.Type(string.Concat(Enumerable.Repeat($"/ping {new string('x', 200)}\n", 20)) + "the last word\n");
        bench.Tick(3);
        Assert.Equal("", alice.ReadText());
        bob.IsBroken = true;
        Assert.True(bench.RunFor(1_000));
        Assert.Equal("<guest-2> the last word\n* guest-2 quit: connection reset\n", alice.ReadText());
    }

    private static string Said(params string[] lines) =>
        string.Concat(lines.Select(static line => $"<guest-2> {line}\n")) + "* guest-2 quit: connection reset\n";
}
