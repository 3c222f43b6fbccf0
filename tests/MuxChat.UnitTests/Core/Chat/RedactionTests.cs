using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat;

/// <summary>Who may remove which message, and what is left of it.</summary>
public sealed class RedactionTests
{
    private readonly HubFixture _bench = new();

    [Theory]
    [InlineData("17-5", 17, 5, "")]
    [InlineData("17-5 spam and more", 17, 5, "spam and more")]
    [InlineData("m17-5 spam", 0, 0, "spam")]
    public void Text_isRead(string text, long epoch, long seq, string reason)
    {
        Assert.True(Redaction.TryRead(Bytes.Utf8(text), out var read));
        Assert.Equal((epoch, seq, reason), (read.Epoch, read.Seq, Bytes.Utf8(read.Reason)));
        Assert.Equal(text.Split(' ')[0], Bytes.Utf8(read.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("spam")]
    [InlineData("17-")]
    [InlineData("17 -5")]
    [InlineData("0-5")]
    public void Text_ofAnotherForm_isNone(string text) => Assert.False(Redaction.TryRead(Bytes.Utf8(text), out _));

    // The author counts, not the nick: another session under the same nick is another.
    [Fact]
    public void Line_isRemovedByItsAuthorAndByOperators_andByNoOther()
    {
        var (op, alice, bob) = Three();
        Assert.True(_bench.Say(alice, "one").IsOk);
        var one = LastId(alice);
        Assert.Equal(ErrorCode.NotRoomOperator, Redact(bob, one).Code);
        Assert.True(_bench.Nick(alice, "anna").IsOk);
        Assert.True(_bench.Nick(bob, "alice").IsOk);
        Assert.Equal(ErrorCode.NotRoomOperator, Redact(bob, one).Code);
        Assert.True(Redact(alice, one).IsOk);
        Assert.Equal($"Redacted #a anna {one}", HubFixture.EventsOf(bob)[^1].Short);
        Assert.Equal(ErrorCode.BadField, Redact(alice, one).Code);
        Assert.True(_bench.Say(bob, "two").IsOk);
        var two = LastId(bob);
        Assert.True(Redact(op, two, "spam").IsOk);
        Assert.Equal($"Redacted #a op {two} spam", HubFixture.EventsOf(alice)[^1].Short);
        Assert.Equal(["Erased 4", "Erased 8"], Past(alice).Where(static past => past.StartsWith("Erased", StringComparison.Ordinal)));
    }

    [Fact]
    public void Line_ofAModeratedRoom_isNotRemovedByWhoMayNotSpeak()
    {
        var (op, alice, _) = Three();
        _bench.Say(alice, "one");
        var one = LastId(alice);
        _bench.Do(CommandKind.Modes, op, "#a", text: "+m");
        Assert.Equal(ErrorCode.CannotSpeak, Redact(alice, one, "said all the same").Code);
        Assert.True(Redact(op, one).IsOk);
    }

    [Fact]
    public void ServerOperator_removesALineFromOutside_andIsTold()
    {
        var (op, alice, _) = Three();
        _bench.Say(alice, "one");
        var (one, admin) = (LastId(alice), _bench.Connect("admin"));
        Assert.Equal(ErrorCode.NotInRoom, Redact(admin, one).Code);
        admin.Person.IsOperator = true;
        HubFixture.Take(admin);
        Assert.True(Redact(admin, one).IsOk);
        Assert.Equal([$"Redacted #a admin {one}"], HubFixture.Take(admin));
        Assert.Equal($"Redacted #a admin {one}", HubFixture.EventsOf(op)[^1].Short);
    }

    [Fact]
    public void PrivateMessages_areRememberedUpTo64()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        HubFixture.Take(bob);
        for (var i = 0; i <= SentMessages.Max; i++)
        {
            _bench.Do(CommandKind.Message, alice, nick: "bob", text: "psst");
            _bench.Do(CommandKind.Tag, alice, nick: "bob");
        }

        var sent = HubFixture.EventsOf(bob).Select(static one => $"m{one.MessageId.Series}-{one.MessageId.Number}").ToArray();
        Assert.Equal(2 * (64 + 1), sent.Length);
        Assert.All(sent[..2], id => Assert.Equal(ErrorCode.BadField, RedactTo(alice, "bob", id).Code));
        Assert.Equal(ErrorCode.UnknownNick, RedactTo(alice, "carol", sent[^1]).Code);
        Assert.Equal(ErrorCode.BadField, RedactTo(bob, "alice", sent[^1]).Code);
        Assert.Equal(ErrorCode.BadField, RedactTo(alice, "bob", sent[^1].Replace("m", "m1", StringComparison.Ordinal)).Code);
        Assert.All(sent[2..], id => Assert.True(RedactTo(alice, "bob", id).IsOk));
        Assert.All(sent, id => Assert.Equal(ErrorCode.BadField, RedactTo(alice, "bob", id).Code));
    }

    // A session under a nick that another session had is not whom the message was sent to.
    [Fact]
    public void PrivateMessage_isNotRemovedAtAnotherPersonUnderTheNick()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Do(CommandKind.Message, alice, nick: "bob", text: "psst");
        var id = HubFixture.EventsOf(bob)[^1].MessageId;
        _bench.Nick(bob, "robert");
        _bench.Connect("bob");
        Assert.Equal(ErrorCode.BadField, RedactTo(alice, "bob", $"m{id.Series}-{id.Number}").Code);
        Assert.True(RedactTo(alice, "robert", $"m{id.Series}-{id.Number}").IsOk);
    }

    [Fact]
    public void Removal_isStored_andTheLineStaysGoneAfterARestart_butOperatorsRemoveOthers()
    {
        var (op, alice, _) = Three();
        _bench.Say(alice, "one");
        _bench.Say(alice, "two");
        var stored = Past(alice);
        var room = alice.Current!;
        Redact(op, $"{room.Epoch}-{room.LastSeq - 1}", "spam");

        var after = new HubFixture();
        foreach (var (kind, seq, text) in ((EventKind, long, string)[])[(EventKind.Said, 1, "one"), (EventKind.Said, 2, "two"),
            (EventKind.TopicSet, 3, "tea"), (EventKind.Redacted, 4, "9-1 spam"), (EventKind.Redacted, 5, "9-3"),
            (EventKind.Redacted, 6, "8-2"), (EventKind.Redacted, 7, "no id")])
        {
            var past = HubFixture.Past(kind, "#a"u8, Bytes.Utf8(text), isClosed: false);
            past.Seq = seq;
            past.UnixMs = seq;
            after.Hub.Restore(past);
        }

        after.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        var back = after.Connect("alice");
        after.Join(back, "#a");
        Assert.Equal(
            ["Erased 1", "Said 2 two", "TopicSet 3 tea", "Redacted 4 9-1 spam", "Redacted 5 9-3", "Redacted 6 8-2", "Redacted 7 no id"],
            Past(back)[..7]);
        var other = after.Connect("other");
        after.Join(other, "#a");
        Assert.Equal(ErrorCode.NotRoomOperator, Redact(after, other, "9-2").Code);
        back.Person.Memberships[^1].Rank = MemberRank.Operator;
        Assert.True(Redact(after, back, "9-2").IsOk);
        Assert.Equal("Erased 2", Past(back)[1]);
        Assert.Equal(["Said 4 one", "Said 5 two"], stored[^2..]);
    }

    [Fact]
    public void Removal_goesToTheJournal_asAnEventOfItsOwn()
    {
        var journal = new FakeJournal();
        var bench = new HubFixture(journal: journal);
        var alice = bench.Connect("alice");
        bench.Join(alice, "#a");
        bench.Say(alice, "one");
        var id = LastId(alice);
        Assert.Equal(journal.Records.Count + 1, Redact(bench, alice, id, "spam").Position);
        Assert.True(EventRecord.TryRead(journal.Records[^1], out var stored));
        Assert.Equal((EventKind.Redacted, 3, $"{id} spam"), (stored.Kind, (int)stored.Seq, Bytes.Utf8(stored.Text)));
        Assert.Equal(11, journal.Records[^1][0]);
    }

    private static string LastId(Session session) => $"{session.Current!.Epoch}-{session.Current.LastSeq}";

    private static string[] Past(Session session)
    {
        var (log, told) = (session.Current!.Log, new List<string>());
        for (var i = 0; i < log.Count; i++)
        {
            var past = log.Read(i, "#a"u8);
            told.Add($"{past.Kind} {past.Seq} {Bytes.Utf8(past.Text)}".TrimEnd());
        }

        return [.. told];
    }

    private static CommandResult Redact(HubFixture bench, Session session, string id, string reason = "", string nick = "") =>
        bench.Hub.Execute(session, new Command
        {
            Kind = CommandKind.Redact,
            Room = nick.Length > 0 ? default : "#a"u8,
            Nick = Bytes.Utf8(nick),
            MessageId = Bytes.Utf8(id),
            Text = Bytes.Utf8(reason),
            Echo = session.Recipient,
        });

    private CommandResult Redact(Session session, string id, string reason = "") => Redact(_bench, session, id, reason);

    private CommandResult RedactTo(Session session, string nick, string id) => Redact(_bench, session, id, nick: nick);

    // The first one is the operator.
    private (Session Op, Session Alice, Session Bob) Three()
    {
        var all = (_bench.Connect("op"), _bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(all.Item1, "#a");
        _bench.Join(all.Item2, "#a");
        _bench.Join(all.Item3, "#a");
        return all;
    }
}
