using Microsoft.Extensions.Time.Testing;

namespace MuxChat.UnitTests;

/// <summary>The clock of the tests, which stands still until a test moves it, in milliseconds as the chat counts them.</summary>
internal static class Clocks
{
    /// <summary>A clock that stands at 10 in the morning of 21 November 2026 (UTC), for tests in which a date is shown.</summary>
    public static FakeTimeProvider Create() => new(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));

    extension(FakeTimeProvider time)
    {
        /// <summary>Milliseconds since the clock was made.</summary>
        public long NowMs => (time.GetUtcNow() - time.Start).Ticks / TimeSpan.TicksPerMillisecond;

        public void AdvanceMs(long milliseconds) => time.Advance(new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond));
    }
}
