using CsCheck;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

public sealed class TimerQueueTests
{
    private static readonly Gen<(int Entry, int Do, int Ms)[]> Steps =
        Gen.Select(Gen.Int[0, 59], Gen.Int[0, 7], Gen.Int[0, 499]).Array[0, 500];

    [Fact]
    public void Queue_anySteps_isWhatASortedListIs() => Property.Holds(Steps, AssertIsWhatASortedListIs, samples: 200);

    [Fact]
    public void TryTakeDue_notDueYet_takesNothing()
    {
        var queue = new TimerQueue();
        var entry = new TimerQueue.Entry();
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
        var entry = new TimerQueue.Entry();
        queue.Schedule(entry, 1);
        Assert.True(queue.TryTakeDue(1, out _));
        queue.Schedule(entry, 2);
        Assert.Equal((1, 2L), (queue.Count, queue.NextDueMs));
    }

    private static void AssertIsWhatASortedListIs((int Entry, int Do, int Ms)[] steps)
    {
        var queue = new TimerQueue();
        var entries = Enumerable.Range(0, 60).Select(static _ => new TimerQueue.Entry()).ToArray();
        var model = new Dictionary<TimerQueue.Entry, long>();
        var nowMs = 0L;
        foreach (var (which, what, ms) in steps)
        {
            var entry = entries[which];
            switch (what)
            {
                case 0 or 1 or 2 or 3:
                    queue.Schedule(entry, nowMs + ms);
                    model[entry] = nowMs + ms;
                    break;
                case 4:
                    queue.Cancel(entry);
                    model.Remove(entry);
                    break;
                default:
                    nowMs += ms / 40;
                    TakeDue(queue, model, nowMs);
                    break;
            }

            Assert.Equal((model.Count, model.Count == 0 ? long.MaxValue : model.Values.Min()), (queue.Count, queue.NextDueMs));
            Assert.Equal((model.ContainsKey(entry), model.GetValueOrDefault(entry)),
                (entry.IsScheduled, entry.IsScheduled ? entry.DueMs : 0));
        }

        TakeDue(queue, model, long.MaxValue - 1);
        Assert.Equal((0, long.MaxValue), (queue.Count, queue.NextDueMs));
    }

    private static void TakeDue(TimerQueue queue, Dictionary<TimerQueue.Entry, long> model, long nowMs)
    {
        var lastMs = long.MinValue;
        while (queue.TryTakeDue(nowMs, out var taken))
        {
            Assert.True(model.Remove(taken, out var dueMs), "What is taken was not scheduled.");
            Assert.InRange(dueMs, lastMs, nowMs);
            lastMs = dueMs;
        }

        Assert.DoesNotContain(model.Values, due => due <= nowMs);
    }
}
