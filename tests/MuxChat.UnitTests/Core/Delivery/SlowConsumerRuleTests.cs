using MuxChat.Core.Delivery;

namespace MuxChat.UnitTests.Core.Delivery;

public sealed class SlowConsumerRuleTests
{
    private readonly SlowConsumerRule _rule = new() { HardBytes = 1000, SoftBytes = 100, SoftMs = 50 };
    private long _since = -1;

    [Fact]
    public void Queue_beyondTheHardMark_isBrokenAtOnce()
    {
        Assert.False(_rule.IsExceeded(1000, 5, ref _since));
        Assert.True(_rule.IsExceeded(1001, 5, ref _since));
    }

    [Fact]
    public void Queue_beyondTheSoftMarkForTooLong_isBroken()
    {
        Assert.False(_rule.IsExceeded(101, 1000, ref _since));
        Assert.False(_rule.IsExceeded(101, 1049, ref _since));
        Assert.Equal(1000, _since);
        Assert.True(_rule.IsExceeded(101, 1050, ref _since));
    }

    [Fact]
    public void Queue_backAtTheSoftMark_beginsAnew()
    {
        Assert.False(_rule.IsExceeded(500, 1000, ref _since));
        Assert.False(_rule.IsExceeded(100, 1049, ref _since));
        Assert.Equal(-1, _since);
        Assert.False(_rule.IsExceeded(101, 1060, ref _since));
        Assert.False(_rule.IsExceeded(101, 1109, ref _since));
        Assert.True(_rule.IsExceeded(101, 1110, ref _since));
    }

    [Fact]
    public void Rule_byDefault_hasTheseMarks()
    {
        var rule = new SlowConsumerRule();
        Assert.Equal((1024L * 1024, 256L * 1024, 10_000), (rule.HardBytes, rule.SoftBytes, rule.SoftMs));
    }
}
