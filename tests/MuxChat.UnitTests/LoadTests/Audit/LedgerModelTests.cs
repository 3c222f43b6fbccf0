using CsCheck;
using MuxChat.LoadTests.Audit;

namespace MuxChat.UnitTests.LoadTests.Audit;

/// <summary>A book against a model that is slow and plain: it keeps everything that came and looks at all of it.</summary>
public class LedgerModelTests
{
    private const int Senders = 4;

    // What a connection that loses, doubles, swaps and spoils makes of a line, and how far before the end of all that came it puts it.
    private static readonly Gen<(int Sender, Fault Fault, int Before)[]> Lines = Gen.Select(
        Gen.Int[0, Senders - 1],
        Gen.Frequency((95, Fault.None), (1, Fault.Lost), (1, Fault.Doubled), (1, Fault.Spoilt), (1, Fault.OfAStranger)),
        Gen.Frequency((95, Gen.Const(0)), (5, Gen.Int[0, 300]))).Array[0, 240];

    private enum Fault
    {
        None,
        Lost,
        Doubled,
        Spoilt,
        OfAStranger,
    }

    [Fact]
    public void Ledger_after_any_mangling_counts_what_the_model_counts()
    {
        var all = new AuditCounts();
        Property.Holds(Lines, lines => all.Add(AssertCountsWhatTheModelCounts(lines)), samples: 500);
        Assert.True(all is { Delivered: > 50_000, Lost: > 300, Duplicated: > 300, Reordered: > 1_000, Corrupted: > 600 },
            $"too little was mangled: {all}");
    }

    private static AuditCounts AssertCountsWhatTheModelCounts((int Sender, Fault Fault, int Before)[] lines)
    {
        var sent = new int[Senders];
        var came = Mangle(lines, sent);
        var counts = new AuditCounts();
        var ledger = new Ledger(counts);
        Enumerable.Range(0, Senders).ToList().ForEach(sender => ledger.Expect(sender, 0));
        foreach (var (sender, number) in came)
        {
            Tell(ledger, sender, number);
        }

        ledger.Close(sent);
        Assert.Equal(Model(came, sent.Sum()), counts);
        Assert.Equal(counts.IsClean, ledger.IsWhole);
        return counts;
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

    // A spoilt line is (-1, 0).
    private static List<(int Sender, int Number)> Mangle((int Sender, Fault Fault, int Before)[] lines, int[] sent)
    {
        var came = new List<(int Sender, int Number)>();
        foreach (var (sender, fault, before) in lines)
        {
            var line = (sender, sent[sender]++);
            came.InsertRange(Math.Max(0, came.Count - before), fault switch
            {
                Fault.Lost => [],
                Fault.Doubled => [line, line],
                Fault.Spoilt => [(-1, 0)],
                Fault.OfAStranger => [line, (Senders + 1, 0)],
                _ => [line],
            });
        }

        return came;
    }

    private static AuditCounts Model(List<(int Sender, int Number)> came, int sent)
    {
        var ours = came.Where(line => line.Sender is >= 0 and < Senders).ToList();
        var absent = sent - ours.Distinct().Count();
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
