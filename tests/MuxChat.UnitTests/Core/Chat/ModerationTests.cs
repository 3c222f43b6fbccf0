using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Operators of rooms, and what they may do: modes, bans, keys, invitations, putting somebody out.</summary>
public sealed class ModerationTests
{
    private readonly HubFixture _bench = new();
    private readonly Session _alice;
    private readonly Session _bob;

    // Alice has made the room; bob is in it too.
    public ModerationTests()
    {
        (_alice, _bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(_alice, "#tea");
        _bench.Join(_bob, "#tea");
        HubFixture.Take(_alice);
        HubFixture.Take(_bob);
    }

    [Fact]
    public void First_inANewRoom_isItsOperator_andNobodyElse()
    {
        Assert.Equal(ErrorCode.NotRoomOperator, Mode(_bob, "+m").Code);
        Assert.True(Mode(_alice, "+m").IsOk);
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Modes, _bench.Connect("carol"), "#lobby", text: "+m").Code);
    }

    [Fact]
    public void Change_isOneEventOfTheRoom_withWhatChanged()
    {
        Assert.Equal(CommandResult.Ok(3), Mode(_alice, "+mt-n+ov bob bob"));
        Assert.Equal(["ModeSet #tea alice +mt-n+ov bob bob"], HubFixture.Take(_bob));
        Assert.Equal(CommandResult.Ok(), Mode(_alice, "+mt-n+o bob"));
        Assert.Empty(HubFixture.Take(_bob));
    }

    [Fact]
    public void Change_partlyWrong_makesTheRest_andSaysWhatWasWrong()
    {
        Assert.Equal(ErrorCode.UnknownMode, Mode(_alice, "+xm").Code);
        Assert.Equal(["ModeSet #tea alice +m"], HubFixture.Take(_bob));
    }

    [Theory]
    [InlineData("+o", ErrorCode.MissingField)]
    [InlineData("+o nobody", ErrorCode.UnknownNick)]
    [InlineData("+o carol", ErrorCode.NotThere)]
    [InlineData("+k", ErrorCode.MissingField)]
    [InlineData("+k a,b", ErrorCode.BadField)]
    [InlineData("+k 123456789012345678901234567890123", ErrorCode.BadField)]
    [InlineData("+k :x", ErrorCode.BadField)]
    [InlineData("+l", ErrorCode.MissingField)]
    [InlineData("+l 0", ErrorCode.BadField)]
    [InlineData("+l -3", ErrorCode.BadField)]
    [InlineData("+l 3x", ErrorCode.BadField)]
    [InlineData("+l 99999999999", ErrorCode.BadField)]
    [InlineData("+bbbbb a b c d e", ErrorCode.BadField)]
    [InlineData("+\u00e9", ErrorCode.UnknownMode)]
    public void Change_wrong_isRefused(string change, ErrorCode code)
    {
        _bench.Connect("carol");
        Assert.Equal(code, Mode(_alice, change).Code);
    }

    [Fact]
    public void Moderated_room_hearsOperatorsAndVoices()
    {
        Mode(_alice, "+m");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Assert.True(_bench.Say(_alice, "hi", "#tea").IsOk);
        Mode(_alice, "+v bob");
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
        Mode(_alice, "-v bob");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
    }

    [Fact]
    public void Outsider_isHeard_whereTheRoomAllowsIt()
    {
        var carol = _bench.Connect("carol");
        Assert.Equal(ErrorCode.NotInRoom, _bench.Say(carol, "hi", "#tea").Code);
        Mode(_alice, "-n");
        HubFixture.Take(_alice);
        Assert.True(_bench.Say(carol, "hi", "#tea").IsOk);
        Assert.Equal(["Said #tea carol hi"], HubFixture.Take(_alice));
        Mode(_alice, "+b carol");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(carol, "hi", "#tea").Code);
    }

    [Fact]
    public void Banned_member_isSilent_untilExceptedVoicedOrRenamedElsewhere()
    {
        Mode(_alice, "+b bob!*@*");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Mode(_alice, "+e *!*@somewhere");
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
        Mode(_alice, "-e *!*@SOMEWHERE");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        _bench.Part(_bob, "#tea");
        Assert.True(_bench.Nick(_bob, "robert").IsOk);
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
        Assert.True(_bench.Nick(_bob, "bob").IsOk);
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Mode(_alice, "+v bob");
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
    }

    [Fact]
    public void Every_mask_of_a_list_counts_for_itself()
    {
        Mode(_alice, "+bbb nobody bob carol");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Mode(_alice, "-b nobody");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Mode(_alice, "+ee nobody bob");
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
        Mode(_alice, "-e bob");
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Say(_bob, "hi", "#tea").Code);
        Mode(_alice, "-b bob");
        Assert.True(_bench.Say(_bob, "hi", "#tea").IsOk);
    }

    [Theory]
    [InlineData("+b carol", ErrorCode.Banned)]
    [InlineData("+b *!*@some*", ErrorCode.Banned)]
    [InlineData("+be carol *!test@*", ErrorCode.None)]
    [InlineData("+i", ErrorCode.InviteOnly)]
    [InlineData("+iI car?l!*@*", ErrorCode.None)]
    [InlineData("+k secret", ErrorCode.BadKey)]
    [InlineData("+l 2", ErrorCode.RoomFull)]
    [InlineData("+l 3", ErrorCode.None)]
    public void Entering_isRefused_forWhatTheRoomSays(string change, ErrorCode code)
    {
        Assert.True(Mode(_alice, change).IsOk);
        Assert.Equal(code, _bench.Join(_bench.Connect("carol"), "#tea").Code);
    }

    [Fact]
    public void Invitation_opensOnce_whatKeyLimitAndInvitationClose_butNoBan()
    {
        var carol = _bench.Connect("carol");
        Mode(_alice, "+ikl secret 2");
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Invite, _bob, "#tea", "carol").Code);
        Assert.True(_bench.Do(CommandKind.Invite, _alice, "#tea", "carol").IsOk);
        Assert.Equal(["Invitation #tea alice carol"], HubFixture.Take(carol));
        Assert.Equal("Invited #tea alice carol", HubFixture.Take(_bob)[^1]);
        Mode(_alice, "+b carol");
        Assert.Equal(ErrorCode.Banned, _bench.Join(carol, "#tea").Code);
        Mode(_alice, "-b carol");
        Assert.True(_bench.Join(carol, "#tea").IsOk);
        Assert.Equal(ErrorCode.AlreadyThere, _bench.Do(CommandKind.Invite, _alice, "#tea", "carol").Code);
        _bench.Part(carol, "#tea");
        Assert.Equal(ErrorCode.InviteOnly, _bench.Join(carol, "#tea").Code);
    }

    [Fact]
    public void Key_opens()
    {
        Mode(_alice, "+k s\u00e9same");
        var carol = _bench.Connect("carol");
        Assert.Equal(ErrorCode.BadKey, Join(carol, "sesame").Code);
        Assert.True(Join(carol, "s\u00e9same").IsOk);
    }

    [Fact]
    public void Kick_putsOut_andIsAnEventThatAllHear()
    {
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Kick, _bob, "#tea", "alice").Code);
        Assert.Equal(CommandResult.Ok(3), _bench.Do(CommandKind.Kick, _alice, "#tea", "BOB", "enough"));
        Assert.Equal(["Kicked #tea alice bob enough"], HubFixture.Take(_bob));
        Assert.Equal(["Kicked #tea alice bob enough"], HubFixture.Take(_alice));
        Assert.Equal("#lobby", Bytes.Utf8(_bob.Current!.Name));
        Assert.Equal(ErrorCode.NotThere, _bench.Do(CommandKind.Kick, _alice, "#tea", "bob").Code);
        Assert.Equal(ErrorCode.UnknownNick, _bench.Do(CommandKind.Kick, _alice, "#tea", "nobody").Code);
        _bench.Say(_alice, "gone", "#tea");
        Assert.Empty(HubFixture.Take(_bob));
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
    }

    [Fact]
    public void Kick_oneself_lastOne_leavesTheRoomAsItStands()
    {
        _bench.Part(_bob, "#tea");
        Mode(_alice, "+tl 5");
        Assert.True(_bench.Do(CommandKind.Kick, _alice, "#tea", "alice").IsOk);
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.Equal(ErrorCode.NotRoomOperator, Mode(_bob, "+m").Code);
        Assert.Equal("+Cntl 5", Bytes.Utf8(_bench.Hub.FindRoom(_alice.Person, "#tea"u8)!.Rules.Describe(showsKey: true)));
    }

    [Fact]
    public void Topic_ofOperators_isTheirs()
    {
        Mode(_alice, "+t");
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Topic, _bob, "#tea", text: "mine").Code);
        Assert.True(_bench.Do(CommandKind.Topic, _alice, "#tea", text: "ours").IsOk);
    }

    [Fact]
    public void ToOperators_isHeardByThemAlone()
    {
        var carol = _bench.Connect("carol");
        _bench.Join(carol, "#tea");
        Mode(_alice, "+v bob");
        foreach (var one in new[] { _alice, _bob, carol })
        {
            HubFixture.Take(one);
        }

        Assert.True(_bench.Do(CommandKind.Message, carol, nick: "@#tea", text: "help").IsOk);
        Assert.True(_bench.Do(CommandKind.Message, carol, nick: "+#TEA", text: "hello").IsOk);
        Assert.Equal(["Message carol @#tea help", "Message carol +#tea hello"], HubFixture.Take(_alice));
        Assert.Equal(["Message carol +#tea hello"], HubFixture.Take(_bob));
        Assert.Empty(HubFixture.Take(carol));
        Assert.Equal(ErrorCode.NotInRoom, _bench.Do(CommandKind.Message, _bench.Connect("dave"), nick: "@#tea", text: "x").Code);
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Message, carol, nick: "@#none", text: "x").Code);
    }

    [Fact]
    public void ListOfMasks_fullOne_isRefused()
    {
        for (var i = 0; i < 60; i++)
        {
            Assert.True(Mode(_alice, $"+b n{i}").IsOk);
        }

        Assert.Equal(ErrorCode.ListFull, Mode(_alice, "+b another").Code);
        Assert.True(Mode(_alice, "-b n0").IsOk);
        Assert.True(Mode(_alice, "+b another").IsOk);
    }

    [Theory]
    [InlineData("bob", "bob!*@*")]
    [InlineData("*@host", "*!*@host")]
    [InlineData("b!u", "b!u@*")]
    [InlineData("b!u@h", "b!u@h")]
    [InlineData("bob@", "*!bob@")]
    public void Mask_given_isMadeWhole(string given, string mask)
    {
        Mode(_alice, $"+b {given}");
        Assert.Equal($"ModeSet #tea alice +b {mask}", HubFixture.Take(_bob)[^1]);
    }

    [Fact]
    public void Signal_isForProgramsOnly_whereTheRoomAllowsIt()
    {
        Assert.Equal(ErrorCode.CannotSpeak, _bench.Do(CommandKind.Signal, _bob, "#tea", text: "VERSION").Code);
        Mode(_alice, "-C");
        HubFixture.Take(_alice);
        Assert.Equal(CommandResult.Ok(), _bench.Do(CommandKind.Signal, _bob, "#tea", text: "VERSION"));
        Assert.Equal(["Signal #tea bob VERSION"], HubFixture.Take(_alice));
    }

    [Fact]
    public void Message_toSomebodyAway_isAnsweredWithTheReason_whereAsked()
    {
        _bench.Do(CommandKind.Away, _bob, text: "lunch");
        HubFixture.Take(_alice);
        _bench.Hub.Execute(_alice, new Command { Kind = CommandKind.Message, Nick = "bob"u8, Text = "hi"u8, TellsAway = true });
        Assert.Equal(["Away bob lunch"], HubFixture.Take(_alice));
        _bench.Do(CommandKind.Message, _alice, nick: "bob", text: "hi");
        Assert.Empty(HubFixture.Take(_alice));
    }

    private CommandResult Mode(Session session, string change) => _bench.Do(CommandKind.Modes, session, "#tea", text: change);

    private CommandResult Join(Session session, string key) =>
        _bench.Hub.Execute(session, new Command { Kind = CommandKind.Join, Room = "#tea"u8, Key = Bytes.Utf8(key) });
}
