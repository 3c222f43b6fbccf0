using System.Buffers;
using System.Text;
using MuxChat.Core.Metrics;
using MuxChat.Testing.Metrics;

namespace MuxChat.UnitTests.Core.Metrics;

/// <summary>What a scraper reads: the registry in the text exposition format.</summary>
public sealed class ExpositionTests
{
    private readonly MetricSet _metrics = new();

    [Fact]
    public void Registry_whenEmpty_isWholeAndEveryRowIsThere()
    {
        var read = Scrape();
        Assert.Equal(_metrics.All.Where(IsThere).Select(row => row.ExposedName).Order(), read.Types.Keys.Order());
        Assert.All(_metrics.All.Where(IsThere), row =>
        {
            Assert.Equal(row.Kind.ToString().ToLowerInvariant(), read.Types[row.ExposedName]);
            Assert.Equal(row.Help, read.Helps[row.ExposedName]);
        });
    }

    [Fact]
    public void Figure_ofSomeServersOnly_hasNoSampleUntilItHasAValue()
    {
        Gauge[] some = [_metrics.Journal.Up, _metrics.Connections.CertificateExpiry];
        var before = Scrape();
        Assert.All(some, row => Assert.DoesNotContain(row.ExposedName, before.Types.Keys));
        _metrics.Journal.Up.Set(0);
        _metrics.Connections.CertificateExpiry.ReadFrom(static () => 2000);
        var after = Scrape();
        Assert.Equal((0, 2), (after["muxchat_journal_up"], after["muxchat_certificate_expiration_timestamp_seconds"]));
    }

    [Fact]
    public void Value_ofEachKind_hasItsNameAndItsBaseUnit()
    {
        _metrics.LinesIn.Add(3);
        _metrics.LongestTick.Set(12_345_678);
        _metrics.Process.StartTime.Set(1_795_255_200_070);
        _metrics.Process.Cpu.ReadFrom(static () => 250_000);
        _metrics.Io.Text = "epoll";
        _metrics.Connections.Disconnects.Increment("reset");
        _metrics.Connections.Disconnects.Increment("a reason of tomorrow");
        var read = Scrape();
        Assert.Equal(3, read["muxchat_lines_received_total"]);
        Assert.Equal(12.345678, read["muxchat_tick_longest_seconds"]);
        Assert.Equal(1_795_255_200.07, read["process_start_time_seconds"]);
        Assert.Equal(0.25, read["process_cpu_seconds_total"]);
        Assert.Equal(1, read["muxchat_io_info{io=\"epoll\"}"]);
        Assert.Equal(1, read["muxchat_disconnects_total{reason=\"reset\"}"]);
        Assert.Equal(1, read["muxchat_disconnects_total{reason=\"other\"}"]);
        Assert.Equal(0, read["muxchat_disconnects_total{reason=\"quit\"}"]);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.000001")]
    [InlineData(1_000_000, "1")]
    [InlineData(1_500_000, "1.5")]
    [InlineData(-1_500_000, "-1.5")]
    [InlineData(-1, "-0.000001")]
    [InlineData(long.MaxValue, "9223372036854.775807")]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    public void Microseconds_asSeconds_keepEveryDigit(long us, string expected)
    {
        _metrics.LongestTick.Set(us);
        Assert.Contains($"\nmuxchat_tick_longest_seconds {expected}\n", Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_inAHistogram_countInTheFirstRangeThatHoldsThem()
    {
        foreach (var us in (long[])[0, 50, 51, 1_000_000, 1_000_001])
        {
            _metrics.TickWork.Record(us);
        }

        var read = Scrape();
        Assert.Equal(2, read["muxchat_tick_work_seconds_bucket{le=\"0.00005\"}"]);
        Assert.Equal(3, read["muxchat_tick_work_seconds_bucket{le=\"0.0001\"}"]);
        Assert.Equal(4, read["muxchat_tick_work_seconds_bucket{le=\"1\"}"]);
        Assert.Equal(5, read["muxchat_tick_work_seconds_bucket{le=\"+Inf\"}"]);
        Assert.Equal(5, read["muxchat_tick_work_seconds_count"]);
        Assert.Equal(2.000102, read["muxchat_tick_work_seconds_sum"]);
    }

    [Fact]
    public void Word_withQuotesAndLineFeeds_isEscaped()
    {
        _metrics.Process.Build.Text = "a\"b\\c\nd\u00e9";
        Assert.Contains("muxchat_build_info{version=\"a\\\"b\\\\c\\nd\u00e9\"} 1\n", Write(), StringComparison.Ordinal);
        _ = Scrape();
    }

    [Fact]
    public void Refresh_beforeReading_runsEachStepOnce()
    {
        var runs = 0;
        _metrics.OnRefresh(() => _metrics.Connections.OutboxBytes.Set(++runs));
        Assert.Equal(1, Scrape()["muxchat_outbox_bytes"]);
        Assert.Equal(2, Scrape()["muxchat_outbox_bytes"]);
    }

    private ExpositionText Scrape() => ExpositionText.Parse(Write());

    private static bool IsThere(Metric row) => row.IsExposed && row is not Gauge { IsOptional: true };

    private string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        ExpositionWriter.Write(_metrics, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
