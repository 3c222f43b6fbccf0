using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.UnitTests.Core.Clients;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>
/// A room's past as clients get it: shown, asked for, picked up again, across restarts; and acknowledgements that wait for the journal.
/// </summary>
public sealed class PastTests
{
    private static readonly ClientLimits NoFlood = new() { Flood = false };

    [Fact]
    public void Newcomer_onLines_isShownWhatWasSaidLast()
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        var alice = bench.Start(bench.Line);
        alice.Say("/nick alice\nhello\n/me waves\n");
        alice.Say("/nick anna\n");
        var bob = bench.Start(bench.Line);
        Assert.Equal(
            [
                "* you are in #lobby (2 here), no topic",
                "* 2026-11-21 10:00:00 <alice> hello",
                "* 2026-11-21 10:00:00 ** alice waves",
            ],
            bob.ReadLines()[1..]);
    }

    [Theory]
    [InlineData("/history 2", "* 2026-11-21 10:00:00 <guest-1> line 29", "* 2026-11-21 10:00:00 <guest-1> line 30")]
    [InlineData("/history 0", "! /history takes a whole number from 1, such as /history 20")]
    [InlineData("/history -1", "! /history takes a whole number from 1, such as /history 20")]
    [InlineData("/history two", "! there is no room #two: join it to create it")]
    [InlineData("/history 99999999999", "! /history takes a whole number from 1, such as /history 20")]
    [InlineData("/history 1001", "! 1001 is too many: a room remembers at most 1000 events")]
    public void History_onLines_showsSoMany(string asked, params string[] answer)
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        var alice = bench.Start(bench.Line);
        SayThirty(alice);
        alice.ReadLines();
        alice.Say(asked + "\n");
        Assert.Equal(answer, alice.ReadLines());
    }

    [Fact]
    public void History_onLinesWithoutANumber_showsAsManyAsANewcomerIsShown()
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        var alice = bench.Start(bench.Line);
        SayThirty(alice);
        alice.ReadLines();
        alice.Say("/history\n");
        var lines = alice.ReadLines();
        Assert.Equal(20, lines.Length);
        Assert.Equal("* 2026-11-21 10:00:00 <guest-1> line 11", lines[0]);
    }

    [Fact]
    public void History_onFrames_pagesThroughAllThatIsKept()
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        SayThirty(bench.Start(bench.Line));
        var robot = bench.Start(bench.Frame);
        robot.ReadFrames();
        var seen = new List<long>();
        bool more;
        do
        {
            robot.SayFrame($$"""{"type":"history","after":{{(seen.Count == 0 ? 0 : seen[^1])}},"limit":7}""");
            var page = Assert.Single(robot.ReadFrames());
            Assert.Equal(("history", "#lobby"), ((string?)page["type"], (string?)page["room"]));
            seen.AddRange(page["events"]!.AsArray().Select(past => (long)past!["seq"]!));
            Assert.All(page["events"]!.AsArray(), past => Assert.Equal(new Epochs(1).Next(), (long)past!["epoch"]!));
            more = (bool)page["more"]!;
        }
        while (more);
        Assert.Equal(Enumerable.Range(1, 32).Select(i => (long)i), seen);
    }

    [Fact]
    public void History_ofLongLines_comesInPartsThatFitAFrame()
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        var alice = bench.Start(bench.Line);
        for (var i = 0; i < 40; i++)
        {
            alice.Say(string.Concat(Enumerable.Repeat("\U0001F600", 1000)) + "\n");
            alice.ReadLines();
        }

        var robot = bench.Start(bench.Frame);
        robot.ReadFrames();
        var seen = new List<long>();
        var parts = 0;
        var more = true;
        while (more)
        {
            robot.SayFrame($$"""{"type":"history","after":{{(seen.Count == 0 ? 0 : seen[^1])}},"limit":1000}""");
            foreach (var page in robot.ReadAllFrames())
            {
                parts++;
                seen.AddRange(page["events"]!.AsArray().Select(past => (long)past!["seq"]!));
                more = (bool)page["more"]!;
            }
        }

        Assert.Equal(Enumerable.Range(1, 42).Select(i => (long)i), seen);
        Assert.InRange(parts, 8, 42);
    }

    [Fact]
    public void Resume_afterAnEvent_givesExactlyWhatWasMissed()
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        var alice = bench.Start(bench.Line);
        var robot = bench.Start(bench.Frame);
        robot.SayFrame("""{"type":"nick","nick":"robot"}""");
        robot.SayFrame("""{"type":"join","room":"#r"}""");
        alice.Say("/join #r\nheard\n");
        var heard = robot.ReadFrames();
        var epoch = (long)heard.Last(frame => (string?)frame["type"] == "room")["epoch"]!;
        var last = (long)heard[^1]["seq"]!;
        robot.Break();
        alice.Say("missed\n/me waves\n");

        var back = bench.Start(bench.Frame);
        back.ReadFrames();
        back.SayFrame($$"""{"type":"resume","room":"#r","epoch":{{epoch}},"after":{{last}},"nick":"robot","id":1}""");
        var frames = back.ReadFrames();
        Assert.Equal(["renamed", "history", "joined", "room", "ok"], frames.Select(frame => (string?)frame["type"]));
        Assert.Equal(
            [$"quit {last + 1} robot", $"said {last + 2} missed", $"acted {last + 3} waves"],
            frames[1]["events"]!.AsArray().Select(past => $"{past!["type"]} {past["seq"]} {past["text"] ?? past["nick"]}"));
        Assert.Equal(last + 4, (long)frames[2]["seq"]!);
        Assert.Equal(last + 4, (long)frames[4]["seq"]!);

        // Again, from inside: what was missed is what came before it entered.
        alice.Say("live\n");
        back.ReadFrames();
        back.SayFrame($$"""{"type":"resume","room":"#r","epoch":{{epoch}},"after":{{last + 2}}}""");
        Assert.Equal([last + 3], back.ReadFrames()[0]["events"]!.AsArray().Select(past => (long)past!["seq"]!));
    }

    [Theory]
    [InlineData(0, 1, "missing_field")]
    [InlineData(1, 0, "gap")]
    [InlineData(-1, 99, "gap")]
    public void Resume_fromWhatIsNotKnown_saysSo(long epochGiven, long after, string expected)
    {
        var bench = new ProtocolConnectionFixture(NoFlood);
        bench.Start(bench.Line).Say("/join #r\nhello\n");
        var robot = bench.Start(bench.Frame);
        robot.SayFrame("""{"type":"join","room":"#r"}""");
        var epoch = epochGiven < 0 ? (long)robot.ReadFrames()[^1]["epoch"]! : epochGiven;
        robot.ReadFrames();
        robot.SayFrame($$"""{"type":"resume","room":"#r","epoch":{{epoch}},"after":{{after}}}""");
        var answer = robot.ReadFrames()[0];
        Assert.Equal(expected, (string?)(answer["code"] ?? answer["type"]));
        if (expected == "gap")
        {
            Assert.Equal((after, 1, 3), ((long)answer["after"]!, (long)answer["first"]!, (long)answer["last"]!));
        }
    }

    [Fact]
    public void Room_emptyAndEnteredAgain_remembersUntilItsPlaceIsNeeded()
    {
        var bench = new HubFixture(new ChatLimits { Rooms = 3 });
        var alice = bench.Connect("alice");
        bench.Join(alice, "#a");
        bench.Part(alice, "#a");
        bench.Join(alice, "#b");
        Assert.Equal(CommandResult.Ok(3), bench.Join(alice, "#A"));
        bench.Part(alice, "#a");
        Assert.Equal(ErrorCode.UnknownRoom, bench.Do(CommandKind.Who, alice, "#a").Code);

        // The third place is #a's, which nobody is in.
        Assert.True(bench.Join(alice, "#c").IsOk);
        bench.Part(alice, "#c");
        Assert.Equal(CommandResult.Ok(1) with { Price = 4 }, bench.Join(alice, "#a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Past_restored_goesOnWithItsNumbers(bool wasClean)
    {
        var journal = new FakeJournal();
        var before = new HubFixture(journal: journal);
        var alice = before.Connect("alice");
        before.Join(alice, "#r");
        before.Say(alice, "hello");
        before.Do(CommandKind.Topic, alice, text: "topic");
        var epoch = alice.Current!.Epoch;

        var after = new HubFixture();
        foreach (var record in journal.Records)
        {
            Assert.True(EventRecord.TryRead(record, out var past));
            after.Hub.Restore(past);
        }

        after.Hub.FinishRestoring(new NoJournal(), wasClean);
        Assert.Equal(1, after.Hub.RoomCount);
        var bob = after.Connect("bob");
        Assert.Equal(CommandResult.Ok(4), after.Join(bob, "#r"));
        Assert.Equal("topic", HubFixture.EventsOf(bob)[^1].Text);
        Assert.Equal(wasClean, bob.Current!.Epoch == epoch);
        Assert.True(bob.Current.Log.HoldsAllAfter(epoch, 3));
        Assert.Equal(wasClean, bob.Current.Log.HoldsAllAfter(epoch, 4));
        Assert.Equal(1, bob.Current.FirstSeq);
    }

    // What was seen before the interruption and not stored had numbers of the old epoch: they must not come again,
    // however well later runs ended.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Past_interruptedBeforeACleanEnd_keepsTheEpochOfRoomsThatSpokeSince(bool speaksAfter, bool keepsEpoch)
    {
        var bench = new HubFixture();
        bench.Hub.Restore(Said(1));
        bench.Hub.OnUncleanShutdown();
        if (speaksAfter)
        {
            bench.Hub.Restore(Said(2));
        }

        bench.Hub.FinishRestoring(new NoJournal(), wasClean: true);
        var bob = bench.Connect("bob");
        bench.Join(bob, "#r");
        Assert.Equal(keepsEpoch, bob.Current!.Epoch == 7);
        Assert.True(bob.Current.Log.HoldsAllAfter(7, 1));

        static StoredEvent Said(long seq) =>
            new() { Kind = EventKind.Said, Room = "#r"u8, Epoch = 7, Seq = seq, UnixMs = 1, Nick = "alice"u8, Text = "hello"u8 };
    }

    [Fact]
    public void Acknowledgement_withAJournal_waitsForTheDiskAndNothingElseDoes()
    {
        var journal = new FakeJournal();
        var bench = new ProtocolConnectionFixture(journal: journal);
        var robot = bench.Start(bench.Frame);
        var alice = bench.Start(bench.Line);
        robot.ReadFrames();
        alice.ReadLines();
        robot.SayFrame("""{"type":"say","text":"one","id":1}""");
        robot.SayFrame("""{"type":"ping","id":2}""");
        robot.SayFrame("""{"type":"say","text":"two","id":"three"}""");
        Assert.Equal(["<guest-1> one", "<guest-1> two"], alice.ReadLines());
        Assert.Equal(["pong", "ok"], robot.ReadFrames().Select(frame => (string?)frame["type"]));

        bench.Context.Acknowledgements.Submit();
        journal.SettleUpTo(journal.Records.Count - 1);
        bench.Context.Acknowledgements.Collect();
        Assert.Equal(["1"], robot.ReadFrames().Select(frame => frame["id"]!.ToString()));
        Assert.Equal(1, robot.Recipient.PendingAnswers);
        journal.Settle(JournalStatus.Full);
        bench.Context.Acknowledgements.Collect();
        var answer = Assert.Single(robot.ReadFrames());
        Assert.Equal(("error", "not_stored", "three", 4),
            ((string?)answer["type"], (string?)answer["code"], (string?)answer["id"], (long)answer["seq"]!));
        Assert.Equal(0, robot.Recipient.PendingAnswers);
    }

    [Fact]
    public void Senders_whileTheDiskIsBehind_wait()
    {
        var journal = new FakeJournal { IsBehind = true };
        var bench = new ProtocolConnectionFixture(journal: journal);
        var alice = bench.Start(bench.Line);
        alice.ReadLines();
        alice.Say("/ping one\n");
        Assert.Empty(alice.ReadLines());
        journal.IsBehind = false;
        alice.Say("/ping two\n");
        Assert.Equal(["* pong one", "* pong two"], alice.ReadLines());
    }

    private static void SayThirty(ProtocolConnectionFixture.Talk who)
    {
        for (var i = 1; i <= 30; i++)
        {
            who.Say($"line {i}\n");
        }
    }
}
