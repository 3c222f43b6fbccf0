using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Server.Hosting;

namespace MuxChat.UnitTests.Server;

/// <summary>What an admin reads of the journal.</summary>
public sealed class JournalLogTests
{
    private readonly LogLines _lines = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void That_the_disk_is_too_slow_is_told_once_a_minute_with_how_often_it_was()
    {
        var log = new JournalLog(_lines, _time);
        log.FellBehind(1);
        log.FellBehind(2);
        log.FellBehind(3);
        var first = Assert.Single(_lines.Taken());
        Assert.Contains("does not keep up, 1 bytes wait", first, StringComparison.Ordinal);
        Assert.Contains("; 0 more times", first, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        log.FellBehind(4);
        var second = Assert.Single(_lines.Taken());
        Assert.Contains("does not keep up, 4 bytes wait", second, StringComparison.Ordinal);
        Assert.Contains("; 2 more times", second, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_happening_is_a_line_that_names_the_file()
    {
        var log = new JournalLog(_lines, _time);
        log.TailCut("a/1", 10, 20, "torn");
        log.IndexRebuilt("a/2", "missing");
        log.Failed("a/3", "no space");
        log.Full("a/4", "quota");
        log.Resumed("a/5");
        log.SegmentDeleted("a/6", 30);
        log.HousekeepingFailed("a/7", "denied");

        var lines = _lines.Taken();
        Assert.Equal(7, lines.Count);
        Assert.All(lines.Index(), one => Assert.Contains($"a/{one.Index + 1}", one.Item, StringComparison.Ordinal));
    }

    private sealed class LogLines : ILogger
    {
        private readonly List<string> _lines = [];

        public List<string> Taken()
        {
            List<string> taken = [.. _lines];
            _lines.Clear();
            return taken;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Add($"{logLevel} {formatter(state, exception)}");
    }
}
