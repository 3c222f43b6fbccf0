using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>The figures that the writer hands over with each batch.</summary>
public sealed class BatchFiguresTests
{
    [Theory]
    [InlineData(Durability.Fsync, true)]
    [InlineData(Durability.Os, false)]
    public void Batch_thatIsStored_comesBackWithTheTimeOfItsSync(Durability durability, bool isSynced)
    {
        var rig = Rig.Open(new MemoryDisk(), new JournalOptions { Durability = durability, BatchBytes = 1 });
        Assert.Equal(JournalStatus.Stored, rig.Store(1));
        var (status, bytes, syncUs) = rig.Observer.LastBatch!.Value;
        Assert.Equal((JournalStatus.Stored, isSynced), (status, syncUs == 0));
        Assert.True(bytes > "text 1".Length);
        Assert.Equal(isSynced, syncUs is not null);
    }

    [Fact]
    public void Batch_thatDoesNotFitOnTheDisk_comesBackWithoutASync()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        disk.Faults.RoomBytes = 0;
        Assert.Equal(JournalStatus.Full, rig.Store(1));
        var (status, _, syncUs) = rig.Observer.LastBatch!.Value;
        Assert.Equal((JournalStatus.Full, null), (status, syncUs));
    }
}
