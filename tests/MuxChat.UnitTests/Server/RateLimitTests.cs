using Microsoft.Extensions.Time.Testing;
using MuxChat.Server.Logging;

namespace MuxChat.UnitTests.Server;

/// <summary>What keeps a log from being flooded by one cause.</summary>
public sealed class RateLimitTests
{
    private readonly FakeTimeProvider _time = Clocks.Create();

    [Fact]
    public void So_many_pass_in_an_interval_and_the_next_one_says_how_many_did_not()
    {
        var limit = new RateLimit(_time, TimeSpan.FromMinutes(1), max: 2);
        Assert.Equal([0, 0, -1, -1, -1], [Try(limit), Try(limit), Try(limit), Try(limit), Try(limit)]);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(-1, Try(limit));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([4, 0, -1], [Try(limit), Try(limit), Try(limit)]);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([1, 0, -1], [Try(limit), Try(limit), Try(limit)]);
    }

    [Fact]
    public void An_interval_begins_with_the_first_that_passes()
    {
        var limit = new RateLimit(_time, TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(0, Try(limit));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(-1, Try(limit));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Try(limit));
    }

    /// <summary>How many were held back before the one that passes; -1 for one that does not.</summary>
    private static long Try(RateLimit limit) => limit.TryPass(out var suppressed) ? suppressed : -1;
}
