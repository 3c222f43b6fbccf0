using System.Reflection;
using MuxChat.Comparison.Threaded;
using MuxChat.Core.Chat;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Loop;

namespace MuxChat.UnitTests.Core.Loop;

/// <summary>Limits that are replaced while the loop runs hold from their next use on, for clients that are in and for new ones.</summary>
public sealed class ReplacedLimitsTests
{
    private const ulong Alice = 1;
    private const string Welcome = "* Welcome";

    [Fact]
    public void Clients_in_all_are_as_many_as_the_new_limit_allows()
    {
        var bench = new LoopFixture(limits: new LoopLimits { Clients = 3 });
        bench.Connect(2, LoopFixture.Line);
        bench.Limits.Loop.Current = new LoopLimits { Clients = 2 };
        Assert.Equal("! the server is full (2 clients): try again later\n", TextOf(bench, bench.Network.Knock()));
        bench.Limits.Loop.Current = new LoopLimits { Clients = 4 };
        Assert.StartsWith(Welcome, TextOf(bench, bench.Network.Knock()), StringComparison.Ordinal);
    }

    [Fact]
    public void Clients_of_one_address_are_as_many_as_the_new_limit_allows()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ClientsPerAddress = 1 });
        Assert.StartsWith(Welcome, TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
        Assert.StartsWith("! your address has 1 connections", TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
        bench.Limits.Loop.Current = new LoopLimits { ClientsPerAddress = 2 };
        Assert.StartsWith(Welcome, TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
        Assert.StartsWith("! your address has 2 connections", TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
    }

    [Fact]
    public void Address_connects_as_often_as_the_new_limit_allows()
    {
        var bench = new LoopFixture(limits: new LoopLimits { ConnectsPerMinute = 1 });
        TextOf(bench, bench.Network.KnockFrom(Alice));
        const string TooOften = "! your address connects too often (at most ";
        Assert.StartsWith(TooOften + "1 ", TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
        bench.Limits.Loop.Current = new LoopLimits { ConnectsPerMinute = 60 };
        Assert.True(bench.RunFor(1001));
        Assert.StartsWith(Welcome, TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
        Assert.StartsWith(TooOften + "60 ", TextOf(bench, bench.Network.KnockFrom(Alice)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1000, 10)]
    [InlineData(1000, 1, 2)]
    public void Client_that_is_in_speaks_at_the_new_rate(int before, int after, int heard)
    {
        var bench = new LoopFixture(talking: new ClientLimits { FloodBurst = 1, FloodPerSecond = before, LoginBudget = 0 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        alice.Type("zero\n");
        bench.Tick(2);
        bob.ReadBytes();
        bench.Limits.Clients.Current = new ClientLimits { FloodBurst = 1, FloodPerSecond = after, LoginBudget = 0 };
        alice.Type(string.Concat(Enumerable.Range(0, 10).Select(static i => $"line {i}\n")));
        Assert.True(bench.RunFor(1100));
        Assert.Equal(heard, bob.ReadText().Count(static letter => letter == '\n'), tolerance: 1);
    }

    [Fact]
    public void Errors_in_a_row_are_as_many_as_the_new_limit_allows()
    {
        var bench = new LoopFixture(talking: new ClientLimits { FloodBurst = 1000, ErrorCost = 0 });
        var alice = bench.Connect();
        alice.Type("/nonsense\n/nonsense\n");
        bench.Tick();
        Assert.False(alice.IsClosed);
        bench.Limits.Clients.Current = new ClientLimits { FloodBurst = 1000, ErrorCost = 0, ErrorsInRow = 3 };
        alice.Type("/nonsense\n");
        bench.RunFor(2000);
        Assert.Contains("closed guest-1 ProtocolErrors, 0", bench.Observer.Log);
    }

    [Fact]
    public void Rooms_are_as_many_as_the_new_limits_allow()
    {
        var bench = new LoopFixture(chat: new ChatLimits { Rooms = 2, RoomsPerClient = 10 });
        var alice = bench.Connect();
        Assert.Contains("* you are in #a", Say(bench, alice, "/join #a"), StringComparison.Ordinal);
        Assert.Contains("the server has 2 rooms", Say(bench, alice, "/join #b"), StringComparison.Ordinal);
        bench.Limits.Chat.Current = new ChatLimits { Rooms = 3, RoomsPerClient = 10 };
        Assert.Contains("* you are in #b", Say(bench, alice, "/join #b"), StringComparison.Ordinal);
        bench.Limits.Chat.Current = new ChatLimits { Rooms = 10, RoomsPerClient = 3 };
        Assert.Contains("you are in 3 rooms, the maximum", Say(bench, alice, "/join #c"), StringComparison.Ordinal);
    }

    [Fact]
    public void Dormant_rooms_beyond_a_lower_limit_are_forgotten_when_one_is_made()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        for (var i = 0; i < 5; i++)
        {
            Say(bench, alice, $"/join #old-{i}");
            Say(bench, alice, "hello");
            Say(bench, alice, $"/part #old-{i}");
        }

        bench.Limits.Chat.Current = new ChatLimits { Rooms = 3 };
        Say(bench, alice, "/join #new");
        Say(bench, alice, "/part #new");
        Assert.Contains("hello", Say(bench, alice, "/join #old-4"), StringComparison.Ordinal);
        Say(bench, alice, "/part #old-4");
        Assert.DoesNotContain("hello", Say(bench, alice, "/join #old-3"), StringComparison.Ordinal);
    }

    [Fact]
    public void Room_remembers_as_many_events_as_the_new_limit_allows()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        for (var i = 0; i < 8; i++)
        {
            Say(bench, alice, $"line {i}");
        }

        bench.Limits.Chat.Current = new ChatLimits { History = 3, Replay = 2 };
        Assert.Contains("5 is too many: a room remembers at most 3 events", Say(bench, alice, "/history 5"), StringComparison.Ordinal);
        Say(bench, alice, "line 8");
        Assert.Equal(["line 6", "line 7", "line 8"], SaidIn(Say(bench, alice, "/history 3")));
        Assert.Equal(["line 7", "line 8"], SaidIn(TextOf(bench, bench.Network.Knock())));
        bench.Limits.Chat.Current = new ChatLimits { History = 5 };
        Say(bench, alice, "line 9");

        // Who has come in is remembered too.
        Assert.Equal(["line 7", "line 8", "line 9"], SaidIn(Say(bench, alice, "/history 5")));
    }

    [Fact]
    public void Rooms_remember_as_many_bytes_as_the_new_limit_allows()
    {
        var bench = new LoopFixture();
        var alice = bench.Connect();
        Say(bench, alice, "before");
        bench.Limits.Chat.Current = new ChatLimits { HistoryBytes = 1 };
        for (var i = 0; i < 5; i++)
        {
            Say(bench, alice, new string('x', 400));
        }

        Assert.DoesNotContain("before", SaidIn(Say(bench, alice, "/history 20")));
        bench.Limits.Chat.Current = new ChatLimits();
        Say(bench, alice, "after");
        Assert.Equal("after", SaidIn(Say(bench, alice, "/history 20"))[^1]);
    }

    [Fact]
    public void Silent_client_is_pinged_and_closed_after_the_new_times()
    {
        var bench = new LoopFixture();
        var robot = bench.Connect(LoopFixture.Frame);
        bench.Limits.Clients.Current = new ClientLimits { Flood = false, IdlePingMs = 1000, IdleCloseMs = 3000 };
        robot.Type(Bytes.Frame("""{"type":"ping","token":"t"}"""));
        bench.Tick();
        robot.ReadBytes();
        Assert.True(bench.RunFor(1001));
        Assert.Equal(Bytes.Frame("""{"type":"ping"}"""), robot.ReadBytes());
        bench.Limits.Clients.Current = new ClientLimits { Flood = false, IdlePingMs = 1000, IdleCloseMs = 10_000 };
        Assert.True(bench.RunFor(5000));
        Assert.False(robot.IsClosed);
        Assert.True(bench.RunFor(8000));
        Assert.True(robot.IsClosed);
    }

    [Fact]
    public void Output_queued_for_all_is_held_to_the_new_limit_without_another_line()
    {
        // After the last line, what the two hold is counted once, and is not too much.
        var bench = new LoopFixture(limits: new LoopLimits { QueuedBytes = 60_000 });
        var (alice, stalled, other) = (bench.Connect(), bench.Connect(), bench.Connect());
        (stalled.Window, other.Window) = (0, 0);
        for (var i = 0; i < 8; i++)
        {
            Say(bench, alice, new string('x', 4000));
        }

        Assert.False(stalled.IsClosed || other.IsClosed);
        bench.Limits.Loop.Current = new LoopLimits { QueuedBytes = 20_000 };
        bench.Tick();
        Assert.True(stalled.IsClosed && other.IsClosed);
        Assert.Contains("closed guest-2 OutputCap, 2", bench.Observer.Log);
    }

    [Fact]
    public void Slow_client_is_held_to_the_new_rule()
    {
        var bench = new LoopFixture();
        var (alice, stalled) = (bench.Connect(), bench.Connect());
        stalled.Window = 0;
        Say(bench, alice, new string('x', 4000));
        bench.Limits.Loop.Current = new LoopLimits { SlowConsumer = new SlowConsumerRule { HardBytes = 5000, SoftBytes = 5000 } };
        Say(bench, alice, new string('x', 4000));
        Assert.True(stalled.IsClosed);
    }

    [Fact]
    public void Loop_accepts_as_many_in_a_tick_as_the_new_limit_allows()
    {
        var bench = new LoopFixture();
        bench.Connect();
        bench.Limits.Loop.Current = new LoopLimits { AcceptsPerTick = 2 };
        for (var i = 0; i < 5; i++)
        {
            bench.Network.Knock();
        }

        bench.Tick();
        Assert.Equal(3, bench.Loop.ConnectionCount);
    }

    [Fact]
    public void Loop_under_load_holds_back_as_long_as_the_new_limit_allows()
    {
        var bench = new LoopFixture(limits: new LoopLimits { CoalesceUs = 100 });
        var (alice, bob) = (bench.Connect(), bench.Connect());
        (bob.Time, bob.SendMs) = (bench.Time, 10);
        bench.Limits.Loop.Current = new LoopLimits { CoalesceUs = 50 };
        alice.Type("hello\n");
        bench.Tick(2);
        Assert.Equal([50], bench.Network.Holds);
    }

    [Theory]
    [InlineData(nameof(LoopLimits.ReadBytesPerTick))]
    [InlineData(nameof(LoopLimits.LimitLoopback))]
    public void Limit_that_is_fixed_at_the_start_is_refused_and_nothing_is_replaced(string name)
    {
        var limits = new ServerLimits(new LoopLimits(), new ClientLimits(), new ChatLimits(), new FrameLimits());
        var loop = name == nameof(LoopLimits.ReadBytesPerTick) ? new LoopLimits { Clients = 7, ReadBytesPerTick = 1024 }
            : new LoopLimits { Clients = 7, LimitLoopback = true };
        Assert.Equal(name, limits.Replace(
            loop, new ClientLimits { FloodBurst = 3 }, new ChatLimits { Rooms = 5 }, new FrameLimits { LineBytes = 100 }));
        Assert.Equal((new LoopLimits(), new ClientLimits(), new ChatLimits(), new FrameLimits()),
            (limits.Loop.Current, limits.Clients.Current, limits.Chat.Current, limits.Frames.Current));
    }

    [Fact]
    public void Limits_that_may_change_are_replaced_together()
    {
        var limits = new ServerLimits(new LoopLimits(), new ClientLimits(), new ChatLimits(), new FrameLimits());
        var (loop, clients) = (new LoopLimits { Clients = 7 }, new ClientLimits { FloodBurst = 3 });
        var (chat, frames) = (new ChatLimits { Rooms = 5, TextBytes = 100 }, new FrameLimits { LineBytes = 100, FrameBytes = 200 });
        Assert.Null(limits.Replace(loop, clients, chat, frames));
        Assert.Equal((loop, clients, chat, frames),
            (limits.Loop.Current, limits.Clients.Current, limits.Chat.Current, limits.Frames.Current));
    }

    /// <summary>
    /// Nothing keeps a record of limits but the one reference to it. The limiter keeps the one that its texts were made of, and compares.
    /// </summary>
    [Fact]
    public void Record_of_limits_is_kept_by_nothing_but_its_reference()
    {
        Type[] records = [typeof(LoopLimits), typeof(ClientLimits), typeof(ChatLimits), typeof(FrameLimits)];
        var keepers = from assembly in (Assembly[])[typeof(EventLoop).Assembly, typeof(ThreadedServer).Assembly]
                      from type in assembly.GetTypes()
                      from field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                      where records.Contains(field.FieldType)
                      select $"{type.Name}.{field.Name}";
        Assert.Equal(["ConnectionLimiter._limits"], keepers);
    }

    private static string TextOf(LoopFixture bench, FakeChannel channel)
    {
        bench.Tick();
        return channel.ReadText();
    }

    private static string Say(LoopFixture bench, FakeChannel channel, string line)
    {
        channel.Type(line + "\n");
        bench.Tick(2);
        return channel.ReadText();
    }

    private static string[] SaidIn(string lines) =>
        [.. lines.Split('\n').Where(static one => one.Contains('>', StringComparison.Ordinal)).Select(static one => one.Split("> ")[1])];
}
