using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Core.Chat.Operators;

/// <summary>Server operators change rooms from without, and appoint operators in them.</summary>
public sealed class OverrideTests
{
    private readonly HubFixture _bench = new();
    private readonly FakeWorker _desk = new();
    private readonly Session _root;
    private readonly Session _alice;
    private readonly Session _bob;

    public OverrideTests()
    {
        _bench.Hub.Operators.Use(_desk);
        (_root, _alice, _bob) = (_bench.Connect("rooty"), _bench.Connect("alice"), _bench.Connect("bob"));
        Assert.True(_bench.Do(CommandKind.Oper, _root, nick: "root", text: "secret").IsOk);
        _bench.Collect(_root);
        _bench.Join(_alice, "#tea");
        Mode("+t");
    }

    [Fact]
    public void Member_becomesOperator_andTheRoomIsTold()
    {
        _bench.Join(_bob, "#tea");
        Clear();
        Assert.True(Op("bob").IsOk);
        Assert.Equal(MemberRank.Operator, RankOf(_bob));
        Assert.Equal("+o bob", Assert.Single(HubFixture.EventsOf(_alice)).Text);
        Assert.Equal("rooty changed #tea: +o bob", _desk.Log[^1]);
    }

    [Theory]
    [InlineData("+b bob")]
    [InlineData("+i")]
    [InlineData("+k sesame")]
    [InlineData("+l 1")]
    public void Newcomer_isLetInOnce_andIsOperatorThen(string closed)
    {
        Mode(closed);
        Clear();
        Assert.True(Op("bob").IsOk);
        Assert.Equal(EventKind.Invitation, Assert.Single(HubFixture.EventsOf(_bob)).Kind);
        Assert.Equal(EventKind.Invited, Assert.Single(HubFixture.EventsOf(_root)).Kind);
        Clear();
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.Equal(MemberRank.Operator, RankOf(_bob));
        Assert.Equal([EventKind.Joined, EventKind.ModeSet], HubFixture.EventsOf(_alice).Select(static one => one.Kind));
        _bench.Part(_bob, "#tea");
        Assert.False(_bench.Join(_bob, "#tea").IsOk);
    }

    [Fact]
    public void Newcomer_whoWasLetIn_isKeptOutAgain()
    {
        Mode("+i");
        Assert.True(Op("bob").IsOk);
        Assert.True(_bench.Do(CommandKind.Override, _root, "#tea", text: "-o bob").IsOk);
        Assert.Equal(ErrorCode.InviteOnly, _bench.Join(_bob, "#tea").Code);
        Assert.Equal(ErrorCode.NotThere, _bench.Do(CommandKind.Override, _root, "#tea", text: "-o bob").Code);
    }

    [Fact]
    public void Room_inWhichNobodyIs_isOpened()
    {
        Mode("+ik sesame");
        _bench.Part(_alice, "#tea");
        Assert.True(_bench.Do(CommandKind.Override, _root, "#tea", text: "-ik").IsOk);
        Assert.Null(_bench.Hub.FindRoom(_root.Person, "#tea"u8));
        Assert.True(_bench.Join(_bob, "#tea").IsOk);
        Assert.Equal(MemberRank.None, RankOf(_bob));
        Assert.Equal(2, _bench.Hub.RoomCount);
    }

    [Theory]
    [InlineData("+iy", "+i")]
    [InlineData("+yo bob", "")]
    public void WhatIsPartlyRefused_isLoggedForWhatWasDone(string modes, string told)
    {
        Clear();
        Assert.Equal(ErrorCode.UnknownMode, _bench.Do(CommandKind.Override, _root, "#tea", text: modes).Code);
        var heard = HubFixture.EventsOf(_alice).Where(static one => one.Kind == EventKind.ModeSet).Select(static one => one.Text);
        Assert.Equal(told, string.Concat(heard));
        Assert.Equal($"rooty changed #tea: {modes}", _desk.Log[^1]);
    }

    [Theory]
    [InlineData("+t")]
    [InlineData("+y")]
    [InlineData("-o bob")]
    [InlineData("b")]
    public void WhatChangesNothing_isNotLogged(string modes)
    {
        _bench.Do(CommandKind.Override, _root, "#tea", text: modes);
        Assert.DoesNotContain(_desk.Log, static line => line.Contains("changed", StringComparison.Ordinal));
    }

    [Fact]
    public void Override_thatAppointsANewcomer_isToldWhatTheRoomIsTold()
    {
        Clear();
        Op("bob");
        Assert.Equal(Assert.Single(HubFixture.EventsOf(_alice)), Assert.Single(HubFixture.EventsOf(_root)));
    }

    [Fact]
    public void Invitation_keepsNobodyAlive_whoIsGone()
    {
        var gone = InviteOneWhoLeaves();
        GC.Collect();
        Assert.False(gone.TryGetTarget(out _));
        Assert.True(_bench.Do(CommandKind.Invite, _alice, "#tea", "bob").IsOk);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference<Session> InviteOneWhoLeaves()
    {
        var carol = _bench.Connect("carol");
        Assert.True(_bench.Do(CommandKind.Invite, _alice, "#tea", "carol").IsOk);
        _bench.Hub.Disconnect(carol, "gone");
        return new WeakReference<Session>(carol);
    }

    [Fact]
    public void Nobody_else_mayDoIt()
    {
        Assert.Equal(ErrorCode.NotOperator, _bench.Do(CommandKind.Override, _alice, "#tea", text: "+o bob").Code);
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Override, _bob, "#tea", "bob").Code);
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Override, _bob, "#nowhere", "bob").Code);
        Assert.Equal(ErrorCode.BadNick, _bench.Do(CommandKind.Override, _alice, "#tea", "bob x").Code);
        Assert.DoesNotContain(_desk.Log, static line => line.Contains("changed", StringComparison.Ordinal));
    }

    [Fact]
    public void What_isWrong_isSaid()
    {
        Assert.Equal(ErrorCode.UnknownRoom, _bench.Do(CommandKind.Override, _root, "#nowhere", "bob").Code);
        Assert.Equal(ErrorCode.UnknownNick, Op("nobody").Code);
        Assert.Equal(ErrorCode.BadNick, Op("a b").Code);
        Assert.Equal(ErrorCode.MissingField, Op("").Code);
        Assert.DoesNotContain(_desk.Log, static line => line.Contains("changed", StringComparison.Ordinal));
    }

    private CommandResult Op(string nick) => _bench.Do(CommandKind.Override, _root, "#tea", nick);

    private void Mode(string change) => Assert.True(_bench.Do(CommandKind.Modes, _alice, "#tea", text: change).IsOk);

    private MemberRank RankOf(Session session) => session.Person.Find(_bench.Hub.FindRoom(session.Person, "#tea"u8)!)!.Rank;

    private void Clear()
    {
        foreach (var session in new[] { _root, _alice, _bob })
        {
            HubFixture.EventsOf(session).Clear();
        }
    }
}
