using System.Text;
using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Recovery;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Tools;

/// <summary>What an operator can do with a journal: look at it, print it, repair it.</summary>
public sealed class JournalDirectoryTests
{
    private const string Middle = "00000002.journal";

    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000, BatchBytes = 1 };

    [Fact]
    public void Check_of_a_whole_journal_counts_and_finds_nothing()
    {
        var disk = Written(out var segments);
        var check = JournalDirectory.Check(disk);
        Assert.Null(check.Unreadable);
        Assert.Empty(check.Damages);
        Assert.Equal((segments, 12, 2, true), (check.Segments, check.Events, check.Rooms, check.IsClean));
        Assert.Equal(disk.Names.Where(name => name.EndsWith(".journal", StringComparison.Ordinal)).Sum(name => disk[name].Length),
            check.Bytes);
    }

    [Fact]
    public void Check_finds_the_first_damage_of_each_segment_with_its_place()
    {
        var disk = Written(out var segments);
        var last = $"{segments:D8}.journal";
        disk["00000001.journal"] = disk["00000001.journal"][..^1];
        disk.Remove("00000003.journal");
        disk[last] = disk[last][..^1];
        var check = JournalDirectory.Check(disk);
        Assert.Equal(
            ["/memory/00000001.journal", "/memory/00000003.journal", "/memory/" + last],
            check.Damages.Select(damage => damage.Path));
        Assert.Equal([false, false, true], check.Damages.Select(damage => damage.IsTornTail));
        Assert.True(check.IsDamaged);
        Assert.StartsWith("/memory/00000003.journal is damaged at byte 0: the file is missing", check.Damages[1].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_what_a_start_says_for_any_bit_flipped()
    {
        var disk = Written(out var segments);
        foreach (var name in (string[])[Middle, $"{segments:D8}.journal"])
        {
            var whole = disk[name];
            for (var bit = 0; bit < whole.Length * 8; bit += 3)
            {
                var copy = disk.Copy();
                copy[name] = Flipped(whole, bit);
                var check = JournalDirectory.Check(copy);
                var opening = Rig.Open(copy, Small).Opening;
                Assert.Equal(check.IsDamaged, opening.Status == JournalOpeningStatus.Damaged);
                Assert.NotEmpty(check.Damages);
                Assert.True(!check.IsDamaged
                    || opening.Message.Contains($"{check.Damages[0].Path} is damaged at byte {check.Damages[0].Offset}:",
                    StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Dump_hands_on_all_events_in_order_or_those_of_one_room()
    {
        var disk = Written(out _);
        Assert.Equal(Enumerable.Range(1, 12).Select(seq => (long)seq), Dumped(disk, "", out var all));
        Assert.Equal(new JournalDump(null, 12, 0, null), all);
        Assert.Equal([3, 6, 9, 12], Dumped(disk, "#THIRD", out _));
        Assert.Empty(Dumped(disk, "#other", out _));
    }

    [Fact]
    public void Dump_ends_when_no_more_is_wanted()
    {
        var seen = 0;
        var dump = JournalDirectory.Dump(Written(out _), [], (in past) => ++seen < 3);
        Assert.Equal(3, seen);
        Assert.Equal(3, dump.Events);
    }

    [Fact]
    public void Dump_goes_on_behind_damage()
    {
        var disk = Written(out _);
        var lost = Damage(disk, out var at);
        Assert.Equal(Enumerable.Range(1, 12).Select(seq => (long)seq).Except([lost]), Dumped(disk, "", out var dump));
        Assert.Equal(at, dump.FirstLost!.Offset);
        Assert.Equal("/memory/" + Middle, dump.FirstLost.Path);
        Assert.InRange(dump.LostBytes, 40, 80);
    }

    [Fact]
    public void Repair_keeps_all_that_is_whole_and_the_damaged_file_beside_it()
    {
        var disk = Written(out _);
        var lost = Damage(disk, out _);
        var damaged = disk[Middle];
        Assert.Equal(JournalOpeningStatus.Damaged, Rig.Open(disk, Small).Opening.Status);

        var repair = JournalDirectory.Repair(disk);
        Assert.Null(repair.Refused);
        Assert.Equal("/memory/" + Middle, Assert.Single(repair.Segments).Path);
        Assert.Equal("/memory/" + Middle + ".damaged", repair.Segments[0].KeptPath);
        Assert.InRange(repair.Segments[0].LostBytes, 40, 80);
        Assert.Equal(damaged, disk[Middle + ".damaged"]);
        Assert.Empty(JournalDirectory.Check(disk).Damages);

        var rig = Rig.Open(disk, Small);
        Assert.Equal(Enumerable.Range(1, 12).Select(seq => (long)seq).Except([lost]), rig.Sink.Numbers);
        Assert.False(rig.Session.WasClean, "a number may be lost");
        rig.Store(13);
        rig.Session.Close();
        Assert.Empty(JournalDirectory.Repair(disk).Segments);
    }

    [Fact]
    public void Repair_of_any_bit_flipped_loses_one_event_at_most_and_starts_again()
    {
        var disk = Written(out var segments);
        foreach (var name in (string[])["00000001.journal", Middle, $"{segments:D8}.journal"])
        {
            var whole = disk[name];
            for (var bit = 0; bit < whole.Length * 8; bit += 5)
            {
                var copy = disk.Copy();
                copy[name] = Flipped(whole, bit);
                var repair = JournalDirectory.Repair(copy);
                Assert.Null(repair.Refused);
                Assert.NotEmpty(repair.Segments);
                Assert.False(JournalDirectory.Check(copy).IsDamaged);
                var rig = Rig.Open(copy, Small);
                Assert.Equal(JournalOpeningStatus.Opened, rig.Opening.Status);
                Assert.InRange(rig.Sink.Lines.Count, 11, 12);
                Assert.Equal(rig.Sink.Numbers.Order().Distinct(), rig.Sink.Numbers);
                Assert.False(rig.Session.WasClean);
            }
        }
    }

    [Fact]
    public void Repair_puts_empty_segments_in_the_place_of_missing_ones_and_mends_short_ones()
    {
        var disk = Written(out _);
        disk.Remove("00000003.journal");
        var whole = disk[Middle];
        disk[Middle] = whole[..48];
        var repair = JournalDirectory.Repair(disk);
        Assert.Null(repair.Refused);
        Assert.Contains(repair.Segments, segment => segment.Message.Contains("00000003.journal was missing", StringComparison.Ordinal));
        var rig = Rig.Open(disk, Small);
        Assert.Equal(JournalOpeningStatus.Opened, rig.Opening.Status);
        Assert.Equal(12, rig.Sink.Numbers.Last());
        Assert.False(rig.Session.WasClean);
    }

    [Fact]
    public void Repair_of_a_sealed_segment_that_lost_whole_batches_says_how_much()
    {
        var disk = Written(out _);
        var whole = disk[Middle];
        disk[Middle] = whole[..48];
        Assert.Equal(JournalOpeningStatus.Damaged, Rig.Open(disk.Copy(), Small).Opening.Status);
        var repair = JournalDirectory.Repair(disk);
        Assert.Equal(whole.Length - 48, Assert.Single(repair.Segments).LostBytes);
        Assert.Equal(JournalOpeningStatus.Opened, Rig.Open(disk, Small).Opening.Status);
    }

    [Fact]
    public void Repair_of_a_whole_journal_changes_nothing()
    {
        var disk = Written(out _);
        var calls = disk.Log.Count;
        var before = disk.Copy();
        Assert.Empty(JournalDirectory.Repair(disk).Segments);
        Assert.Equal(before.Names, disk.Names);
        Assert.All(disk.Names, name => Assert.Equal(before[name], disk[name]));

        // What an earlier repair may not have been able to sync is written with the same bytes.
        Assert.All(disk.Log.Skip(calls), static call => Assert.Contains(call.Split(' ')[0], (string[])["write", "sync", "syncdir"]));
        Assert.True(Rig.Open(disk, Small).Session.WasClean);
    }

    [Fact]
    public void Repair_is_refused_while_a_server_has_the_journal()
    {
        var disk = new MemoryDisk();
        Rig.Open(disk);
        Assert.Contains("a server uses", JournalDirectory.Repair(disk).Refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_during_which_the_power_goes_can_be_done_again()
    {
        var written = Written(out _);
        var lost = Damage(written, out _);
        for (var changes = 0; ; changes++)
        {
            var disk = written.Copy();
            disk.Faults.ChangesUntilPowerLoss = changes;
            try
            {
                JournalDirectory.Repair(disk);
                Assert.True(changes > 8);
                return;
            }
            catch (PowerLostException)
            {
                for (var seed = 0; seed < 20; seed++)
                {
                    var left = disk.AfterPowerLoss(new Random(seed));
                    Assert.Null(JournalDirectory.Repair(left).Refused);
                    var rig = Rig.Open(left, Small);
                    Assert.Equal(Enumerable.Range(1, 12).Select(seq => (long)seq).Except([lost]), rig.Sink.Numbers);
                    Assert.False(rig.Session.WasClean);
                }
            }
        }
    }

    [Theory]
    [InlineData("write", DiskStatus.Full)]
    [InlineData("read 0000000{0}.journal", DiskStatus.Failed)]
    public void Repair_that_cannot_write_or_read_the_clean_end_says_so_and_leaves_the_segment(string call, DiskStatus status)
    {
        var disk = Written(out var segments);
        Damage(disk, out _);
        var damaged = disk[Middle];
        disk.Faults.Fail(string.Format(null, call, segments), status);
        Assert.Contains("a fault", JournalDirectory.Repair(disk).Refused, StringComparison.Ordinal);
        Assert.Equal(damaged, disk[Middle]);
    }

    [Fact]
    public void Empty_directory_is_whole_and_needs_no_repair()
    {
        var disk = new MemoryDisk();
        Assert.Empty(JournalDirectory.Check(disk).Damages);
        Assert.Equal(0, JournalDirectory.Check(disk).Segments);
        Assert.Empty(JournalDirectory.Repair(disk).Segments);
        Assert.Empty(Dumped(disk, "", out _));
    }

    // Twelve events, every third in #third, the others in #a; each a batch; ended cleanly.
    private static MemoryDisk Written(out int segments)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        for (var seq = 1; seq <= 12; seq++)
        {
            new Line(seq % 3 == 0 ? "#third" : "#a", seq, "text " + seq).AppendTo(rig.Journal);
            rig.Pump();
        }

        rig.Session.Close();
        segments = disk.Names.Count(name => name.EndsWith(".journal", StringComparison.Ordinal));
        Assert.True(segments > 3);
        return disk;
    }

    // Flips a bit in the text of the middle segment's second event, and returns that event's number.
    private static long Damage(MemoryDisk disk, out int recordAt)
    {
        var bytes = disk[Middle];
        var first = bytes.AsSpan().IndexOf("text "u8);
        var at = first + 1 + bytes.AsSpan(first + 1).IndexOf("text "u8);
        var digits = bytes.AsSpan(at + 5);
        var seq = digits[0] - '0';
        bytes[at] ^= 1;
        disk[Middle] = bytes;
        recordAt = at - 8 - 1 - 32 - (seq % 3 == 0 ? "#third" : "#a").Length - "alice".Length;
        return seq;
    }

    private static List<long> Dumped(MemoryDisk disk, string room, out JournalDump dump)
    {
        var numbers = new List<long>();
        dump = JournalDirectory.Dump(disk, Encoding.UTF8.GetBytes(room), (in past) =>
        {
            numbers.Add(past.Seq);
            return true;
        });
        return numbers;
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
