using MuxChat.Storage.Format;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage.Format;

/// <summary>Records as they stand in a segment.</summary>
public sealed class RecordTests
{
    private const string Segment = "00000001.journal";

    [Fact]
    public void Checksum_is_crc32c_as_the_world_computes_it()
    {
        Assert.Equal(0xE3069283u, ~RecordFrame.Crc32C(uint.MaxValue, "123456789"u8));
        Assert.Equal(0x8A9136AAu, ~RecordFrame.Crc32C(uint.MaxValue, new byte[32]));
    }

    [Fact]
    public void Record_of_another_segment_is_not_whole()
    {
        var record = new byte[20];
        new RecordFrame(1).Complete(record);
        Assert.True(new RecordFrame(1).IsWhole(record));
        Assert.False(new RecordFrame(2).IsWhole(record));
    }

    [Fact]
    public void Zeros_are_no_record()
    {
        Assert.False(new RecordFrame(0).IsWhole(new byte[8]));
        Assert.False(new RecordFrame(1).IsWhole(new byte[8]));
    }

    [Fact]
    public void Batch_that_was_there_before_is_not_taken_twice()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        var end = disk[Segment].Length;
        rig.Store(2);
        var bytes = disk[Segment];
        var copy = disk.Copy();
        copy[Segment] = [.. bytes, .. bytes[end..]];
        var again = Rig.Open(copy);
        Assert.Equal([1, 2], again.Sink.Numbers);
        Assert.StartsWith($"cut /memory/{Segment} at {bytes.Length}: {bytes.Length - end} bytes: a batch cannot begin",
            again.Observer.Lines[0], StringComparison.Ordinal);
    }
}
