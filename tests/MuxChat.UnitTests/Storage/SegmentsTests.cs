using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>Many segments: when a new one begins, how long old ones stay, what is missing or damaged among them.</summary>
public sealed class SegmentsTests
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000 };

    [Fact]
    public void Full_segment_is_synced_before_the_next_is_made_and_that_before_it_is_used()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { Durability = Durability.None });
        rig.Store(1, 2, 3);
        rig.Work();
        disk.Log.Clear();
        rig.Store(4, 5, 6);
        Assert.Equal(
            ["sync 00000001.journal", "create 00000002.journal", "write 00000002.journal", "sync 00000002.journal", "syncdir",
                "write 00000002.journal"],
            disk.Log.Take(6));
        Assert.Equal(["create 00000001.index", "write 00000001.index"], disk.Log.Skip(6));
        Assert.Equal([1, 2, 3, 4, 5, 6], Rig.Open(disk.Copy(), Small).Sink.Numbers);
    }

    [Fact]
    public void Oldest_segments_are_deleted_when_all_take_too_much_and_never_the_current_one()
    {
        var disk = new MemoryDisk();
        var options = Small with { RetainBytes = 1000 };
        var rig = Rig.Open(disk, options);
        for (var seq = 1L; seq <= 40; seq++)
        {
            rig.Store(seq);
            rig.Work();
            Assert.InRange(disk.Names.Where(name => name.EndsWith(".journal", StringComparison.Ordinal)).Sum(name => disk[name].Length), 0,
                1000);
        }

        var deleted = rig.Observer.Lines.Count(line => line.StartsWith("deleted", StringComparison.Ordinal));
        Assert.Equal(16, deleted);
        Assert.DoesNotContain("00000001.journal", disk.Names);
        Assert.DoesNotContain("00000001.index", disk.Names);
        var again = Rig.Open(disk.Copy(), options);
        Assert.Equal(40, again.Sink.Numbers.Last());
        Assert.Equal(again.Sink.Numbers,
            Enumerable.Range((int)again.Sink.Numbers.First(), again.Sink.Lines.Count).Select(seq => (long)seq));

        // One event that takes more than everything may is kept all the same.
        new Line("#a", 41, new string('x', 5000)).AppendTo(rig.Journal);
        rig.Pump();
        rig.Work();
        Assert.Equal([41], Rig.Open(disk.Copy(), options).Sink.Numbers);
    }

    [Fact]
    public void Oldest_segments_are_deleted_also_when_a_batch_always_waits()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 1000 });
        for (var seq = 1L; seq <= 100; seq++)
        {
            new Line("#a", seq, "text").AppendTo(rig.Journal);
            rig.Journal.Submit();
            rig.Session.Writer.Step();
        }

        Assert.InRange(disk.Names.Where(name => name.EndsWith(".journal", StringComparison.Ordinal)).Sum(name => disk[name].Length), 1,
            1600);
    }

    [Fact]
    public void Segment_is_deleted_once_all_its_events_are_too_old_even_if_nobody_says_anything()
    {
        var disk = new MemoryDisk();
        var options = Small with { RetainFor = TimeSpan.FromDays(2) };
        var rig = Rig.Open(disk, options);
        rig.Session.Close();
        StoreNow(rig = Rig.Open(disk, options, rig.Clock), 1);
        rig.Clock.Advance(TimeSpan.FromDays(1));
        StoreNow(rig, 2);
        rig.Work();
        Assert.Contains("00000001.journal", disk.Names);
        Assert.Contains("00000002.journal", disk.Names);
        rig.Clock.AdvanceMs((long)TimeSpan.FromDays(1).TotalMilliseconds + 1);
        Assert.True(rig.Session.Writer.Step());
        rig.Work();
        Assert.Equal("deleted /memory/00000001.journal", rig.Observer.Lines[0].Split(':')[0]);
        Assert.Equal([2], Rig.Open(disk.Copy(), options, rig.Clock).Sink.Numbers);
    }

    [Theory]
    [InlineData(253_402_300_799_999)]
    [InlineData(-62_135_596_800_000)]
    public void Event_with_a_time_far_off_is_kept_or_deleted_and_nothing_else(long unixMs)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainFor = TimeSpan.FromDays(1) });
        for (var seq = 1; seq <= 12; seq++)
        {
            new Line("#a", seq, "text", unixMs).AppendTo(rig.Journal);
            Assert.Equal(JournalStatus.Stored, rig.Pump()[^1].Status);
        }

        rig.Work();
        Assert.Equal(unixMs < 0, rig.Observer.Lines.Any(line => line.StartsWith("deleted", StringComparison.Ordinal)));
    }

    [Fact]
    public void Segment_that_cannot_be_deleted_is_told_and_tried_again_later()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 600 });
        disk.Faults.Fail("delete");
        for (var seq = 1L; seq <= 12; seq++)
        {
            Assert.Equal(JournalStatus.Stored, rig.Store(seq));
        }

        Assert.StartsWith("housekeeping /memory/00000001.journal", rig.Observer.Lines[0], StringComparison.Ordinal);
        disk.Faults.Failing = null;
        rig.Clock.Advance(TimeSpan.FromHours(1));
        rig.Work();
        Assert.Contains(rig.Observer.Lines, line => line.StartsWith("deleted /memory/00000001.journal", StringComparison.Ordinal));
    }

    [Fact]
    public void Segment_that_is_missing_in_the_middle_is_damage()
    {
        var disk = Sealed(out _);
        disk.Remove("00000002.journal");
        AssertDamaged(disk, "/memory/00000002.journal is damaged at byte 0: the file is missing");
    }

    [Fact]
    public void Any_bit_flipped_in_a_sealed_segment_is_damage()
    {
        var disk = Sealed(out _);
        var whole = disk["00000002.journal"];
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var copy = disk.Copy();
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            copy["00000002.journal"] = flipped;
            AssertDamaged(copy, "/memory/00000002.journal is damaged at byte ");
        }
    }

    [Fact]
    public void Sealed_segment_that_is_too_short_by_a_byte_or_by_batches_is_damage()
    {
        var disk = Sealed(out _);
        var whole = disk["00000002.journal"];
        for (var length = 0; length < whole.Length; length++)
        {
            var copy = disk.Copy();
            copy["00000002.journal"] = whole[..length];
            AssertDamaged(copy, "/memory/00000002.journal is damaged at byte ");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(47)]
    public void Newest_segment_with_half_a_header_is_one_that_was_never_made(int bytes)
    {
        var disk = Sealed(out var last);
        var name = $"{last + 1:D8}.journal";
        disk[name] = disk["00000001.journal"][..bytes];
        var rig = Rig.Open(disk, Small);
        Assert.Equal(12, rig.Sink.Numbers.Last());
        Assert.Contains($"cut /memory/{name} at 0", rig.Observer.Lines.Select(line => line.Split(':')[0]));
        rig.Store(13);
        rig.Session.Close();
        Assert.Equal(13, Rig.Open(disk, Small).Sink.Numbers.Last());
    }

    [Fact]
    public void Segment_that_was_never_made_is_gone_before_the_one_before_it_grows_again()
    {
        var disk = Sealed(out var last);
        disk[$"{last + 1:D8}.journal"] = [];
        var rig = Rig.Open(disk, Small with { SegmentBytes = 10_000, Durability = Durability.Os });
        rig.Store(13, 14, 15);
        for (var seed = 0; seed < 50; seed++)
        {
            Assert.Equal(JournalOpeningStatus.Opened, Rig.Open(disk.AfterPowerLoss(new Random(seed)), Small).Opening.Status);
        }
    }

    [Fact]
    public void Damage_before_a_segment_that_was_never_made_is_no_torn_end()
    {
        var disk = Sealed(out var last);
        disk[$"{last + 1:D8}.journal"] = [];
        disk[$"{last:D8}.journal"] = disk[$"{last:D8}.journal"][..^1];
        AssertDamaged(disk, $"/memory/{last:D8}.journal is damaged at byte ");
    }

    [Fact]
    public void Newest_segment_whose_header_is_damaged_is_not_dropped()
    {
        var disk = Sealed(out var last);
        var bytes = disk[$"{last:D8}.journal"];
        bytes[3] ^= 1;
        disk[$"{last:D8}.journal"] = bytes;
        AssertDamaged(disk, $"/memory/{last:D8}.journal is damaged at byte 0");
    }

    [Fact]
    public void Segment_of_another_version_or_under_another_name_is_refused()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk).Session.Close();
        disk["00000002.journal"] = disk["00000001.journal"];
        AssertDamaged(disk, "/memory/00000002.journal is damaged at byte 0: the file's name says segment 2, its header says 1");

        // A segment of tomorrow's format, whole: nothing of it may be cut off.
        var bytes = disk["00000001.journal"][..48];
        bytes[8] = 4;
        BitConverter.TryWriteBytes(bytes.AsSpan(44), ~RecordFrame.Crc32C(uint.MaxValue, bytes.AsSpan(0, 44)));
        var tomorrow = new MemoryDisk();
        tomorrow["00000001.journal"] = bytes;
        AssertDamaged(tomorrow,
            "/memory/00000001.journal is damaged at byte 0: the file has format version 4, and this server reads versions 1 to 3");
    }

    private static void StoreNow(Rig rig, long seq)
    {
        new Line("#a", seq, "text", rig.Clock.GetUtcNow().ToUnixTimeMilliseconds()).AppendTo(rig.Journal);
        rig.Pump();
    }

    // Twelve events in several segments of several batches each.
    private static MemoryDisk Sealed(out int last)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        for (var seq = 1L; seq <= 12; seq++)
        {
            rig.Store(seq);
        }

        rig.Session.Close();
        last = disk.Names.Count(name => name.EndsWith(".journal", StringComparison.Ordinal));
        Assert.Equal(6, last);
        return disk;
    }

    private static void AssertDamaged(MemoryDisk disk, string message)
    {
        var opening = Rig.Open(disk, Small).Opening;
        Assert.Equal(JournalOpeningStatus.Damaged, opening.Status);
        Assert.StartsWith(message, opening.Message, StringComparison.Ordinal);
    }
}
