using MuxChat.LoadTests.Audit;

namespace MuxChat.UnitTests.LoadTests.Audit;

public class RoomOrderTests
{
    private static readonly (int Sender, int Number)[] Said = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0)];

    [Fact]
    public void Receivers_that_heard_the_same_order_are_clean() => Assert.Equal(0, Reordered(Said, Said, Said));

    [Fact]
    public void Lines_of_two_senders_that_changed_places_are_noticed()
    {
        (int, int)[] swapped = [(1, 0), (0, 0), (0, 1), (1, 1), (2, 0)];
        Assert.Equal(1, Reordered(Said, swapped, Said, Said));
        Assert.Equal(2, Reordered(Said, swapped, swapped, Said, Said));
    }

    [Fact]
    public void Every_receiver_with_an_order_of_its_own_counts_but_one()
    {
        (int, int)[] first = [(1, 0), (0, 0), (0, 1), (1, 1), (2, 0)];
        (int, int)[] last = [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1)];
        Assert.Equal(2, Reordered(Said, first, last));
    }

    [Fact]
    public void Receiver_in_whose_book_something_else_is_wrong_is_not_counted_again()
    {
        (int, int)[] lossy = [(0, 0), (0, 1), (1, 1), (2, 0)];
        (int, int)[] doubled = [(0, 0), (0, 0), (1, 0), (0, 1), (1, 1), (2, 0)];
        Assert.Equal(0, Reordered(Said, lossy, Said));
        Assert.Equal(0, Reordered(Said, doubled, Said));
    }

    [Fact]
    public void Receivers_of_different_senders_are_not_compared()
    {
        var counts = new AuditCounts();
        var all = BookOf(counts, [0, 1, 2], Said);
        var exceptFirst = BookOf(counts, [1, 2], [.. Said.Where(line => line.Sender != 0)]);
        var exceptSecond = BookOf(counts, [0, 2], [.. Said.Where(line => line.Sender != 1)]);
        RoomOrder.Compare([all, exceptFirst, exceptSecond], counts);
        Assert.True(counts.IsClean);
    }

    private static long Reordered(params (int Sender, int Number)[][] heard)
    {
        var counts = new AuditCounts();
        var books = heard.Select(lines => BookOf(counts, [0, 1, 2], lines)).ToList();
        var before = counts.Reordered;
        RoomOrder.Compare(books, counts);
        return counts.Reordered - before;
    }

    private static Ledger BookOf(AuditCounts counts, int[] senders, (int Sender, int Number)[] heard)
    {
        var ledger = new Ledger(counts);
        Array.ForEach(senders, sender => ledger.Expect(sender, 0));
        Array.ForEach(heard, line => ledger.Note(line.Sender, line.Number));
        ledger.Close([2, 2, 1]);
        return ledger;
    }
}
