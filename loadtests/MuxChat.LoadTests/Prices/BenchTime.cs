namespace MuxChat.LoadTests.Prices;

/// <summary>A clock that stands still until it is moved on.</summary>
internal sealed class BenchTime : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _milliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMilliseconds(_milliseconds);

    public void Advance(long milliseconds) => _milliseconds += milliseconds;
}
