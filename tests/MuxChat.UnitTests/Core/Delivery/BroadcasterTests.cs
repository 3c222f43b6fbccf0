using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Buffers;

namespace MuxChat.UnitTests.Core.Delivery;

public sealed class BroadcasterTests
{
    private readonly SegmentPool _pool = new();
    private readonly Broadcaster _broadcaster;
    private readonly ChatHub _hub;
    private readonly LineProtocol _line = new();
    private readonly JsonProtocol _frame = new();
    private readonly byte[] _scratch = new byte[64 * 1024];

    public BroadcasterTests()
    {
        _broadcaster = new Broadcaster(_pool);
        var metrics = new MuxChat.Core.Metrics.MetricSet();
        var clock = new TickClock(new FakeTimeProvider());
        _hub = new ChatHub(_broadcaster, metrics, clock, new ChatLimits(), Bytes.Utf8("#lobby"), new Epochs(1));
    }

    [Fact]
    public void SixtyFourLines_inOneTick_areOneSliceForEveryMember()
    {
        var speaker = Connect();
        var members = Enumerable.Range(0, 100).Select(_ => Connect()).ToList();
        Flush();
        for (var i = 0; i < 64; i++)
        {
            Say(speaker, $"line {i}");
        }

        Assert.All(members, static member => Assert.Equal(0, member.Recipient.Outbox.SliceCount));
        _broadcaster.Distribute();
        Assert.All(members, static member => Assert.Equal(1, member.Recipient.Outbox.SliceCount));
        Assert.Equal(0, speaker.Recipient.Outbox.SliceCount);
        var expected = string.Concat(Enumerable.Range(0, 64).Select(static i => $"<guest-1> line {i}\n"));
        Assert.Equal(expected, members[99].Recipient.Outbox.ReadText());
    }

    [Fact]
    public void StalledMembers_ofOneRoom_shareItsBytes()
    {
        var speaker = Connect();
        var members = Enumerable.Range(0, 100).Select(_ => Connect()).ToList();
        Flush();
        for (var i = 0; i < 100; i++)
        {
            Say(speaker, new string('x', 4000));
            _broadcaster.Distribute();
        }

        Assert.InRange(_pool.Lent, 7, 9);
        Assert.All(members, static member => Assert.Equal(100 * 4011, member.Recipient.Outbox.QueuedBytes));
        Flush();
        Assert.InRange(_pool.Lent, 0, 2);
    }

    [Fact]
    public void ManyWhoQuit_areOneSlice_forThoseInSeveralRoomsWithThem()
    {
        var member = Connect();
        var others = Enumerable.Range(0, 300).Select(_ => Connect()).ToList();
        Join(member, "#other");
        others.ForEach(other => Join(other, "#other"));
        Flush();
        others.ForEach(other => _hub.Disconnect(other.Session, "slow consumer"));
        _broadcaster.Distribute();

        Assert.Equal(1, member.Recipient.Outbox.SliceCount);
        Assert.Equal(300, member.Recipient.Outbox.ReadText().Split("quit: slow consumer").Length - 1);
    }

    [Fact]
    public void ClientAlone_outboxNeverGrowsInSlices()
    {
        var (speaker, member) = (Connect(), Connect());
        Flush();
        for (var i = 0; i < 500; i++)
        {
            Say(speaker, "a line");
            _broadcaster.Distribute();
        }

        Assert.Equal(1, member.Recipient.Outbox.SliceCount);
    }

    [Fact]
    public void RenameAndQuit_onLines_areToldOncePerPerson()
    {
        var (alice, bob) = (Connect(), Connect());
        foreach (var room in new[] { "#a", "#b", "#c" })
        {
            Join(alice, room);
            Join(bob, room);
        }

        Flush();
        Nick(alice, "carol");
        Flush(keep: true);
        Assert.Equal("* guest-1 is now carol\n", bob.Recipient.Outbox.ReadText());
        Assert.Equal("* guest-1 is now carol\n", alice.Recipient.Outbox.ReadText());
        _hub.Disconnect(alice.Session, "gone");
        _broadcaster.Distribute();
        Assert.Equal("* carol quit: gone\n", bob.Recipient.Outbox.ReadText());
    }

    [Fact]
    public void RenameAndQuit_onFrames_areToldOncePerRoom()
    {
        var alice = Connect();
        var bob = new Listener(_broadcaster, _hub, _frame);
        Join(alice, "#a");
        Join(bob, "#a");
        Join(alice, "#alone");
        Flush();
        var before = bob.Heard().Count;
        Nick(alice, "carol");
        _hub.Disconnect(alice.Session, "gone");
        Flush();
        Assert.Equal(
            ["renamed #lobby 3 guest-1 carol", "renamed #a 3 guest-1 carol", "quit #lobby 4 carol gone", "quit #a 4 carol gone"],
            bob.Heard()[before..]);
    }

    [Fact]
    public void Rename_twice_isToldTwice()
    {
        var (alice, bob) = (Connect(), Connect());
        Flush();
        Nick(alice, "one");
        Nick(alice, "two");
        Assert.Equal("* guest-1 is now one\n* one is now two\n", bob.Recipient.Outbox.ReadText());
    }

    [Fact]
    public void DirectAnswer_comesBehindWhatTheRoomWasTold()
    {
        var (alice, bob) = (Connect(), Connect());
        Flush();
        Say(alice, "first");
        bob.Recipient.Receive(new ChatEvent { Kind = EventKind.Closing, Text = "second"u8 });
        Say(alice, "third");
        Flush(keep: true);
        Assert.Equal("<guest-1> first\n* goodbye: second\n<guest-1> third\n", bob.Recipient.Outbox.ReadText());
    }

    [Fact]
    public void RoomsOfOneClient_keepTheOrderInWhichThingsHappened()
    {
        var (alice, bob) = (Connect(), Connect());
        Join(alice, "#a");
        Join(bob, "#a");
        Flush();
        for (var i = 0; i < 3; i++)
        {
            Say(alice, $"here {i}", "#a");
            Say(alice, $"there {i}", "#lobby");
        }

        Flush(keep: true);
        var expected = string.Concat(Enumerable.Range(0, 3).Select(static i => $"[#a] <guest-1> here {i}\n[#lobby] <guest-1> there {i}\n"));
        Assert.Equal(expected, bob.Recipient.Outbox.ReadText());
    }

    [Fact]
    public void DirtyRecipients_areTakenOnceAndThenNoMore()
    {
        var (alice, bob) = (Connect(), Connect());
        Flush();
        Assert.False(_broadcaster.HasWork);
        Say(alice, "one");
        Assert.True(_broadcaster.HasWork);
        Assert.Equal("<guest-1> one\n".Length, _broadcaster.UnflushedBytes);
        _broadcaster.Distribute();
        Say(alice, "two");
        _broadcaster.Distribute();
        Assert.True(_broadcaster.TryTakeDirty(out var dirty));
        Assert.Same(bob.Recipient, dirty);
        Assert.False(_broadcaster.TryTakeDirty(out _));
        Assert.Equal((false, 0L), (_broadcaster.HasWork, _broadcaster.UnflushedBytes));
        Say(alice, "three");
        _broadcaster.Distribute();
        Assert.True(_broadcaster.TryTakeDirty(out dirty));
        Assert.Equal("<guest-1> one\n<guest-1> two\n<guest-1> three\n", dirty.Outbox.ReadText());
    }

    [Fact]
    public void ClosedRecipient_hearsNothingAndHoldsNothing()
    {
        var (alice, bob) = (Connect(), Connect());
        Say(alice, "queued");
        _broadcaster.Distribute();
        Say(alice, "batched");
        bob.Recipient.Close();
        Say(alice, "late");
        _hub.Execute(alice.Session, new Command { Kind = CommandKind.Message, Nick = "guest-2"u8, Text = "psst"u8 });
        Nick(alice, "carol");
        _broadcaster.Distribute();
        Assert.Equal(0, bob.Recipient.Outbox.QueuedBytes);
        Assert.True(bob.Recipient.IsClosed);
        _hub.Disconnect(bob.Session, "gone");
        Flush();
        Assert.InRange(_pool.Lent, 0, 2);
    }

    [Fact]
    public void Members_leavingWithinATick_stillHearWhatWasSaidBefore()
    {
        var (alice, bob) = (Connect(), Connect());
        Flush();
        Say(alice, "before");
        _hub.Execute(bob.Session, new Command { Kind = CommandKind.Part });
        Say(alice, "after");
        Flush(keep: true);
        Assert.Equal("<guest-1> before\n* guest-2 left #lobby\n", bob.Recipient.Outbox.ReadText());
    }

    [Fact]
    public void Room_recipientThatIsNotIn_throws()
    {
        var recipient = new Recipient(_broadcaster, owner: null);
        recipient.SetProtocol(_line);
        Assert.Throws<InvalidOperationException>(() => _broadcaster.CreateSubscribers().Remove(recipient));
    }

    private Listener Connect() => new(_broadcaster, _hub, _line);

    private void Say(Listener who, string text, string room = "") =>
        Assert.True(_hub.Execute(who.Session,
        new Command { Kind = CommandKind.Say, Room = Bytes.Utf8(room), Text = Bytes.Utf8(text) }).IsOk);

    private void Join(Listener who, string room) =>
        Assert.True(_hub.Execute(who.Session, new Command { Kind = CommandKind.Join, Room = Bytes.Utf8(room) }).IsOk);

    private void Nick(Listener who, string nick) =>
        Assert.True(_hub.Execute(who.Session, new Command { Kind = CommandKind.Nick, Nick = Bytes.Utf8(nick) }).IsOk);

    private void Flush(bool keep = false)
    {
        _broadcaster.Distribute();
        while (!keep && _broadcaster.TryTakeDirty(out var recipient))
        {
            ((Listener)recipient.Owner!).Receive(_scratch);
        }
    }
}
