using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Storage;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>No bytes of the heap for an event, on either side.</summary>
[Collection(nameof(Alone))]
[Trait("run", "deep")]
public sealed class AllocationTests
{
    [Fact]
    public void Loop_allocates_nothing_once_its_buffers_have_grown()
    {
        using var directory = new TestDirectory();
        var rig = Rig.Open(directory.Disk, new() { Durability = Durability.Os });
        var room = "#a"u8.ToArray();
        var turns = 0;
        void Turns(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Turn(rig, room, ++turns);
            }
        }

        Assert.Equal(0, Allocations.Of(() => Turns(200), () => Turns(2000)));
        rig.Session.Close();
    }

    // Both sides are measured: the writer allocates nothing either, as long as it does not rotate.
    private static void Turn(Rig rig, byte[] room, int turn)
    {
        for (var i = 0; i < 5; i++)
        {
            rig.Journal.Append(new() { Kind = EventKind.Said, Room = room, Epoch = 1, Seq = turn, Nick = room, Text = room });
        }

        rig.Journal.Submit();
        rig.Session.Writer.Step();
        Assert.True(rig.Journal.TryTakeOutcome(out var outcome));
        if (outcome.Status != JournalStatus.Stored)
        {
            Assert.Fail("not stored");
        }
    }
}
