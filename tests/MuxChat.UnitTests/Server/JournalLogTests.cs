using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Metrics;
using MuxChat.Server.Logging;

namespace MuxChat.UnitTests.Server;

/// <summary>What an admin reads of the journal.</summary>
public sealed class JournalLogTests
{
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = Clocks.Create();

    [Fact]
    public void That_the_disk_is_too_slow_is_told_once_a_minute_with_how_often_it_was()
    {
        var log = new JournalLog(_lines, _time, new MetricSet().Journal);
        log.FellBehind(1);
        log.FellBehind(2);
        log.FellBehind(3);
        var first = Assert.Single(_lines.Taken());
        Assert.Contains("is too slow, with 1 byte waiting", first, StringComparison.Ordinal);
        Assert.DoesNotContain("more since", first, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        log.FellBehind(4);
        var second = Assert.Single(_lines.Taken());
        Assert.Contains("is too slow, with 4 bytes waiting", second, StringComparison.Ordinal);
        Assert.Contains("; 2 more since", second, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_again_and_again_is_a_line_a_minute_of_each_kind()
    {
        var log = new JournalLog(_lines, _time, new MetricSet().Journal);
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 30; i++)
            {
                log.Full("a", "no space");
                log.Resumed("a");
                log.SegmentDeleted("a", 30);
                log.HousekeepingFailed("a", "denied");
                log.BacklogFull(40);
                log.CaughtUp();
            }

            var lines = _lines.Taken();
            Assert.Equal(6, lines.Count);
            Assert.All(lines,
                line => Assert.EndsWith(minute == 0 ? "" : "; 29 more since the last such line", line, StringComparison.Ordinal));
            Assert.Equal(minute > 0, string.Concat(lines).Contains("since", StringComparison.Ordinal));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Each_happening_is_a_line_of_its_own()
    {
        var log = new JournalLog(_lines, _time, new MetricSet().Journal);
        log.TailCut("a", 10, 20, "torn");
        log.IndexRebuilt("a", "missing");
        log.Failed("a", "no device");
        log.Full("a", "no space");
        log.Resumed("a");
        log.SegmentDeleted("a", 30);
        log.HousekeepingFailed("a", "denied");
        log.BacklogFull(40);
        log.CaughtUp();

        string[] begin =
        [
            "Warning journal: cut 20 bytes off the end of a, at byte 10: torn",
            "Information journal: rebuilt the index of a: missing",
            "Critical THE JOURNAL FAILED: a: no device.",
            "Critical THE DISK IS FULL: a: no space.",
            "Warning journal: the disk has space again, writing to a",
            "Information journal: deleted a (30 bytes)",
            "Warning journal: a: denied",
            "Error journal: waiting for the disk with 40 bytes, so new events are not stored",
            "Information journal: the disk has caught up",
        ];
        var lines = _lines.Taken();
        Assert.Equal(begin.Length, lines.Count);
        Assert.All(lines.Zip(begin), static pair => Assert.StartsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public void Batch_thatEnded_isCountedWithItsSync()
    {
        var metrics = new MetricSet().Journal;
        var log = new JournalLog(_lines, _time, metrics);
        log.BatchEnded(JournalStatus.Stored, 100, 70);
        log.BatchEnded(JournalStatus.Stored, 10, null);
        Assert.Equal((1, 110, 1, 70), (metrics.Up.Value, metrics.BytesWritten.Value, metrics.Sync.Value, metrics.Sync.SumUs));
        log.BatchEnded(JournalStatus.Full, 1000, null);
        Assert.Equal((0, 110), (metrics.Up.Value, metrics.BytesWritten.Value));
        log.BatchEnded(JournalStatus.Stored, 1, 30);
        Assert.Equal((1, 111, 100), (metrics.Up.Value, metrics.BytesWritten.Value, metrics.Sync.SumUs));
        Assert.Empty(_lines.Taken());
    }
}
