using System.Globalization;
using System.Text.RegularExpressions;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.UnitTests.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>Random removals against a list of what was said: no protocol shows a removed text again, whatever happens in between.</summary>
public sealed partial class RedactionModelTests
{
    private const int People = 3;

    private static readonly ChatLimits Limits = new() { History = 40, Replay = 1000 };

    private readonly FakeJournal _journal = new() { AcknowledgesLater = false };
    private readonly List<Line> _lines = [];
    private readonly List<ProtocolConnectionFixture.Talk> _people = [];
    private ProtocolConnectionFixture _bench = new(new ClientLimits { Flood = false }, chat: Limits);
    private ulong _seed = 1;
    private int _removed;
    private int _refused;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Texts_removedAtRandom_comeAgainInNoProtocolAndAfterNoRestart(int seed)
    {
        var random = new Random(seed);
        Begin(wasClean: true);
        for (var step = 0; step < 300; step++)
        {
            _bench.Advance(1);
            switch (random.Next(20))
            {
                case < 9:
                    Say(random.Next(People), $"text {step} {new string('x', random.Next(60))}");
                    break;
                case < 17 when _lines.Count > 0:
                    Remove(random.Next(People), random.GetItems(_lines[Math.Max(0, _lines.Count - 30)..].ToArray(), 1)[0]);
                    break;
                case 19:
                    Restart(random.Next(2) == 0);
                    break;
                default:
                    Look();
                    break;
            }
        }

        Assert.True(_removed > 10 && _refused > 10, $"{_removed} were removed, {_refused} were not");
    }

    // The first one is the room's operator.
    private void Begin(bool wasClean)
    {
        _bench.Hub.FinishRestoring(_journal, wasClean);
        _people.Clear();
        for (var i = 0; i < People; i++)
        {
            var talk = _bench.Start(_bench.Irc);
            talk.Say("CAP REQ :message-tags echo-message batch draft/chathistory draft/message-redaction\r\n"
                + $"NICK n{i}\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN #a\r\n");
            _people.Add(talk);
        }
    }

    private void Restart(bool wasClean)
    {
        _bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false }, chat: Limits, seed: ++_seed);
        foreach (var record in _journal.Records)
        {
            Assert.True(EventRecord.TryRead(record, out var past));
            _bench.Hub.Restore(past);
        }

        _lines.ForEach(static line => line.Author = -1);
        Begin(wasClean);
    }

    private void Say(int author, string text)
    {
        ReadAll(_people[author]);
        _people[author].Say($"PRIVMSG #a :{text}\r\n");
        var id = IdIn().Match(ReadAll(_people[author]));
        Assert.True(id.Success);
        _lines.Add(new Line(text, id.Groups[1].Value, long.Parse(id.Groups[2].Value, CultureInfo.InvariantCulture)) { Author = author });
    }

    private void Remove(int who, Line line)
    {
        var isHeld = line.Seq >= FirstSeq && !line.IsGone;
        var isAllowed = isHeld && (who == 0 || who == line.Author);
        _people.ForEach(one => ReadAll(one));
        _people[who].Say($"REDACT #a {line.Id} :why\r\n");
        var answer = ReadAll(_people[who]);
        if (!isAllowed)
        {
            _refused++;
            var code = isHeld ? "REDACT_FORBIDDEN" : "UNKNOWN_MSGID";
            Assert.StartsWith($"FAIL REDACT {code} #a {line.Id} :", answer, StringComparison.Ordinal);
            return;
        }

        _removed++;
        line.IsGone = true;
        Assert.All(_people, one => Assert.EndsWith($" REDACT #a {line.Id} :why\r\n", one == _people[who] ? answer : ReadAll(one),
            StringComparison.Ordinal));
    }

    private void Look()
    {
        ReadAll(_people[1]);
        _people[1].Say("CHATHISTORY LATEST #a * 100\r\n");
        AssertShown(TextsOn(ReadAll(_people[1]), "\r\n", " PRIVMSG #a :"));

        var frame = _bench.StartFrame();
        frame.SayFrame("""{"type":"join","room":"#a"}""");
        frame.SayFrame("""{"type":"history","room":"#a","limit":40}""");
        var events = frame.ReadAllFrames().Where(static one => (string?)one["type"] == "history")
            .SelectMany(static one => one["events"]!.AsArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, events.Length).Select(i => FirstSeq + i), events.Select(static one => (long)one!["seq"]!));
        AssertShown([.. events.Where(static one => (string?)one!["type"] == "said").Select(static one => (string)one!["text"]!)]);
        frame.Break();

        var line = _bench.StartLine();
        line.Say("/join #a\n");
        AssertShown(TextsOn(ReadAll(line), "\n", "> "));
        line.Break();
    }

    // What is there, and what is left of a long answer.
    private string ReadAll(ProtocolConnectionFixture.Talk talk)
    {
        var text = talk.Read();
        while (talk.Resume() != FeedStatus.NeedMore)
        {
            _bench.Advance(1);
            text += talk.Read();
        }

        return text + talk.Read();
    }

    private void AssertShown(IReadOnlyList<string> texts) =>
        Assert.Equal(_lines.Where(line => !line.IsGone && line.Seq >= FirstSeq).Select(static line => line.Text), texts);

    private long FirstSeq => _bench.Hub.ListRooms().Single(static room => room.Name.AsSpan().SequenceEqual("#a"u8)).FirstSeq;

    private static string[] TextsOn(string read, string end, string before) =>
        [.. read.Split(end).Where(line => line.Contains(before, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(before, StringComparison.Ordinal) + before.Length)..])];

    [GeneratedRegex("msgid=([0-9]+-([0-9]+))")]
    private static partial Regex IdIn();

    private sealed record Line(string Text, string Id, long Seq)
    {
        public int Author { get; set; }

        public bool IsGone { get; set; }
    }
}
