using MuxChat.Core.Chat;

namespace MuxChat.UnitTests.Core.Chat.Operators;

public sealed class ServerOperatorsTests
{
    private readonly HubFixture _bench = new();
    private readonly FakeWorker _desk = new();

    public ServerOperatorsTests() => _bench.Hub.Operators.Use(_desk);

    [Fact]
    public void Oper_withTheRightPassword_isAnsweredWhenTheOutcomeIsThere()
    {
        var alice = _bench.Connect("alice");
        _desk.IsSlow = true;
        Assert.True(Oper(alice, "root", "secret").IsOk);
        _bench.Collect(alice);
        Assert.Equal((false, 0, true), (alice.Person.IsOperator, HubFixture.Take(alice).Length, alice.HasMore));

        _desk.IsSlow = false;
        _bench.Collect(alice);

        Assert.Equal((true, 1, false), (alice.Person.IsOperator, _bench.Hub.Operators.Count, alice.HasMore));
        Assert.Equal(["Operator alice", "ModeSet #lobby alice +o alice"], HubFixture.Take(alice));
        Assert.True(alice.AnswerResult.IsOk);
        Assert.Equal(["alice from 192.0.2.1:7 is root"], _desk.Log);
    }

    [Fact]
    public void Oper_withAWrongPassword_isRefusedAndTheThirdExpels()
    {
        var alice = _bench.Connect("alice");
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(CloseReason.None, ((RecordingRecipient)alice.Recipient).Expelled);
            Assert.Equal(ErrorCode.MissingField, Oper(alice, "root", "").Code);
            Oper(alice, "root", "wrong");
            _bench.Collect(alice);
            Assert.Equal(["OperatorRefused alice"], HubFixture.Take(alice));
            Assert.Equal(ErrorCode.BadPassword, alice.AnswerResult.Code);
        }

        Assert.Equal(CloseReason.WrongPassword, ((RecordingRecipient)alice.Recipient).Expelled);
        Assert.False(alice.Person.IsOperator);
    }

    [Fact]
    public void Oper_whileTheWorkerIsFull_isRefused()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        HubFixture.Take(alice);
        _desk.Places = 1;
        Assert.True(Oper(alice, "root", "secret").IsOk);
        Assert.Equal(ErrorCode.Busy, Oper(bob, "root", "secret").Code);
        _bench.Collect(alice);
        Assert.True(Oper(bob, "root", "secret").IsOk);
        _bench.Collect(bob);
        Assert.Equal(2, _bench.Hub.Operators.Count);
    }

    [Fact]
    public void Outcomes_ofWhoIsGone_areForNobodyAndTheNextIsForTheNext()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _desk.IsSlow = true;
        Oper(alice, "root", "secret");
        Oper(bob, "root", "wrong");
        _bench.Hub.Disconnect(alice, "gone");
        HubFixture.Take(bob);
        _desk.IsSlow = false;
        _bench.Collect(alice);
        _bench.Collect(bob);
        Assert.Equal((false, 0), (alice.Person.IsOperator, _bench.Hub.Operators.Count));
        Assert.Equal(["OperatorRefused bob"], HubFixture.Take(bob));
    }

    [Fact]
    public void Operator_ofTheServer_isOneOfTheLobby_whileItIsOne()
    {
        var (alice, bob) = (Operator("alice"), _bench.Connect("bob"));
        HubFixture.Take(bob);
        Assert.True(_bench.Do(CommandKind.Kick, alice, "#lobby", "bob").IsOk);
        _bench.Part(alice, "#lobby");
        _bench.Join(bob, "#lobby");
        HubFixture.Take(bob);
        _bench.Join(alice, "#lobby");
        _bench.Hub.Operators.Resign(alice.Person);
        Assert.Equal(["Joined #lobby alice", "ModeSet #lobby alice +o alice", "ModeSet #lobby alice -o alice"], HubFixture.Take(bob));
        Assert.Equal(ErrorCode.NotRoomOperator, _bench.Do(CommandKind.Kick, alice, "#lobby", "bob").Code);
    }

    [Fact]
    public void Operator_whoEntersTheLobby_isToldThatItIsInAndThenOfItsRank()
    {
        var alice = Operator("alice");
        _bench.Part(alice, "#lobby");
        HubFixture.Take(alice);
        var joined = _bench.Join(alice, "#lobby");
        var events = HubFixture.EventsOf(alice);
        Assert.Equal([EventKind.Joined, EventKind.RoomState, EventKind.ModeSet], events.Select(static heard => heard.Kind));
        Assert.Equal(events[0].Seq, joined.Seq);
        Assert.Equal(events[0].Seq + 1, events[2].Seq);
    }

    [Fact]
    public void OperatorOfTheLobby_madeByOneOfTheServer_staysOneAsItEntersAnotherRoom()
    {
        var (alice, bob) = (Operator("alice"), _bench.Connect("bob"));
        Assert.True(_bench.Do(CommandKind.Modes, alice, "#lobby", text: "+o bob").IsOk);
        HubFixture.Take(alice);
        Assert.True(_bench.Join(bob, "#tea").IsOk);
        Assert.Empty(HubFixture.Take(alice));
        Assert.True(_bench.Do(CommandKind.Modes, bob, "#lobby", text: "+m").IsOk);
    }

    [Fact]
    public void Kill_marksTheVictimAndTellsItAndItsRoomsWhy()
    {
        var (alice, bob, carol) = (Operator("alice"), _bench.Connect("bob"), _bench.Connect("carol"));
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.True(_bench.Do(CommandKind.Kill, alice, nick: "BOB", text: "too loud").IsOk);

        Assert.Equal((CloseReason.Killed, true), (((RecordingRecipient)bob.Recipient).Expelled, bob.IsGone));
        Assert.Equal(["Killed alice bob too loud", "Closing killed by alice: too loud"], HubFixture.Take(bob));
        Assert.Equal(["Quit #lobby bob killed by alice: too loud"], HubFixture.Take(carol));
        Assert.Null(_bench.Hub.FindPerson(Bytes.Utf8("bob")));
        Assert.Contains("alice killed bob", _desk.Log);
        Assert.Equal(ErrorCode.UnknownNick, _bench.Do(CommandKind.Kill, alice, nick: "bob", text: "again").Code);
        Assert.Equal(ErrorCode.NotOperator, _bench.Do(CommandKind.Kill, carol, nick: "alice", text: "no").Code);
    }

    [Fact]
    public void Rehash_readsTheMotdOrSaysThatItDidNot()
    {
        var alice = Operator("alice");
        Assert.True(_bench.Do(CommandKind.Rehash, alice).IsOk);
        Assert.Empty(_bench.Hub.Motd);
        _bench.Collect(alice);
        Assert.Equal("new", Bytes.Utf8(_bench.Hub.Motd));
        Assert.Equal(["Rehashed alice"], HubFixture.Take(alice));
        Assert.True(alice.AnswerResult.IsOk);

        _desk.Motd = null;
        _bench.Do(CommandKind.Rehash, alice);
        _bench.Collect(alice);
        Assert.Equal("new", Bytes.Utf8(_bench.Hub.Motd));
        Assert.Equal(["Rehashed alice"], HubFixture.Take(alice));
        Assert.Equal(ErrorCode.RehashFailed, alice.AnswerResult.Code);
    }

    [Fact]
    public void Wallops_reachesOperatorsAndListenersOnceEach()
    {
        var (alice, bob, carol) = (Operator("alice"), _bench.Connect("bob"), _bench.Connect("carol"));
        _bench.Hub.Operators.Listen(alice.Person, true);
        _bench.Hub.Operators.Listen(bob.Person, true);
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.True(_bench.Do(CommandKind.Wallops, alice, text: "look").IsOk);
        Assert.Equal(["Wallops alice look"], HubFixture.Take(alice));
        Assert.Equal(["Wallops alice look"], HubFixture.Take(bob));
        Assert.Empty(HubFixture.Take(carol));

        _bench.Hub.Operators.Resign(alice.Person);
        Assert.Equal(ErrorCode.NotOperator, _bench.Do(CommandKind.Wallops, alice, text: "look").Code);
        _bench.Hub.Disconnect(bob, "gone");
        _bench.Hub.Operators.Listen(alice.Person, false);
        Assert.Equal(0, _bench.Hub.Operators.Count);
    }

    private Session Operator(string nick)
    {
        var session = _bench.Connect(nick);
        Oper(session, "root", "secret");
        _bench.Collect(session);
        HubFixture.Take(session);
        return session;
    }

    private CommandResult Oper(Session session, string name, string password) =>
        _bench.Do(CommandKind.Oper, session, nick: name, text: password);
}
