using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

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
    public void WhatWasSaid_behindClosedDoors_isForNobodyWhoComesLater()
    {
        _bench.Say(_alice, "open", "#tea");
        Mode("+k secret");
        _bench.Say(_alice, "closed", "#tea");
        Assert.Equal(5, _bench.Hub.FindRoom(_alice, "#tea"u8)!.LastSeq);
        _bench.Part(_bob, "#tea");
        _bench.Part(_alice, "#tea");
        var carol = _bench.Connect("carol");
        Assert.Equal(CommandResult.Done(8), _bench.Join(carol, "#tea"));
        Assert.Equal(8, carol.Current!.FirstSeq);
    }

    [Fact]
    public void WhatWasSaid_behindClosedDoors_isForgottenWhenTheyAreOpened()
    {
        Mode("+i");
        _bench.Say(_alice, "closed", "#tea");
        Mode("-i");
        Assert.Equal((6, 5), (_bench.Hub.FindRoom(_alice, "#tea"u8)!.FirstSeq, _bench.Hub.FindRoom(_alice, "#tea"u8)!.LastSeq));
    }

    [Fact]
    public void WhatWasSaid_behindClosedDoors_isNotRestored()
    {
        var hub = new HubFixture().Hub;
        foreach (var (seq, isClosed) in new[] { (1, false), (2, true), (3, true) })
        {
            hub.Restore(new PastEvent { Kind = EventKind.Said, Room = "#tea"u8, Epoch = 9, Seq = seq, UnixMs = 1, Nick = "alice"u8, Text = "x"u8, IsClosed = isClosed });
        }

        hub.FinishRestoring(new NoJournal(), wasClean: true);
        var session = hub.Connect(new RecordingRecipient());
        Assert.Equal(CommandResult.Done(4), hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#tea"u8 }));
        Assert.Equal((9, 4), (session.Current!.Epoch, session.Current.FirstSeq));
    }

    private void Mode(string change) => Assert.True(_bench.Do(CommandKind.Modes, _alice, "#tea", text: change).IsDone);
}
