using MuxChat.LoadTests.Audit;

namespace MuxChat.UnitTests.LoadTests.Audit;

public class LedgerTests
{
    [Fact]
    public void Lines_in_order_are_delivered_and_nothing_else()
    {
        var counts = CountsOf([0, 1, 2, 3, 4], sent: 5);
        Assert.Equal(new AuditCounts { Delivered = 5 }, counts);
        Assert.True(counts.IsClean);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3, 4 }, 1)]
    [InlineData(new[] { 0, 1, 3, 4 }, 1)]
    [InlineData(new[] { 0, 1, 2, 3 }, 1)]
    [InlineData(new[] { 0, 4 }, 3)]
    [InlineData(new int[0], 5)]
    public void Line_that_never_came_is_lost(int[] came, int lost) =>
        Assert.Equal(new AuditCounts { Delivered = came.Length, Lost = lost }, CountsOf(came, sent: 5));

    [Theory]
    [InlineData(new[] { 0, 0, 1, 2 }, 1)]
    [InlineData(new[] { 0, 1, 2, 2, 2 }, 2)]
    [InlineData(new[] { 0, 1, 2, 0 }, 1)]
    public void Line_that_came_before_is_a_duplicate_and_no_delivery(int[] came, int duplicated) =>
        Assert.Equal(new AuditCounts { Delivered = 3, Duplicated = duplicated }, CountsOf(came, sent: 3));

    [Theory]
    [InlineData(new[] { 1, 0, 2, 3 }, 1)]
    [InlineData(new[] { 0, 1, 3, 2 }, 1)]
    [InlineData(new[] { 1, 0, 3, 2 }, 2)]
    [InlineData(new[] { 3, 0, 1, 2 }, 3)]
    [InlineData(new[] { 1, 2, 3, 0 }, 1)]
    public void Line_that_comes_after_a_later_one_is_reordered_and_not_lost(int[] came, int reordered) =>
        Assert.Equal(new AuditCounts { Delivered = 4, Reordered = reordered }, CountsOf(came, sent: 4));

    [Fact]
    public void Line_that_came_spoilt_is_corrupted_and_not_lost_as_well()
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 0);
        ledger.Note(0, 0);
        ledger.NoteSpoilt();
        ledger.Note(0, 2);
        ledger.Close([4]);
        Assert.Equal(new AuditCounts { Delivered = 2, Corrupted = 1, Lost = 1 }, counts);
    }

    [Fact]
    public void Line_that_came_spoilt_and_whole_as_well_takes_no_loss_away()
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 0);
        ledger.NoteSpoilt();
        ledger.Note(0, 0);
        ledger.Close([1]);
        Assert.Equal(new AuditCounts { Delivered = 1, Corrupted = 1 }, counts);
    }

    [Fact]
    public void Line_of_a_sender_that_is_not_expected_here_is_corrupted()
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 0);
        ledger.Note(0, 0);
        ledger.Note(1, 0);
        ledger.Note(7, 5);
        ledger.Close([2, 1]);
        Assert.Equal(new AuditCounts { Delivered = 1, Corrupted = 2, Lost = 1 }, counts);
    }

    [Fact]
    public void Sender_that_is_expected_from_a_number_on_owes_none_before_it()
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 10);
        ledger.Note(0, 10);
        ledger.Note(0, 9);
        ledger.Close([12]);
        Assert.Equal(new AuditCounts { Delivered = 1, Duplicated = 1, Lost = 1 }, counts);
    }

    [Fact]
    public void Senders_have_their_numbers_each()
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 0);
        ledger.Expect(1, 0);
        foreach (var (sender, number) in ((int, int)[])[(0, 0), (1, 0), (1, 1), (0, 1), (0, 2)])
        {
            ledger.Note(sender, number);
        }

        ledger.Close([3, 2]);
        Assert.Equal(new AuditCounts { Delivered = 5 }, counts);
        Assert.True(ledger.IsWhole);
    }

    [Theory]
    [InlineData(nameof(AuditCounts.Lost))]
    [InlineData(nameof(AuditCounts.Duplicated))]
    [InlineData(nameof(AuditCounts.Reordered))]
    [InlineData(nameof(AuditCounts.Corrupted))]
    [InlineData(nameof(AuditCounts.Refused))]
    public void Counts_with_any_one_fault_are_not_clean(string fault)
    {
        var counts = new AuditCounts { Delivered = 1000 };
        Assert.True(counts.IsClean);
        typeof(AuditCounts).GetProperty(fault)!.SetValue(counts, 1L);
        Assert.False(counts.IsClean);

        var sum = new AuditCounts();
        sum.Add(counts);
        sum.Add(counts);
        Assert.Equal(2000, sum.Delivered);
        Assert.Equal(2L, typeof(AuditCounts).GetProperty(fault)!.GetValue(sum));
    }

    private static AuditCounts CountsOf(int[] came, int sent)
    {
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        ledger.Expect(0, 0);
        Array.ForEach(came, number => ledger.Note(0, number));
        ledger.Close([sent]);
        return counts;
    }
}
