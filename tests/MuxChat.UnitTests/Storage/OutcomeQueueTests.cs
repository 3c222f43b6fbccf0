using MuxChat.Core.Chat.History;
using MuxChat.Storage;

namespace MuxChat.UnitTests.Storage;

/// <summary>The outcomes that the loop has not taken yet.</summary>
public sealed class OutcomeQueueTests
{
    [Fact]
    public void Neighbours_of_one_kind_are_one_and_others_keep_their_order()
    {
        var queue = new OutcomeQueue();
        queue.Add(2, JournalStatus.Stored);
        queue.Add(5, JournalStatus.Stored);
        queue.Add(6, JournalStatus.Full);
        queue.Add(9, JournalStatus.Stored);

        Assert.Equal([new(5, JournalStatus.Stored), new(6, JournalStatus.Full), new(9, JournalStatus.Stored)], Taken(queue));
        Assert.Equal(9, queue.UpTo);
    }

    [Fact]
    public void Events_that_are_not_stored_are_counted_one_by_one()
    {
        var queue = new OutcomeQueue();
        queue.Add(2, JournalStatus.Stored);
        queue.Add(6, JournalStatus.Full);
        queue.Add(6, JournalStatus.Failed);
        queue.Add(7, JournalStatus.Stored);
        queue.Add(10, JournalStatus.Failed);
        Assert.Equal(7, queue.NotStored);
        Taken(queue);
        Assert.Equal(7, queue.NotStored);
    }

    [Fact]
    public void What_was_taken_is_not_added_to()
    {
        var queue = new OutcomeQueue();
        queue.Add(2, JournalStatus.Stored);
        queue.Add(3, JournalStatus.Full);
        Assert.True(queue.TryTake(out _));
        queue.Add(4, JournalStatus.Full);
        Assert.Equal([new(4, JournalStatus.Full)], Taken(queue));

        queue.Add(5, JournalStatus.Full);
        Assert.Equal([new(5, JournalStatus.Full)], Taken(queue));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(6)]
    public void An_event_has_one_outcome_and_the_first_counts(long again)
    {
        var queue = new OutcomeQueue();
        queue.Add(7, JournalStatus.Stored);
        queue.Add(again, JournalStatus.Failed);

        Assert.Equal([new(7, JournalStatus.Stored)], Taken(queue));
        Assert.Equal(7, queue.UpTo);
    }

    private static List<JournalOutcome> Taken(OutcomeQueue queue)
    {
        var taken = new List<JournalOutcome>();
        while (queue.TryTake(out var outcome))
        {
            taken.Add(outcome);
        }

        return taken;
    }
}
