using MuxChat.Storage;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Storage.Recovery;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Recovery;

/// <summary>The tails of rooms: which events come back, and the indexes that say where they are.</summary>
public sealed class IndexTests
{
    private static readonly JournalOptions Small = new() { SegmentBytes = 500, HistoryEvents = 5, BatchBytes = 1 };

    [Fact]
    public void Each_room_gets_its_last_events_and_no_more_in_the_order_of_all()
    {
        var disk = Random(seed: 1, events: 400, out var lines);
        var rig = Rig.Open(disk, Small);
        Assert.Equal(Tails(lines, 5), rig.Sink.Lines);
        Assert.Equal(400, rig.Session.Events);
        Assert.Equal(rig.Sink.Lines.Count, rig.Session.Restored);
        Assert.DoesNotContain(rig.Observer.Lines, line => line.StartsWith("index", StringComparison.Ordinal));
    }

    [Fact]
    public void Room_is_the_same_however_it_is_spelled()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        string[] names = ["#Room", "#room", "#ROOM"];
        for (var seq = 1; seq <= 30; seq++)
        {
            new Line(names[seq % 3], seq, "text").AppendTo(rig.Journal);
            rig.Pump();
        }

        rig.Session.Close();
        Assert.Equal([26, 27, 28, 29, 30], Rig.Open(disk, Small).Sink.Numbers);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Fewer_events_than_an_index_remembers_are_taken_from_it_as_it_is(int history)
    {
        var disk = Random(seed: 2, events: 300, out var lines);
        var rig = Rig.Open(disk, Small with { HistoryEvents = history });
        Assert.Equal(Tails(lines, history), rig.Sink.Lines);
        Assert.Empty(rig.Observer.Lines);
    }

    [Fact]
    public void More_events_than_an_index_remembers_make_it_anew()
    {
        var disk = Random(seed: 3, events: 300, out var lines);
        var rig = Rig.Open(disk, Small with { HistoryEvents = 50 });
        Assert.Equal(Tails(lines, 50), rig.Sink.Lines);
        Assert.Contains("/memory/00000001.index: it has fewer events", rig.Observer.Lines[0], StringComparison.Ordinal);
        rig.Session.Close();
        Assert.Empty(Rig.Open(disk, Small with { HistoryEvents = 50 }).Observer.Lines);
    }

    [Fact]
    public void Index_that_is_missing_is_made_anew()
    {
        var disk = Random(seed: 4, events: 200, out var lines);
        var index = disk["00000002.index"];
        disk.Remove("00000002.index");
        var rig = Rig.Open(disk, Small);
        Assert.Equal(Tails(lines, 5), rig.Sink.Lines);
        Assert.Equal(["index /memory/00000002.index: the file is missing"], rig.Observer.Lines);
        Assert.Equal(index, disk["00000002.index"]);
    }

    [Fact]
    public void Index_with_any_bit_flipped_or_cut_anywhere_is_made_anew()
    {
        var disk = Random(seed: 5, events: 60, out var lines);
        var index = disk["00000002.index"];
        var tails = Tails(lines, 5);
        for (var bit = 0; bit < index.Length * 8; bit++)
        {
            var flipped = index.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertMadeAnew(disk, flipped, index, tails);
        }

        for (var length = 0; length < index.Length; length++)
        {
            AssertMadeAnew(disk, index[..length], index, tails);
        }
    }

    [Fact]
    public void Index_of_another_segment_is_not_believed()
    {
        var disk = Random(seed: 6, events: 200, out var lines);
        disk["00000002.index"] = disk["00000001.index"];
        var rig = Rig.Open(disk, Small);
        Assert.Equal(Tails(lines, 5), rig.Sink.Lines);
        Assert.Equal(["index /memory/00000002.index: it belongs to another segment"], rig.Observer.Lines);
    }

    [Fact]
    public void Index_that_cannot_be_written_keeps_nobody_from_starting()
    {
        var disk = Random(seed: 7, events: 200, out var lines);
        disk.Remove("00000002.index");
        disk.Faults.Fail("create 00000002.index", DiskStatus.Full);
        var rig = Rig.Open(disk, Small);
        Assert.Equal(Tails(lines, 5), rig.Sink.Lines);
        Assert.Contains("housekeeping /memory/00000002.index: a fault", rig.Observer.Lines);
    }

    [Fact]
    public void Index_without_its_segment_and_a_repair_that_was_not_finished_are_cleared_away()
    {
        var disk = Random(seed: 9, events: 200, out var lines);
        disk["00000777.index"] = disk["00000001.index"];
        disk["00000001.journal.rewritten"] = [1, 2, 3];
        disk["notes.txt"] = [1, 2, 3];
        Assert.Equal(Tails(lines, 5), Rig.Open(disk, Small).Sink.Lines);
        Assert.DoesNotContain("00000777.index", disk.Names);
        Assert.DoesNotContain("00000001.journal.rewritten", disk.Names);
        Assert.Contains("notes.txt", disk.Names);
    }

    [Fact]
    public void Index_is_made_in_pieces_between_batches()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, new() { SegmentBytes = 1_000_000, HistoryEvents = 10 });
        for (var seq = 1; seq <= 16_000; seq++)
        {
            new Line("#a", seq, "text").AppendTo(rig.Journal);
        }

        rig.Pump();
        new Line("#a", 16_001, new string('x', 200_000)).AppendTo(rig.Journal);
        new Line("#a", 16_002, new string('x', 200_000)).AppendTo(rig.Journal);
        rig.Journal.Submit();
        Assert.True(rig.Session.Writer.Step());
        var steps = 0;
        while (!disk.Log.Contains("write 00000001.index"))
        {
            Assert.True(rig.Session.Writer.Step());
            steps++;
        }

        Assert.InRange(steps, 3, 10);
    }

    [Fact]
    public void Record_that_is_whole_and_no_event_refuses_the_start()
    {
        var disk = Random(seed: 8, events: 200, out _);
        var bytes = disk["00000002.journal"];
        var at = bytes.AsSpan().IndexOf("alice"u8) - 41 - 2;
        var record = bytes.AsSpan(at, 8 + BitConverter.ToInt32(bytes, at));
        record[9] = 99;
        new RecordFrame(2).Complete(record);
        disk["00000002.journal"] = bytes;
        disk.Remove("00000002.index");
        var opening = Rig.Open(disk, Small).Opening;
        Assert.Equal(JournalOpeningStatus.Damaged, opening.Status);
        Assert.Contains($"00000002.journal is damaged at byte {at}: the record is whole, but is not an event", opening.Message,
            StringComparison.Ordinal);
    }

    private static void AssertMadeAnew(MemoryDisk disk, byte[] damaged, byte[] index, IReadOnlyList<Line> tails)
    {
        var copy = disk.Copy();
        copy["00000002.index"] = damaged;
        var rig = Rig.Open(copy, Small);
        Assert.Equal(tails, rig.Sink.Lines);
        Assert.Equal(["index /memory/00000002.index: it is damaged"], rig.Observer.Lines);
        Assert.Equal(index, copy["00000002.index"]);
    }

    // Some rooms with many events, some with few.
    private static MemoryDisk Random(int seed, int events, out List<Line> lines)
    {
        var random = new Random(seed);
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        lines = [];
        for (var seq = 1; seq <= events; seq++)
        {
            var line = new Line("#" + (char)('a' + (int)(random.NextDouble() * random.NextDouble() * 20)), seq, "text");
            lines.Add(line);
            line.AppendTo(rig.Journal);
            if (random.Next(4) == 0)
            {
                rig.Pump();
            }
        }

        rig.Pump();
        rig.Session.Close();
        return disk;
    }

    private static List<Line> Tails(List<Line> lines, int history) =>
        [.. lines.GroupBy(line => line.Room).SelectMany(room => room.TakeLast(history)).OrderBy(line => line.Seq)];
}
