using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;

namespace MuxChat.UnitTests.Core.Chat;

public sealed class TalkTests
{
    private readonly HubFixture _bench = new();

    [Fact]
    public void Say_plainly_goesToTheCurrentRoom()
    {
        var (alice, bob, carol) = (_bench.Connect("alice"), _bench.Connect("bob"), _bench.Connect("carol"));
        _bench.Join(alice, "#a");
        _bench.Join(bob, "#a");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        HubFixture.Take(carol);
        Assert.Equal(CommandResult.Ok(3), _bench.Say(alice, "hi"));
        Assert.Equal(["Said #a alice hi"], HubFixture.Take(bob));
        Assert.Empty(HubFixture.Take(alice));
        Assert.Empty(HubFixture.Take(carol));
    }

    [Fact]
    public void Say_inARoomNamed_keepsTheCurrent()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(alice, "#a");
        HubFixture.Take(bob);
        Assert.True(_bench.Say(alice, "hi", "#LOBBY").IsOk);
        Assert.True(_bench.Do(CommandKind.Act, alice, "#lobby", text: "waves").IsOk);
        Assert.Equal(["Said #lobby alice hi", "Acted #lobby alice waves"], HubFixture.Take(bob));
        Assert.Equal("#a", Bytes.Utf8(alice.Current!.Name));
    }

    [Theory]
    [InlineData("", "#b", ErrorCode.NotInRoom)]
    [InlineData("hi", "#b", ErrorCode.NotInRoom)]
    [InlineData("hi", "#none", ErrorCode.UnknownRoom)]
    [InlineData("hi", "none", ErrorCode.BadRoom)]
    [InlineData("", "", ErrorCode.MissingField)]
    [InlineData("a\nb", "", ErrorCode.ControlCharacter)]
    [InlineData("a\u0085b", "", ErrorCode.ControlCharacter)]
    public void Say_wrongly_isRefusedAndHeardByNobody(string text, string room, ErrorCode code)
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        _bench.Join(bob, "#b");
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        Assert.Equal(code, _bench.Say(alice, text, room).Code);
        Assert.Equal(code, _bench.Do(CommandKind.Act, alice, room, text: text).Code);
        Assert.Empty(HubFixture.Take(alice));
        Assert.Empty(HubFixture.Take(bob));
        Assert.Equal(0, _bench.Hub.Metrics.LinesIn.Value);
    }

    [Fact]
    public void Say_asLongAsAllowed_isSaidAndOneByteMoreIsNot()
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        Assert.True(_bench.Say(alice, new string('x', 4096)).IsOk);
        Assert.Equal(ErrorCode.TooLong, _bench.Say(alice, new string('x', 4097)).Code);
        Assert.Single(HubFixture.Take(bob));
        Assert.True(_bench.Say(alice, "tabs\tare\tfine").IsOk);
    }

    [Fact]
    public void Messages_withoutANumber_haveIdsThatDifferAlsoAfterARestart()
    {
        var ids = new HashSet<MessageId>();
        foreach (var run in (HubFixture[])[_bench, new HubFixture(seed: 2)])
        {
            var (alice, bob) = (run.Connect("alice"), run.Connect("bob"));
            run.Join(alice, "#a");
            run.Join(bob, "#a");
            run.Do(CommandKind.Modes, alice, "#a", text: "+o-C bob");
            HubFixture.Take(bob);
            run.Do(CommandKind.Message, alice, nick: "bob", text: "psst");
            run.Do(CommandKind.Message, alice, nick: "@#a", text: "help");
            run.Do(CommandKind.Tag, alice, nick: "bob");
            run.Do(CommandKind.Tag, alice, "#a");
            run.Do(CommandKind.Signal, alice, "#a", text: "VERSION");
            var heard = HubFixture.EventsOf(bob);
            Assert.Equal(5, heard.Count);
            Assert.All(heard, one => Assert.True(one.MessageId.IsSet && ids.Add(one.MessageId), one.Short));
            Assert.All(heard, one => Assert.NotEqual(alice.Current!.Epoch, one.MessageId.Series));
            run.Say(alice, "a line has a number");
            Assert.False(HubFixture.EventsOf(bob)[^1].MessageId.IsSet);
        }
    }

    [Fact]
    public void Message_toANick_reachesThatOneAlone()
    {
        var (alice, bob, carol) = (_bench.Connect("alice"), _bench.Connect("Bob"), _bench.Connect("carol"));
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        _bench.Part(alice);
        HubFixture.Take(alice);
        HubFixture.Take(bob);
        HubFixture.Take(carol);
        Assert.True(_bench.Do(CommandKind.Message, alice, nick: "bOB", text: "psst").IsOk);
        Assert.Equal(["Message alice Bob psst"], HubFixture.Take(bob));
        Assert.Empty(HubFixture.Take(alice));
        Assert.Empty(HubFixture.Take(carol));
    }

    [Theory]
    [InlineData("", "hi", ErrorCode.MissingField)]
    [InlineData("bob", "", ErrorCode.MissingField)]
    [InlineData("nobody", "hi", ErrorCode.UnknownNick)]
    [InlineData("no body", "hi", ErrorCode.BadNick)]
    [InlineData("bob", "a\0", ErrorCode.ControlCharacter)]
    [InlineData("bob", null, ErrorCode.TooLong)]
    public void Message_wrongly_isRefused(string nick, string? text, ErrorCode code)
    {
        var (alice, bob) = (_bench.Connect("alice"), _bench.Connect("bob"));
        Assert.Equal(code, _bench.Do(CommandKind.Message, alice, nick: nick, text: text ?? new string('x', 4097)).Code);
        Assert.Empty(HubFixture.Take(bob));
        Assert.Equal(0, _bench.Hub.Metrics.LinesIn.Value);
    }

    [Fact]
    public void Refusals_neverRepeatWhatWasNotChecked()
    {
        var alice = _bench.Connect("alice");
        const string Evil = "#\u001b[2J";
        foreach (var kind in new[] { CommandKind.Say, CommandKind.Join, CommandKind.Part, CommandKind.Who, CommandKind.Topic,
            CommandKind.Message, CommandKind.Nick })
        {
            var result = _bench.Do(kind, alice, Evil, Evil, Evil);
            Assert.False(result.IsOk);
            Assert.False(ChatText.HasControl(Bytes.Utf8(result.Message)), $"{kind}: {result.Message}");
        }
    }

    [Fact]
    public void SequenceNumbers_ofEveryRoom_growByOneForEveryMember()
    {
        const int Seed = 99;
        var random = new Random(Seed);
        string[] rooms = ["#lobby", "#a", "#b"];
        var watcher = _bench.Connect("watcher");
        _bench.Join(watcher, "#a");
        _bench.Join(watcher, "#b");
        var before = HubFixture.EventsOf(watcher).Where(static heard => heard.Kind == EventKind.Joined)
            .ToDictionary(static heard => heard.Room, static heard => heard.Seq);
        before["#lobby"] = 2;
        HubFixture.Take(watcher);
        var others = Enumerable.Range(0, 5).Select(_ => _bench.Connect()).ToList();
        for (var step = 0; step < 2000; step++)
        {
            var room = rooms[random.Next(3)];
            var other = others[random.Next(others.Count)];
            switch (random.Next(7))
            {
                case 0: _bench.Join(other, room); break;
                case 1: _bench.Part(other, room); break;
                case 2: _bench.Nick(other, $"n{step}"); break;
                case 3: _bench.Do(CommandKind.Topic, other, room, text: "t"); break;
                case 4 when random.Next(10) == 0:
                    _bench.Do(CommandKind.Quit, other);
                    others[others.IndexOf(other)] = _bench.Connect();
                    break;
                default: _bench.Say(other, "hi", room); break;
            }
        }

        foreach (var room in rooms)
        {
            var seqs = HubFixture.EventsOf(watcher).Where(heard => heard.Room == room).Select(static heard => heard.Seq).ToList();
            Assert.True(seqs.Count > 300, $"seed {Seed}, {room}: {seqs.Count} events are too few to tell");
            Assert.True(seqs.SequenceEqual(Enumerable.Range(0, seqs.Count).Select(i => before[room] + 1 + i)), $"seed {Seed}, {room}");
        }
    }
}
