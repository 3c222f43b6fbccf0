using MuxChat.Core.Chat.History;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Recovery;

/// <summary>
/// The last three records, cut at each of their bytes and with each of their bits flipped. What had been acknowledged before something else
/// that is proven durable is never cut away in silence; what may be the end of an unfinished write is.
/// </summary>
public sealed class TornTailTests
{
    private const string Segment = "00000001.journal";

    [Fact]
    public void Three_records_in_one_batch_cut_at_every_byte_lose_what_is_not_whole()
    {
        var (disk, ends) = OneBatch();
        var whole = disk[Segment];
        for (var length = ends[0]; length < whole.Length; length++)
        {
            AssertCut(With(disk, whole[..length]), ends, length);
        }
    }

    [Fact]
    public void Three_records_in_one_batch_with_any_bit_flipped_are_cut_there()
    {
        var (disk, ends) = OneBatch();
        var whole = disk[Segment];
        for (var bit = ends[0] * 8; bit < whole.Length * 8; bit++)
        {
            AssertCut(With(disk, Flipped(whole, bit)), ends, bit / 8);
        }
    }

    [Fact]
    public void Three_records_in_three_batches_cut_at_every_byte_lose_what_is_not_whole()
    {
        // Without what came after, nothing tells a cut from a write that was not finished: only a clean end or the next batch would.
        var (disk, ends) = ThreeBatches();
        var whole = disk[Segment];
        for (var length = ends[0]; length < whole.Length; length++)
        {
            AssertCut(With(disk, whole[..length]), ends, length);
        }
    }

    [Fact]
    public void Three_records_in_three_batches_with_any_bit_flipped_are_damaged_but_for_the_last()
    {
        var (disk, ends) = ThreeBatches();
        var whole = disk[Segment];
        for (var bit = ends[0] * 8; bit < whole.Length * 8; bit++)
        {
            var flipped = With(disk, Flipped(whole, bit));
            if (bit / 8 >= ends[2])
            {
                AssertCut(flipped, ends, bit / 8);
            }
            else
            {
                AssertDamage(flipped, bit / 8);
            }
        }
    }

    [Fact]
    public void Everything_before_a_clean_end_is_damaged_by_any_bit_flipped()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1, 2, 3);
        var cleanEndAt = disk[Segment].Length;
        rig.Session.Close();
        var whole = disk[Segment];
        for (var bit = 0; bit < cleanEndAt * 8; bit++)
        {
            AssertDamage(With(disk, Flipped(whole, bit)), bit / 8);
        }

        for (var bit = cleanEndAt * 8; bit < whole.Length * 8; bit++)
        {
            var opened = Rig.Open(With(disk, Flipped(whole, bit)));
            Assert.False(opened.Session.WasClean);
            Assert.Equal([1, 2, 3], opened.Sink.Numbers);
        }
    }

    [Fact]
    public void Tail_on_the_real_disk_is_cut_and_stays_cut()
    {
        var (disk, ends) = OneBatch();
        using var directory = new TestDirectory();
        File.WriteAllBytes(directory[Segment], disk[Segment][..^3]);
        var opened = Rig.Open(directory.Disk);
        Assert.Equal([1, 2, 3], opened.Sink.Numbers);
        Assert.Equal(JournalStatus.Stored, opened.Store(4));
        opened.Session.Close();
        Assert.StartsWith($"cut {directory[Segment]} at {ends[2]}:", opened.Observer.Lines[0], StringComparison.Ordinal);

        var again = Rig.Open(directory.Disk);
        Assert.Equal([1, 2, 3, 4], again.Sink.Numbers);
        Assert.Empty(again.Observer.Lines);
        again.Session.Close();
    }

    [Fact]
    public void Zeros_behind_the_end_are_cut_off()
    {
        var (disk, ends) = OneBatch();
        AssertCut(With(disk, [.. disk[Segment], .. new byte[5000]]), ends, disk[Segment].Length);
    }

    // Event 1 in a batch before; then 2, 3 and 4 in one. The ends of the records are those of events 1 to 4, without the batch's header.
    private static (MemoryDisk Disk, int[] Ends) OneBatch()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        var start = disk[Segment].Length;
        rig.Store(2, 3, 4);
        var record = (disk[Segment].Length - start - 32) / 3;
        return (disk, [start, start + 32 + record, start + 32 + (2 * record), disk[Segment].Length]);
    }

    private static (MemoryDisk Disk, int[] Ends) ThreeBatches()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        var ends = new int[4];
        for (var seq = 1; seq <= 4; seq++)
        {
            rig.Store(seq);
            ends[seq - 1] = disk[Segment].Length;
        }

        return (disk, ends);
    }

    // The first bad byte stands at an offset: events whose end lies at or before it are there, and the file goes on from there.
    private static void AssertCut(MemoryDisk disk, int[] ends, int badAt)
    {
        var rig = Rig.Open(disk);
        var whole = ends.Count(end => end <= badAt);
        Assert.Equal(Enumerable.Range(1, whole).Select(seq => (long)seq), rig.Sink.Numbers);
        Assert.False(rig.Session.WasClean);
        Assert.Equal(JournalStatus.Stored, rig.Store(9));
        rig.Session.Close();
        Assert.Equal([.. Enumerable.Range(1, whole).Select(seq => (long)seq), 9], Rig.Open(disk).Sink.Numbers);
    }

    private static void AssertDamage(MemoryDisk disk, int badAt)
    {
        var before = disk[Segment];
        var opening = Rig.Open(disk).Opening;
        Assert.Equal(JournalOpeningStatus.Damaged, opening.Status);
        var offset = int.Parse(opening.Message.Split("at byte ")[1].Split(':')[0], null);
        Assert.InRange(badAt - offset, 0, 100);
        Assert.Contains("/memory/" + Segment, opening.Message, StringComparison.Ordinal);
        Assert.Contains("muxchat journal repair", opening.Message, StringComparison.Ordinal);
        Assert.Equal(before, disk[Segment]);
    }

    private static MemoryDisk With(MemoryDisk disk, byte[] bytes)
    {
        var copy = disk.Copy();
        copy[Segment] = bytes;
        return copy;
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
