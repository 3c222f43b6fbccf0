using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Who may not speak in a room does not do it by its nick, the topic, an invitation or a last word either.</summary>
public sealed class BannedMemberTests
{
    private readonly HubFixture _bench = new();
    private readonly Session _alice;
    private readonly Session _bob;

    public BannedMemberTests()
    {
        (_alice, _bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(_alice, "#tea");
        _bench.Join(_bob, "#tea");
    }

    [Fact]
    public void Banned_member_findsNoOtherWayToSpeak()
    {
        var carol = _bench.Connect("carol");
        Mode(_alice, "+b bob!*@*");
        HubFixture.Take(_alice);
        Assert.Equal(ErrorCode.Banned, _bench.Nick(_bob, "buy_it").Code);
        Assert.Equal(ErrorCode.Banned, _bench.Nick(_bob, "BOB").Code);
        Assert.True(_bench.Nick(_bob, "bob").IsDone);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Topic, _bob, "#tea", text: "buy it").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Invite, _bob, "#tea", "carol").Code);
        Assert.Empty(HubFixture.Take(_alice));
        Assert.Empty(HubFixture.Take(carol));
        _bench.Part(_bob, "#tea", "buy it");
        Assert.Equal(["Left #tea bob"], HubFixture.Take(_alice));
        Assert.True(_bench.Nick(_bob, "robert").IsDone);
    }

    [Fact]
    public void Nick_that_isBanned_doesNotEnterByResumingARoomUnderIt()
    {
        Mode(_alice, "+be *!*@* carol");
        var carol = _bench.Connect("carol");
        HubFixture.Take(_alice);
        Assert.Equal(ErrorCode.Banned, Resume(carol, "dave").Code);
        Assert.Equal(ErrorCode.BadNick, Resume(carol, new string('d', 500)).Code);
        Assert.Equal("carol", Bytes.Utf8(carol.Nick));
        Assert.Empty(HubFixture.Take(_alice));
        Assert.True(Resume(carol, "Carol").IsDone);
        Assert.Equal(ErrorCode.Banned, Resume(_bench.Connect("erin"), "frank").Code);

        _bench.Part(carol, "#tea");
        Assert.True(_bench.Nick(carol, "dave").IsDone);
        Assert.True(Resume(carol, "carol").IsDone);
    }

    [Fact]
    public void Banned_member_withARank_mayWhatOthersMay()
    {
        Mode(_alice, "+bv bob bob");
        Assert.True(_bench.Do(CommandKind.Topic, _bob, "#tea", text: "ours").IsDone);
        Assert.True(_bench.Nick(_bob, "robert").IsDone);
    }

    [Fact]
    public void Moderated_room_hasItsTopicAndGuestsFromThoseWhoMaySpeak()
    {
        _bench.Connect("carol");
        Mode(_alice, "+m");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Topic, _bob, "#tea", text: "mine").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Invite, _bob, "#tea", "carol").Code);
        Assert.True(_bench.Nick(_bob, "robert").IsDone);
    }

    private CommandResult Mode(Session session, string change) => _bench.Do(CommandKind.Modes, session, "#tea", text: change);

    private CommandResult Resume(Session session, string nick) => _bench.Hub.Execute(session, new Command
    {
        Kind = CommandKind.Resume,
        Room = Bytes.Utf8("#tea"),
        Nick = Bytes.Utf8(nick),
        Epoch = 1,
    });
}
