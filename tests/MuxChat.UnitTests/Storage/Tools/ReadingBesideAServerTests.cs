using MuxChat.Storage;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Tools;

/// <summary>Checking and printing a journal while a server uses it: both only read, and neither is in the other's way.</summary>
public sealed class ReadingBesideAServerTests
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000, BatchBytes = 1 };

    [Fact]
    public void Check_of_a_journal_in_use_reads_it_and_says_that_its_end_is_not_clean()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Store(1, 2);
        var check = JournalDirectory.Check(disk);
        Assert.False(check.IsClean);
        Assert.Equal(2, check.Events);
    }

    [Fact]
    public void Server_can_start_while_a_journal_is_checked_or_printed()
    {
        var disk = Written();
        var locks = 0;
        disk.Faults.Failing = call =>
        {
            if (call.StartsWith("open ", StringComparison.Ordinal))
            {
                Assert.True(disk.Lock(out var held).IsOk, "the lock is taken at " + call);
                held!.Dispose();
                locks++;
            }

            return null;
        };
        Assert.Null(JournalDirectory.Check(disk).Unreadable);
        Assert.Null(JournalDirectory.Dump(disk, [], (in past) => true).Trouble);
        Assert.Equal(12, locks);
    }

    [Fact]
    public void Reading_leaves_nothing_in_the_directory()
    {
        using var directory = new TestDirectory();
        Rig.Open(directory.Disk).Session.Close();
        File.Delete(directory["lock"]);
        Assert.Null(JournalDirectory.Check(directory.Disk).Unreadable);
        Assert.Null(JournalDirectory.Dump(directory.Disk, [], (in past) => true).Trouble);
        Assert.Equal([directory["00000001.journal"]], Directory.GetFiles(directory.Path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Check_passes_over_segments_that_retention_deletes_meanwhile(int deleted)
    {
        var disk = Written();
        DeleteWhenRead(disk, 1, upTo: deleted);
        var check = JournalDirectory.Check(disk);
        Assert.Null(check.Unreadable);
        Assert.Empty(check.Damages);
        Assert.Equal(6 - deleted, check.Segments);
        Assert.True(check.IsClean);

        // Those before it had been read when it went.
        disk = Written();
        DeleteWhenRead(disk, deleted, upTo: deleted);
        check = JournalDirectory.Check(disk);
        Assert.Null(check.Unreadable);
        Assert.Empty(check.Damages);
        Assert.Equal(5, check.Segments);
    }

    [Fact]
    public void Segment_that_is_gone_while_an_older_one_is_there_was_not_taken_by_retention()
    {
        var disk = Written();
        DeleteWhenRead(disk, 3, upTo: 3, from: 3);
        Assert.Contains("00000003.journal: there is no such file", JournalDirectory.Check(disk).Unreadable, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 11)]
    [InlineData(3, 7)]
    public void Dump_passes_over_segments_that_retention_deletes_meanwhile(int deleted, int min)
    {
        var disk = Written();
        DeleteWhenRead(disk, 1, upTo: deleted);
        var numbers = new List<long>();
        var dump = JournalDirectory.Dump(disk, [], (in past) =>
        {
            numbers.Add(past.Seq);
            return true;
        });
        Assert.Null(dump.Trouble);
        Assert.InRange(numbers.Count, min - 2, 11);
        Assert.Equal(12, numbers[^1]);
    }

    // Deletes the segments up to one when a certain one is about to be opened.
    private static void DeleteWhenRead(MemoryDisk disk, int read, int upTo, int from = 1) => disk.Faults.Failing = call =>
    {
        for (var number = from; call == $"open {read:D8}.journal" && number <= upTo; number++)
        {
            disk.Remove($"{number:D8}.journal");
        }

        return null;
    };

    // Twelve events in six segments.
    private static MemoryDisk Written()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        for (var seq = 1L; seq <= 12; seq++)
        {
            rig.Store(seq);
        }

        rig.Session.Close();
        Assert.Equal(6, disk.Names.Count(name => name.EndsWith(".journal", StringComparison.Ordinal)));
        return disk;
    }
}
