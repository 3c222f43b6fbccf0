using MuxChat.Core.Chat.History;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>
/// The loop with a journal: it hands over what was said in each tick, and clients that end are given their answers first.
/// </summary>
public sealed class AcknowledgingTests
{
    private readonly FakeJournal _journal = new();
    private readonly LoopFixture _bench;

    public AcknowledgingTests() => _bench = new LoopFixture(journal: _journal);

    [Fact]
    public void Say_withAnId_isAnsweredWhenTheJournalSaysSo()
    {
        var robot = _bench.Connect(LoopFixture.Frame);
        robot.Type(Framing("""{"type":"say","text":"x","id":1}"""));
        _bench.Tick();
        Assert.Empty(robot.ReadBytes());
        _journal.Settle();
        _bench.Tick();
        Assert.EndsWith("""{"type":"ok","id":1,"seq":2}""", robot.ReadText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Client_thatClosesItsSide_isGivenItsAnswersBeforeItIsClosed()
    {
        var robot = _bench.Connect(LoopFixture.Frame);
        robot.Type(Framing("""{"type":"say","text":"x","id":1}"""));
        robot.PeerHasClosed = true;
        _bench.Tick(3);
        Assert.False(robot.IsClosed);
        _journal.Settle(JournalStatus.Failed);
        _bench.Tick(2);
        Assert.Contains("not_stored", robot.ReadText(), StringComparison.Ordinal);
        Assert.True(robot.IsClosed);
    }

    [Fact]
    public void Client_whoseAnswerNeverComes_isClosedAfterFlushMs()
    {
        var robot = _bench.Connect(LoopFixture.Frame);
        robot.Type(Framing("""{"type":"say","text":"x","id":1}"""));
        robot.PeerHasClosed = true;
        Assert.True(_bench.RunFor(4_999));
        Assert.False(robot.IsClosed);
        Assert.True(_bench.RunFor(1));
        Assert.True(robot.IsClosed);

        // The answer to one who is gone is nobody's.
        _journal.Settle();
        _bench.Tick();
    }

    [Fact]
    public void Events_ofTheEndOfATick_areHandedOverInTheSameTick()
    {
        var alice = _bench.Connect();
        var bob = _bench.Connect();
        alice.IsBroken = true;
        _bench.Tick();
        Assert.Equal("* guest-1 quit: connection reset\n", bob.ReadText());
        Assert.Equal(_journal.Records.Count, _journal.Submitted);
        Assert.Equal(3, _journal.Records.Count);
    }

    [Fact]
    public void Say_whenTheJournalHasFailed_isAnsweredInTheSameTick()
    {
        var robot = _bench.Connect(LoopFixture.Frame);
        _journal.HasFailed = true;
        _bench.Tick();
        robot.ReadBytes();
        robot.Type(Framing("""{"type":"say","text":"x","id":1}"""));
        _bench.Tick();
        Assert.Contains("not_stored", robot.ReadText(), StringComparison.Ordinal);
    }

    private static byte[] Framing(string json) => [0, 0, 0, (byte)json.Length, .. Bytes.Utf8(json)];
}
