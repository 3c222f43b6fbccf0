using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>What is said in a room that key or invitation closes to strangers stays there.</summary>
public sealed class ClosedRoomTests
{
    private readonly HubFixture _bench = new();
    private readonly Session _alice;
    private readonly Session _bob;

    public ClosedRoomTests()
    {
        (_alice, _bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(_alice, "#tea");
        _bench.Join(_bob, "#tea");
    }

    [Fact]
    public void WhatWasSaid_behindClosedDoors_isForThoseWhoGetIn_alsoWhenEverybodyHadLeft()
    {
        _bench.Say(_alice, "open", "#tea");
        Mode("+k secret");
        _bench.Say(_alice, "closed", "#tea");
        Assert.Equal(5, _bench.Hub.FindRoom(_alice.Person, "#tea"u8)!.LastSeq);
        _bench.Part(_bob, "#tea");
        _bench.Part(_alice, "#tea");
        var carol = _bench.Connect("carol");
        Assert.Equal(ErrorCode.BadKey, _bench.Join(carol, "#tea").Code);
        Assert.Equal(CommandResult.Ok(8), _bench.Do(CommandKind.Join, carol, "#tea", key: "secret"));
        Assert.Equal(1, carol.Current!.FirstSeq);
    }

    [Fact]
    public void WhatWasSaid_behindClosedDoors_isForgottenWhenTheyAreOpened()
    {
        Mode("+i");
        _bench.Say(_alice, "closed", "#tea");
        Mode("-i");
        var tea = _bench.Hub.FindRoom(_alice.Person, "#tea"u8)!;
        Assert.Equal((6, 5), (tea.FirstSeq, tea.LastSeq));
    }

    [Fact]
    public void WhatWasSaid_behindClosedDoors_isNotRestored_whereNothingClosesThemAnyMore()
    {
        var hub = new HubFixture().Hub;
        foreach (var (seq, isClosed) in new[] { (1, false), (2, true), (3, true) })
        {
            hub.Restore(new StoredEvent
            {
                Kind = EventKind.Said,
                Room = "#tea"u8,
                Epoch = 9,
                Seq = seq,
                UnixMs = 1,
                Nick = "alice"u8,
                Text = "x"u8,
                IsClosed = isClosed
            });
        }

        hub.FinishRestoring(new NoJournal(), wasClean: true);
        var session = hub.Connect(new RecordingRecipient());
        Assert.Equal(CommandResult.Ok(4), hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#tea"u8 }));
        Assert.Equal((9, 4), (session.Current!.Epoch, session.Current.FirstSeq));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatWasSaid_behindClosedDoors_isRestored_whereTheyStillAre(bool wasOpened)
    {
        var hub = new HubFixture().Hub;
        foreach (var (seq, isClosed) in new[] { (1, true), (2, true), (3, !wasOpened) })
        {
            hub.Restore(new StoredEvent
            {
                Kind = EventKind.Said,
                Room = "#tea"u8,
                Epoch = 9,
                Seq = seq,
                UnixMs = 1,
                Nick = "alice"u8,
                Text = "x"u8,
                IsClosed = isClosed
            });
        }

        hub.Restore(new RoomStanding { Room = Bytes.Utf8("#tea"), Key = Bytes.Utf8("sesame") });
        hub.FinishRestoring(new NoJournal(), wasClean: true);
        var session = hub.Connect(new RecordingRecipient());
        Assert.Equal(ErrorCode.BadKey, hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#tea"u8 }).Code);
        var entered = hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#tea"u8, Key = "sesame"u8 });
        Assert.Equal(CommandResult.Ok(4), entered);
        Assert.Equal((9, wasOpened ? 3 : 1), (session.Current!.Epoch, session.Current.FirstSeq));
    }

    private void Mode(string change) => Assert.True(_bench.Do(CommandKind.Modes, _alice, "#tea", text: change).IsOk);
}
