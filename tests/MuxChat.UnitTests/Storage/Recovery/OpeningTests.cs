using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Recovery;

/// <summary>Opening what was written.</summary>
public sealed class OpeningTests
{
    [Fact]
    public void Empty_directory_is_clean_and_has_no_events()
    {
        var rig = Rig.Open(new MemoryDisk());
        Assert.Equal(JournalOpeningStatus.Opened, rig.Opening.Status);
        Assert.True(rig.Session.WasClean);
        Assert.Equal(0, rig.Session.Events);
        Assert.Empty(rig.Sink.Lines);
    }

    [Fact]
    public void Events_come_back_in_order_after_a_clean_end()
    {
        var disk = new MemoryDisk();
        var first = Rig.Open(disk);
        Assert.Equal(JournalStatus.Stored, first.Store(1, 2, 3));
        Assert.Equal(JournalStatus.Stored, first.Store(4));
        first.Session.Close();

        var second = Rig.Open(disk);
        Assert.True(second.Session.WasClean);
        Assert.Equal([1, 2, 3, 4], second.Sink.Numbers);
        Assert.Equal(4, second.Session.Events);
        Assert.Equal(new Line("#a", 2, "text 2"), second.Sink.Lines[1]);
        Assert.Empty(second.Observer.Lines);
    }

    [Fact]
    public void Journal_that_was_not_closed_is_not_clean_and_has_all_events()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Store(1, 2, 3);
        var second = Rig.Open(disk.Copy());
        Assert.False(second.Session.WasClean);
        Assert.Equal([1, 2, 3], second.Sink.Numbers);
    }

    // A server that ended between making a segment and making its name durable leaves a name that only the system's memory holds.
    [Fact]
    public void Name_of_the_newest_segment_is_durable_before_anything_is_stored_in_it()
    {
        var disk = new MemoryDisk();
        var options = new JournalOptions { SegmentBytes = 100 };
        var first = Rig.Open(disk, options);
        first.Store(1);
        var segments = Segments(disk);
        disk.Faults.Fail("syncdir");
        Assert.Equal(JournalStatus.Failed, first.Store(2));
        first.Session.Close();
        disk.Faults.Failing = null;
        Assert.Equal(segments + 1, Segments(disk));

        Assert.Equal(JournalStatus.Stored, Rig.Open(disk, options).Store(3));
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Equal([1, 3], Rig.Open(disk.AfterPowerLoss(new Random(seed)), options).Sink.Numbers);
        }
    }

    [Fact]
    public void Interruption_is_told_at_its_place_through_any_number_of_clean_ends()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Store(1, 2);
        disk = disk.Copy();
        var silent = Rig.Open(disk);
        Assert.False(silent.Session.WasClean);
        silent.Session.Close();
        var speaking = Rig.Open(disk);
        Assert.True(speaking.Session.WasClean);
        Assert.Equal([2], speaking.Sink.InterruptedBehind);
        speaking.Store(3);
        speaking.Session.Close();

        var last = Rig.Open(disk);
        Assert.True(last.Session.WasClean);
        Assert.Equal([1, 2, 3], last.Sink.Numbers);
        Assert.Equal([2], last.Sink.InterruptedBehind);
    }

    [Fact]
    public void Interruption_in_an_older_segment_is_told_at_its_place()
    {
        var disk = new MemoryDisk();
        var options = new JournalOptions { SegmentBytes = 300 };
        Rig.Open(disk, options).Store(1);
        disk = disk.Copy();
        var second = Rig.Open(disk, options);
        second.Store(2);
        second.Store(3);
        second.Store(4);
        second.Session.Close();
        Assert.Contains("00000002.journal", disk.Names);
        Assert.Equal([1], Rig.Open(disk, options).Sink.InterruptedBehind);
    }

    [Fact]
    public void Start_alone_makes_a_clean_journal_unclean_durably()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Session.Close();
        Assert.True(Rig.Open(disk).Session.WasClean);
        Assert.False(Rig.Open(disk.AfterPowerLoss(new Random(1))).Session.WasClean);
    }

    [Fact]
    public void Second_opener_is_refused_until_the_first_has_closed()
    {
        var disk = new MemoryDisk();
        var first = Rig.Open(disk);
        var second = Rig.Open(disk);
        Assert.Equal(JournalOpeningStatus.InUse, second.Opening.Status);
        Assert.Contains("another server", second.Opening.Message, StringComparison.Ordinal);
        first.Session.Close();
        Assert.Equal(JournalOpeningStatus.Opened, Rig.Open(disk).Opening.Status);
    }

    private static int Segments(MemoryDisk disk) => disk.Names.Count(static name => name.EndsWith(".journal", StringComparison.Ordinal));
}
