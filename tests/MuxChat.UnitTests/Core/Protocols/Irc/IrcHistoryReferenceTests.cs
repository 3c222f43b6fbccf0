using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>Moments of a room's past (IRCv3 chathistory).</summary>
public sealed class IrcHistoryReferenceTests
{
    [Theory]
    [InlineData("timestamp=1970-01-01T00:00:00.000Z", 0)]
    [InlineData("timestamp=1970-01-01T00:00:01.007Z", 1007)]
    [InlineData("timestamp=1970-01-01T00:00:01Z", 1000)]
    [InlineData("timestamp=1970-01-01T00:00:01.5Z", 1500)]
    [InlineData("timestamp=2026-11-21T10:00:00.007Z", 1_795_255_200_007)]
    [InlineData("timestamp=1969-12-31T23:59:59.999Z", -1)]
    public void Times_areRead(string word, long unixMs)
    {
        Assert.Null(IrcHistoryReference.Read(Bytes.Utf8(word), out var reference));
        Assert.True(reference.IsTime);
        Assert.Equal(unixMs, reference.UnixMs);
    }

    [Theory]
    [InlineData("msgid=1-1", 1, 1)]
    [InlineData("msgid=9007199254740991-123", 9007199254740991, 123)]
    [InlineData("msgid=m17-2", -1, 0)]
    public void Ids_areRead(string word, long epoch, long seq)
    {
        Assert.Null(IrcHistoryReference.Read(Bytes.Utf8(word), out var reference));
        Assert.Equal((false, epoch, seq), (reference.IsTime, reference.Epoch, reference.Seq));
    }

    [Theory]
    [InlineData("", "INVALID_PARAMS")]
    [InlineData("*", "INVALID_PARAMS")]
    [InlineData("msgid", "INVALID_PARAMS")]
    [InlineData("msgid=", "INVALID_PARAMS")]
    [InlineData("msgid=1", "INVALID_PARAMS")]
    [InlineData("msgid=1-", "INVALID_PARAMS")]
    [InlineData("msgid=-1-2", "INVALID_PARAMS")]
    [InlineData("msgid=1--2", "INVALID_PARAMS")]
    [InlineData("msgid=+1-2", "INVALID_PARAMS")]
    [InlineData("msgid=1-2x", "INVALID_PARAMS")]
    [InlineData("msgid=m1", "INVALID_PARAMS")]
    [InlineData("msgid=mm1-2", "INVALID_PARAMS")]
    [InlineData("msgid=0-2", "INVALID_PARAMS")]
    [InlineData("msgid=99999999999999999999-2", "INVALID_PARAMS")]
    [InlineData("timestamp=", "INVALID_PARAMS")]
    [InlineData("timestamp=1970-01-01", "INVALID_PARAMS")]
    [InlineData("timestamp=1970-01-01T00:00:00.000", "INVALID_PARAMS")]
    [InlineData("timestamp=1970-13-01T00:00:00.000Z", "INVALID_PARAMS")]
    [InlineData("timestamp=1970-01-01T00:00:00.000+01:00", "INVALID_PARAMS")]
    [InlineData("timestamp=\u0661970-01-01T00:00:00.000Z", "INVALID_PARAMS")]
    [InlineData("timestamp=1970-01-01T00:00:00.00000000000000000000000000000Z", "INVALID_PARAMS")]
    [InlineData("Timestamp=1970-01-01T00:00:00.000Z", "INVALID_MSGREFTYPE")]
    [InlineData("id=1-1", "INVALID_MSGREFTYPE")]
    [InlineData("=1", "INVALID_MSGREFTYPE")]
    public void Others_areWrong(string word, string code) => Assert.Equal(code, IrcHistoryReference.Read(Bytes.Utf8(word), out _));

    [Fact]
    public void Places_areKnownByTimeAndByName()
    {
        // Of five events in two epochs the last four are held, at 20, 30, 31 (30, once more) and 50.
        var log = new EventLog(new HistoryBudget(new ChatLimits { HistoryBytes = 1_000_000, History = 4 }));
        log.BeginEpoch(7);
        foreach (var unixMs in (long[])[10, 20, 30, 30, 50])
        {
            log.Append(EventKind.Said, unixMs, "n"u8, default, "x"u8);
            if (log.LastSeq == 2)
            {
                log.BeginEpoch(8);
            }
        }

        Assert.Equal((0, 0), Place(log, new(5, 0, 0)));
        Assert.Equal((0, 1), Place(log, new(20, 0, 0)));
        Assert.Equal((1, 2), Place(log, new(30, 0, 0)));
        Assert.Equal((2, 3), Place(log, new(31, 0, 0)));
        Assert.Equal((3, 3), Place(log, new(40, 0, 0)));
        Assert.Equal((4, 4), Place(log, new(60, 0, 0)));
        Assert.Equal((0, 0), Place(log, new(0, 7, 1)));
        Assert.Equal((0, 1), Place(log, new(0, 7, 2)));
        Assert.Null(Place(log, new(0, 7, 3)));
        Assert.Equal((1, 2), Place(log, new(0, 8, 3)));
        Assert.Equal((3, 4), Place(log, new(0, 8, 5)));
        Assert.Null(Place(log, new(0, 8, 6)));
        Assert.Null(Place(log, new(0, 8, 2)));
        Assert.Null(Place(log, new(0, 9, 3)));
        Assert.Null(Place(log, new(0, -1, 0)));
    }

    private static (int Before, int After)? Place(EventLog log, IrcHistoryReference reference) =>
        reference.TryPlace(log, out var place) ? place : null;
}
