using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;

namespace MuxChat.UnitTests.Storage.Support;

/// <summary>A journal that was opened on a disk, both sides on one thread: the test says when the writer works.</summary>
internal sealed class Rig
{
    // As small as a batch may be: tests open thousands of journals.
    private static readonly JournalOptions Small = new() { BatchBytes = 1 };

    private Rig(FakeTimeProvider clock) => Clock = clock;

    public FakeTimeProvider Clock { get; }

    public LineSink Sink { get; } = new();

    public ObserverLog Observer { get; } = new();

    public required JournalOpening Opening { get; set; }

    public JournalSession Session => Opening.Session ?? throw new InvalidOperationException(Opening.Message);

    public Journal Journal => Session.Journal;

    public static Rig Open(IDisk disk, JournalOptions? options = null, FakeTimeProvider? clock = null)
    {
        var rig = new Rig(clock ?? new()) { Opening = null! };
        rig.Opening = JournalOpener.Open(disk, options ?? Small, rig.Sink, rig.Observer, rig.Clock);
        return rig;
    }

    /// <summary>Spoils the first batch of a journal that is not open, and repairs the journal.</summary>
    public static void SpoilAndRepair(MemoryDisk disk)
    {
        const string First = "00000001.journal";
        var bytes = disk[First];
        bytes[SegmentHeader.Bytes + 3] ^= 1;
        disk[First] = bytes;
        Assert.Null(JournalDirectory.Repair(disk).Refused);
    }

    /// <summary>Appends lines with these numbers to #a, as one batch, and returns the outcome of the last one.</summary>
    public JournalStatus Store(params long[] numbers)
    {
        foreach (var number in numbers)
        {
            new Line("#a", number, "text " + number).AppendTo(Journal);
        }

        return Pump()[^1].Status;
    }

    /// <summary>Lets the writer work until nothing waits, and takes the outcomes.</summary>
    public List<JournalOutcome> Pump()
    {
        var outcomes = new List<JournalOutcome>();
        do
        {
            Journal.Submit();
            Work();
            while (Journal.TryTakeOutcome(out var outcome))
            {
                outcomes.Add(outcome);
            }
        }
        while (Journal.HasWaiting);
        return outcomes;
    }

    /// <summary>Lets the writer do everything there is to do.</summary>
    public void Work()
    {
        for (var steps = 0; Session.Writer.Step(); steps++)
        {
            Assert.True(steps < 1_000_000, "the writer finds no end");
        }
    }
}
