using MuxChat.Core.Chat.History;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <content>Journals that an older server wrote: without standings, or without marks and tags of events.</content>
public sealed partial class StandingsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Journal_of_an_older_version_is_read_and_nothing_of_a_newer_one_is_added_to_its_segment(byte version)
    {
        var disk = OfVersion(version, events: 5);
        var rig = Rig.Open(disk);
        Assert.Equal([1, 2, 3, 4, 5], rig.Sink.Numbers);
        Assert.Empty(rig.Sink.Standings);
        Append(rig, 6, Standing("#a", 4));
        var marked = new Line("#a", 7, "beep") { Marks = EventMarks.Notice | EventMarks.Bot, Tags = "+x=1" };
        marked.AppendTo(rig.Journal);
        rig.Pump();
        rig.Session.Close();
        Assert.Equal((version, SegmentHeader.Version), (disk[First][8], disk["00000002.journal"][8]));
        var again = Rig.Open(disk);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], again.Sink.Numbers);
        Assert.Equal(marked, again.Sink.Lines[^1]);
        Assert.Equal(["#a 4"], Limits(again));
    }

    [Fact]
    public void Journal_of_version_1_waits_for_a_segment_of_its_own()
    {
        var disk = OfVersion(1, events: 1);
        var rig = Rig.Open(disk);
        var old = disk[First];
        disk.Faults.Failing = static call => call.StartsWith("create 00000002", StringComparison.Ordinal)
            ? new DiskResult(DiskStatus.NotOpened, "no descriptor") : null;
        Append(rig, 2, Standing("#a", 4));
        Assert.Equal([new(1, JournalStatus.Full)], rig.Pump());
        Assert.Equal(old, disk[First]);
        disk.Faults.Failing = null;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Append(rig, 3, Standing("#a", 5));
        Assert.Equal([new(2, JournalStatus.Stored)], rig.Pump());
    }

    private static MemoryDisk OfVersion(byte version, int events)
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store([.. Enumerable.Range(1, events).Select(static one => (long)one)]);
        rig.Session.Close();
        var bytes = disk[First];
        bytes[8] = version;
        BitConverter.TryWriteBytes(bytes.AsSpan(44), ~RecordFrame.Crc32C(uint.MaxValue, bytes.AsSpan(0, 44)));
        disk[First] = bytes;
        return disk;
    }
}
