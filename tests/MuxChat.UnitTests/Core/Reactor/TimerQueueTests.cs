using MuxChat.Core.Reactor;

namespace MuxChat.UnitTests.Core.Reactor;

public sealed class TimerQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Queue_randomSteps_isWhatASortedListIs(int seed)
    {
        var random = new Random(seed);
        var queue = new TimerQueue();
        var entries = Enumerable.Range(0, 300).Select(static _ => new TimerEntry()).ToArray();
        var model = new Dictionary<TimerEntry, long>();
        var nowMs = 0L;
        for (var step = 0; step < 20_000; step++)
        {
            var entry = entries[random.Next(entries.Length)];
            switch (random.Next(8))
            {
                case 0 or 1 or 2 or 3:
                    var dueMs = nowMs + random.Next(0, 500);
                    queue.Schedule(entry, dueMs);
                    model[entry] = dueMs;
                    break;
                case 4:
                    queue.Cancel(entry);
                    model.Remove(entry);
                    break;
                default:
                    nowMs += random.Next(0, 12);
                    TakeDue(queue, model, nowMs, $"seed {seed}, step {step}");
                    break;
            }

            var isSame = queue.Count == model.Count
                && queue.NextDueMs == (model.Count == 0 ? long.MaxValue : model.Values.Min())
                && entry.IsScheduled == model.ContainsKey(entry)
                && (!entry.IsScheduled || entry.DueMs == model[entry]);
            Assert.True(isSame, $"seed {seed}, step {step}");
        }

        TakeDue(queue, model, long.MaxValue - 1, $"seed {seed}, end");
        Assert.Equal((0, long.MaxValue), (queue.Count, queue.NextDueMs));
    }

    [Fact]
    public void TryTakeDue_notDueYet_takesNothing()
    {
        var queue = new TimerQueue();
        var entry = new TimerEntry();
        queue.Schedule(entry, 100);
        Assert.False(queue.TryTakeDue(99, out _));
        Assert.True(queue.TryTakeDue(100, out var taken));
        Assert.Same(entry, taken);
        Assert.False(entry.IsScheduled);
        queue.Cancel(entry);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Schedule_againWhileTaken_isAllowed()
    {
        var queue = new TimerQueue();
        var entry = new TimerEntry();
        queue.Schedule(entry, 1);
        Assert.True(queue.TryTakeDue(1, out _));
        queue.Schedule(entry, 2);
        Assert.Equal((1, 2L), (queue.Count, queue.NextDueMs));
    }

    private static void TakeDue(TimerQueue queue, Dictionary<TimerEntry, long> model, long nowMs, string when)
    {
        var lastMs = long.MinValue;
        while (queue.TryTakeDue(nowMs, out var taken))
        {
            Assert.True(model.Remove(taken, out var dueMs) && dueMs >= lastMs && dueMs <= nowMs, when);
            lastMs = dueMs;
        }

        Assert.True(model.Values.All(due => due > nowMs), when);
    }
}
