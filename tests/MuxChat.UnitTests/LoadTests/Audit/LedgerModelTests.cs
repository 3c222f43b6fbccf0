using MuxChat.LoadTests.Audit;

namespace MuxChat.UnitTests.LoadTests.Audit;

/// <summary>A book against a model that is slow and plain: it keeps everything that came and looks at all of it.</summary>
public class LedgerModelTests
{
    private const int Senders = 4;
    private const int LinesEach = 60;

    [Fact]
    public void Ledger_after_random_mangling_counts_what_the_model_counts()
    {
        var faults = new AuditCounts();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var came = Mangle(random, mangledIn100: seed % 4 == 0 ? 0 : 5);
            var counts = new AuditCounts();
            var ledger = new Ledger(counts);
            Enumerable.Range(0, Senders).ToList().ForEach(sender => ledger.Expect(sender, 0));
            foreach (var (sender, number) in came)
            {
                Tell(ledger, sender, number);
            }

            ledger.Close([.. Enumerable.Repeat(LinesEach, Senders)]);
            Assert.Equal(Model(came), counts);
            Assert.Equal(counts.IsClean, ledger.IsWhole);
            faults.Add(counts);
        }

        Assert.True(faults is { Lost: > 100, Duplicated: > 100, Reordered: > 100, Corrupted: > 100 }, $"too little was mangled: {faults}");
    }

    private static void Tell(Ledger ledger, int sender, int number)
    {
        if (sender < 0)
        {
            ledger.NoteSpoilt();
        }
        else
        {
            ledger.Note(sender, number);
        }
    }

    // What a connection that loses, doubles, swaps and spoils makes of the lines; a spoilt one is (-1, 0).
    private static List<(int Sender, int Number)> Mangle(Random random, int mangledIn100)
    {
        var next = new int[Senders];
        var came = new List<(int Sender, int Number)>();
        while (next.Any(number => number < LinesEach))
        {
            var sender = random.Next(Senders);
            if (next[sender] == LinesEach)
            {
                continue;
            }

            var line = (sender, next[sender]++);
            (int, int)[] mangled = random.Next(100) >= mangledIn100
                ? [line]
                : random.Next(5) switch { 0 => [], 1 => [line, line], 2 => [(-1, 0)], 3 => [line, (Senders + 1, 0)], _ => [line] };
            came.InsertRange(random.Next(100) < mangledIn100 ? random.Next(came.Count + 1) : came.Count, mangled);
        }

        return came;
    }

    private static AuditCounts Model(List<(int Sender, int Number)> came)
    {
        var ours = came.Where(line => line.Sender is >= 0 and < Senders).ToList();
        var absent = (Senders * LinesEach) - ours.Distinct().Count();
        var spoilt = came.Count(line => line.Sender < 0);
        return new AuditCounts
        {
            Delivered = ours.Distinct().Count(),
            Duplicated = ours.Count - ours.Distinct().Count(),
            Reordered = ours.Distinct().Count(line => IsLate(ours, line)),
            Corrupted = spoilt + came.Count(line => line.Sender > Senders),
            Lost = Math.Max(0, absent - spoilt),
        };
    }

    private static bool IsLate(List<(int Sender, int Number)> ours, (int Sender, int Number) line) =>
        ours.Take(ours.IndexOf(line)).Any(before => before.Sender == line.Sender && before.Number > line.Number);
}
