using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>
/// A member that may not speak in a room does not do it by its nick, its real name, an away message, the topic, an invitation or a last
/// word either.
/// </summary>
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
        Assert.True(_bench.Nick(_bob, "bob").IsOk);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Topic, _bob, "#tea", text: "buy it").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Invite, _bob, "#tea", "carol").Code);
        Assert.Empty(HubFixture.Take(_alice));
        Assert.Empty(HubFixture.Take(carol));
        _bench.Part(_bob, "#tea", "buy it");
        Assert.Equal(["Left #tea bob"], HubFixture.Take(_alice));
        Assert.True(_bench.Nick(_bob, "robert").IsOk);
    }

    [Fact]
    public void Silent_member_ofAModeratedRoom_keepsTheNickThatItChose()
    {
        var guest = _bench.Connect();
        _bench.Join(guest, "#tea");
        Mode(_alice, "+m");
        HubFixture.Take(_alice);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Nick(_bob, "buy_it").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Nick(_bob, "BOB").Code);
        Assert.True(_bench.Nick(_bob, "bob").IsOk);
        Assert.Empty(HubFixture.Take(_alice));

        // A guest chooses one, once; a banned guest none.
        Assert.True(_bench.Nick(guest, "greta").IsOk);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Nick(guest, "buy_it").Code);
        var banned = _bench.Connect();
        _bench.Join(banned, "#tea");
        Mode(_alice, $"+b {Bytes.Utf8(banned.Person.Nick)}");
        Assert.Equal(ErrorCode.Banned, _bench.Nick(banned, "buy_it").Code);
        Mode(_alice, "+v bob");
        Assert.True(_bench.Nick(_bob, "robert").IsOk);
    }

    [Theory]
    [InlineData("+b bob")]
    [InlineData("+m")]
    public void Silent_member_quitsWithoutALastWord_whereItIsSilent(string mode)
    {
        var carol = _bench.Connect("carol");
        _bench.Part(_alice, "#lobby");
        Mode(_alice, mode);
        HubFixture.Take(_alice);
        HubFixture.Take(carol);
        Assert.True(_bench.Do(CommandKind.Quit, _bob, text: "buy it").IsOk);
        Assert.Equal(["Quit #tea bob"], HubFixture.Take(_alice));
        Assert.Equal(["Quit #lobby bob Quit: buy it"], HubFixture.Take(carol));
    }

    [Fact]
    public void Silent_member_thatTheServerCloses_leavesWithTheServersWords()
    {
        Mode(_alice, "+b bob");
        HubFixture.Take(_alice);
        _bench.Hub.Disconnect(_bob, "connection reset");
        Assert.Contains("Quit #tea bob connection reset", HubFixture.Take(_alice));
    }

    [Theory]
    [InlineData("+b bob")]
    [InlineData("+m")]
    public void Silent_member_isAway_withoutWordsWhereItIsSilent(string mode)
    {
        var carol = _bench.Connect("carol");
        _bench.Part(_alice, "#lobby");
        Mode(_alice, mode);
        HubFixture.Take(_alice);
        HubFixture.Take(carol);
        Assert.True(_bench.Do(CommandKind.Away, _bob, text: "buy it").IsOk);
        Assert.Empty(HubFixture.Take(_alice));
        Assert.Equal(["Away bob buy it"], HubFixture.Take(carol));
        Assert.True(_bench.Do(CommandKind.Away, _bob).IsOk);
        Assert.Equal(["Away bob"], HubFixture.Take(_alice));
    }

    [Fact]
    public void Banned_member_keepsItsRealName_untilItLeaves()
    {
        Mode(_alice, "+b bob");
        HubFixture.Take(_alice);
        Assert.Equal(ErrorCode.Banned, _bench.Do(CommandKind.RealName, _bob, text: "buy it").Code);
        Assert.NotEqual("buy it", Bytes.Utf8(_bob.Person.Identity.RealName));
        Assert.Empty(HubFixture.Take(_alice));
        _bench.Part(_bob, "#tea");
        Assert.True(_bench.Do(CommandKind.RealName, _bob, text: "Bob").IsOk);
    }

    [Fact]
    public void Silent_member_ofModeratedRooms_takesAnotherRealName_andOnlyItselfIsTold()
    {
        _bench.Part(_bob, "#lobby");
        Mode(_alice, "+m");
        HubFixture.Take(_alice);
        HubFixture.Take(_bob);
        Assert.True(_bench.Do(CommandKind.RealName, _bob, text: "Bob").IsOk);
        Assert.Empty(HubFixture.Take(_alice));
        Assert.Equal(["RealNameSet bob Bob"], HubFixture.Take(_bob));
    }

    [Fact]
    public void Nick_that_isBanned_doesNotEnterByResumingARoomUnderIt()
    {
        Mode(_alice, "+be *!*@* carol");
        var carol = _bench.Connect("carol");
        HubFixture.Take(_alice);
        Assert.Equal(ErrorCode.Banned, Resume(carol, "dave").Code);
        Assert.Equal(ErrorCode.BadNick, Resume(carol, new string('d', 500)).Code);
        Assert.Equal("carol", Bytes.Utf8(carol.Person.Nick));
        Assert.Empty(HubFixture.Take(_alice));
        Assert.True(Resume(carol, "Carol").IsOk);
        Assert.Equal(ErrorCode.Banned, Resume(_bench.Connect("erin"), "frank").Code);

        _bench.Part(carol, "#tea");
        Assert.True(_bench.Nick(carol, "dave").IsOk);
        Assert.True(Resume(carol, "carol").IsOk);
    }

    [Fact]
    public void Banned_member_withARank_mayWhatOthersMay()
    {
        Mode(_alice, "+bv bob bob");
        Assert.True(_bench.Do(CommandKind.Topic, _bob, "#tea", text: "ours").IsOk);
        Assert.True(_bench.Nick(_bob, "robert").IsOk);
        Assert.True(_bench.Do(CommandKind.RealName, _bob, text: "Robert").IsOk);
    }

    [Fact]
    public void Moderated_room_hasItsTopicAndGuestsFromThoseWhoMaySpeak()
    {
        _bench.Connect("carol");
        Mode(_alice, "+m");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Topic, _bob, "#tea", text: "mine").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Invite, _bob, "#tea", "carol").Code);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Nick(_bob, "robert").Code);
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
