using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Storage;
using MuxChat.Storage.Tools;
using MuxChat.Testing.Disks;
using MuxChat.UnitTests.Core;
using MuxChat.UnitTests.Storage.Support;

namespace MuxChat.UnitTests.Storage;

/// <summary>
/// How rooms stand is kept beside their events, for as long as the rooms are remembered, whatever becomes of the segments.
/// </summary>
public sealed partial class StandingsTests
{
    private const string First = "00000001.journal";

    private static readonly JournalOptions Small = new() { SegmentBytes = 300, HistoryEvents = 1000, RetainBytes = 1000, BatchBytes = 1 };

    [Fact]
    public void Last_standing_of_each_room_comes_back_before_the_events()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        Append(rig, 1, Standing("#a", 1));
        Append(rig, 2, Standing("#A", 2));
        rig.Journal.Keep(Standing("#b", 7));
        rig.Journal.Keep(Standing("#c", 8));
        rig.Journal.Keep(new RoomStanding { Room = Bytes.Utf8("#C"), IsForgotten = true });
        rig.Session.Close();
        Assert.Equal(0, rig.Journal.NotStored);

        var again = Rig.Open(disk);
        Assert.True(again.Session.WasClean);
        Assert.Equal([1, 2], again.Sink.Numbers);
        Assert.Equal(["#A 2", "#b 7"], Limits(again));
        Assert.Equal(0, again.Sink.LinesBeforeStandings);
    }

    [Fact]
    public void Standing_without_an_event_has_no_position_and_is_stored_at_the_end()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        Assert.Equal(1, Append(rig, 1, Standing("#a", 1)));
        rig.Journal.Keep(Standing("#b", 7));
        Assert.Equal(2, Append(rig, 2, null));
        Assert.Equal([new(2, JournalStatus.Stored)], rig.Pump());
        rig.Journal.Keep(Standing("#c", 9));
        rig.Session.Close();
        Assert.Equal(["#a 1", "#b 7", "#c 9"], Limits(Rig.Open(disk)));
    }

    [Fact]
    public void Standing_outlives_the_segments_that_it_was_first_written_to()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        Append(rig, 1, Standing("#quiet", 3));
        rig.Pump();
        for (var seq = 2L; seq <= 200; seq++)
        {
            rig.Store(seq);
        }

        Assert.DoesNotContain(First, disk.Names);
        Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk.Copy(), Small)));
        rig.Session.Close();

        // And through many lives in which nothing happens to the room.
        for (var life = 0; life < 20; life++)
        {
            rig = Rig.Open(disk, Small);
            rig.Store(1000 + life, 1001 + life);
            rig.Session.Close();
        }

        Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk, Small)));
    }

    [Fact]
    public void Standing_is_there_whenever_the_power_goes_while_segments_come_and_go()
    {
        var random = new Random(7);
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small);
        Append(rig, 1, Standing("#quiet", 3));
        rig.Pump();
        for (var seq = 2L; seq <= 60; seq++)
        {
            new Line("#a", seq, new string('x', 100)).AppendTo(rig.Journal);
            rig.Journal.Submit();
            for (var isBusy = true; isBusy;)
            {
                isBusy = rig.Session.Writer.Step();
                Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk.AfterPowerLoss(random), Small)));
            }

            rig.Pump();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Standing_is_there_whenever_the_power_goes_between_two_calls(int seed)
    {
        for (var changes = 1; ; changes++)
        {
            var disk = new MemoryDisk();
            var rig = Rig.Open(disk, Small);
            Append(rig, 1, Standing("#quiet", 3));
            rig.Pump();
            disk.Faults.ChangesUntilPowerLoss = changes;
            var isOver = false;
            try
            {
                for (var seq = 2L; seq <= 30; seq++)
                {
                    rig.Store(seq);
                }

                isOver = true;
            }
            catch (PowerLostException)
            {
                Assert.Equal(["#quiet 3"], Limits(Rig.Open(disk.AfterPowerLoss(new Random(seed)), Small)));
            }

            if (isOver)
            {
                Assert.InRange(changes, 50, 10_000);
                return;
            }
        }
    }

    [Fact]
    public void Segment_that_standings_fill_is_not_followed_by_the_next_at_once()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk, Small with { RetainBytes = 0 });
        for (var room = 0; room < 50; room++)
        {
            rig.Journal.Keep(Standing($"#room-{room}", room + 1));
        }

        for (var seq = 1L; seq <= 40; seq++)
        {
            rig.Store(seq);
        }

        Assert.InRange(disk.Names.Count(static name => name.EndsWith(".journal", StringComparison.Ordinal)), 5, 30);
        Assert.Equal(50, Limits(Rig.Open(disk.Copy(), Small)).Length);
    }

    [Fact]
    public void Start_after_start_adds_nothing_where_the_segment_has_all_standings()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        for (var room = 0; room < 50; room++)
        {
            rig.Journal.Keep(Standing($"#room-{room}", room + 1));
        }

        rig.Session.Close();
        var before = BytesOf(disk);
        for (var life = 0; life < 10; life++)
        {
            rig = Rig.Open(disk);
            rig.Work();
            rig.Session.Close();
        }

        Assert.InRange(BytesOf(disk), before, before + (10 * 150));
        Assert.Equal(50, Limits(Rig.Open(disk)).Length);
    }

    [Fact]
    public void Standing_is_kept_by_a_repair_and_shown_by_a_dump()
    {
        var disk = new MemoryDisk();
        var rig = Rig.Open(disk);
        Append(rig, 1, Standing("#a", 1));
        rig.Pump();
        Append(rig, 2, Standing("#a", 2));
        rig.Pump();
        Append(rig, 3, Standing("#b", 3));
        rig.Pump();
        rig.Session.Close();
        Rig.SpoilAndRepair(disk);
        var again = Rig.Open(disk);
        Assert.Equal(["#a 2", "#b 3"], Limits(again));
        Assert.Equal([1, 2, 3], again.Sink.Numbers);
        again.Session.Close();
        var shown = new List<string>();
        JournalDirectory.Dump(disk, "#A"u8, static (in StoredEvent _) => true, standing => shown.Add(Show(standing)));
        Assert.Equal(["#a 1", "#a 2"], shown);
    }

    private static RoomStanding Standing(string room, int limit) => new() { Room = Bytes.Utf8(room), Limit = limit, CreatedUnixMs = 1 };

    private static long Append(Rig rig, long seq, RoomStanding? standing) => rig.Journal.Append(new StoredEvent
    {
        Kind = EventKind.ModeSet,
        Room = standing?.Room ?? Bytes.Utf8("#a"),
        Epoch = 1,
        Seq = seq,
        UnixMs = 1000,
        Nick = "alice"u8,
        Text = "+l"u8,
        Standing = standing,
    });

    private static string[] Limits(Rig rig) => [.. rig.Sink.Standings.Select(Show).Order(StringComparer.Ordinal)];

    private static string Show(RoomStanding standing) => $"{Bytes.Utf8(standing.Room)} {standing.Limit}";

    private static long BytesOf(MemoryDisk disk) => disk.Names.Sum(name => disk[name].Length);
}
