using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage.Disks;
using MuxChat.Storage.Format;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Core;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>The same on a disk that is full for a time.</summary>
public sealed partial class StandingsTests
{
    [Fact]
    public void Standing_that_is_owed_is_stored_once_there_is_room_though_nobody_says_anything()
    {
        var rig = WithAStandingThatDoesNotFit(out var disk);
        Assert.Equal(TimeSpan.FromSeconds(1), rig.Session.Writer.Pause);
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Work();
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Work();
        Assert.Empty(Limits(Rig.Open(disk.Copy())));
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Work();
        Assert.Equal(["#a 5"], Limits(Rig.Open(disk.Copy())));
        Assert.Equal(["full", "resumed"], rig.Observer.Lines.Select(static line => line.Split(' ')[0]));
    }

    [Fact]
    public void Standing_that_is_owed_at_the_end_is_stored_if_there_is_room_by_then()
    {
        var rig = WithAStandingThatDoesNotFit(out var disk);
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Session.Close();
        Assert.Equal(["#a 5"], Limits(Rig.Open(disk)));
    }

    [Fact]
    public void Room_that_was_forgotten_while_the_disk_was_full_does_not_come_back()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        Append(rig, 1, Standing("#a", 5));
        rig.Pump();
        disk.Faults.RoomBytes = disk[First].Length + 10;
        rig.Journal.Keep(new RoomStanding { Room = Bytes.Utf8("#a"), IsForgotten = true });
        rig.Pump();
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Store(2);
        Assert.Empty(Limits(Rig.Open(disk.Copy())));
    }

    [Fact]
    public void Standings_of_which_not_all_fit_take_no_room()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 0 });
        var topic = new byte[16_000];
        topic.AsSpan().Fill((byte)'t');
        for (var room = 0; room < 40; room++)
        {
            rig.Journal.Keep(new RoomStanding { Room = Bytes.Utf8($"#room-{room}"), Topic = topic, TopicBy = Bytes.Utf8("alice") });
            rig.Pump();
        }

        // Room for half of them.
        disk.Faults.RoomBytes = BytesOf(disk) + (20 * 16_000);
        Assert.Equal(JournalStatus.Full, rig.Store(1));
        var before = BytesOf(disk);
        for (var second = 0; second < 5; second++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            rig.Work();
        }

        Assert.Equal(before, BytesOf(disk));
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, rig.Store(2));
        Assert.Equal(40, Rig.Open(disk.Copy()).Sink.Standings.Count);
    }

    [Fact]
    public void Standing_that_did_not_fit_on_the_disk_is_stored_once_there_is_room()
    {
        var rig = WithAStandingThatDoesNotFit(out var disk);
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, rig.Store(3));
        Assert.Equal(["#a 5"], Limits(Rig.Open(disk.Copy())));
    }

    [Fact]
    public void Full_disk_when_standings_are_due_keeps_the_segment_that_has_them()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 1 });
        Append(rig, 1, Standing("#quiet", 3));
        rig.Pump();

        // Room for the next segment's header, and not for more.
        disk.Faults.RoomBytes = BytesOf(disk) + SegmentHeader.Bytes + 10;
        Assert.Equal(JournalStatus.Full, rig.Store(2, 3, 4, 5, 6));
        Assert.Contains(First, disk.Names);
        Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk.Copy(), Small)));
        disk.Faults.RoomBytes = long.MaxValue;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(JournalStatus.Stored, rig.Store(7));
        Assert.DoesNotContain(First, disk.Names);
        Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk.Copy(), Small)));
    }

    [Theory]
    [InlineData(DiskStatus.Full)]
    [InlineData(DiskStatus.NotOpened)]
    public void Standing_that_is_owed_to_a_journal_of_version_1_is_tried_once_a_second_and_not_without_end(DiskStatus why)
    {
        var disk = OfVersion(1, events: 1);
        var rig = Rig.Open(disk);
        disk.Faults.Failing = call => call.StartsWith("create 00000002", StringComparison.Ordinal) ? new DiskResult(why, "no") : null;
        Append(rig, 2, Standing("#a", 4));
        Assert.Equal([new(1, JournalStatus.Full)], rig.Pump());
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(Enumerable.Range(0, 100).Count(_ => rig.Session.Writer.Step()), 0, 10);
        Assert.Equal(["full"], rig.Observer.Lines.Select(static line => line.Split(' ')[0]));
        disk.Faults.Failing = null;
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        rig.Work();
        Assert.Equal(["#a 4"], Limits(Rig.Open(disk.Copy())));
    }

    [Fact]
    public void Standing_that_is_owed_goes_to_no_segment_that_a_new_one_is_to_follow()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var disk = new MemoryDisk();
            var rig = Rig.Open(disk, Small with { RetainBytes = 0 });
            Append(rig, 1, Standing("#quiet", 3));
            rig.Pump();

            // Room for the header of the next segment at the most: its name may be on the disk, and it is not whole.
            disk.Faults.RoomBytes = BytesOf(disk) + seed;
            for (var seq = 2L; seq <= 6; seq++)
            {
                Append(rig, seq, Standing("#a", (int)seq));
                rig.Pump();
            }

            // There is room for what is owed, and for no segment; and then the power goes before anything more is made durable.
            disk.Faults.RoomBytes = long.MaxValue;
            disk.Faults.Failing = static call => call.StartsWith("sync", StringComparison.Ordinal) ? throw new PowerLostException() : null;
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            try
            {
                rig.Work();
            }
            catch (PowerLostException)
            {
                disk.Faults.Failing = null;
            }

            Assert.Contains("#quiet 3", Limits(Rig.Open(disk.AfterPowerLoss(new Random(seed)), Small)));
        }
    }

    private static Rig WithAStandingThatDoesNotFit(out MemoryDisk disk)
    {
        disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        rig.Store(1);
        disk.Faults.RoomBytes = disk[First].Length + 10;
        Append(rig, 2, Standing("#a", 5));
        Assert.Equal([new(2, JournalStatus.Full)], rig.Pump());
        return rig;
    }
}
