using System.Text.RegularExpressions;
using MuxChat.Core.Clients;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>CHATHISTORY against a list of what happened, and as its reader drains it.</summary>
public sealed partial class IrcHistoryTests
{
    private static readonly string[] Words = ["LATEST", "BEFORE", "AFTER", "AROUND", "BETWEEN"];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Queries_random_areAnsweredAsAListWould(int seed, bool isPlayedBack)
    {
        var random = new Random(seed);
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false });
        var asker = bench.Start(new IrcProtocol());
        asker.Say("CAP REQ :server-time message-tags echo-message batch draft/chathistory" + (isPlayedBack ? " draft/event-playback" : "")
            + "\r\nNICK ann\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN #a\r\n");
        var happened = new List<Happened>();
        Note(happened, asker.ReadLines());
        for (var i = 0; i < 150; i++)
        {
            bench.Advance(random.Next(3));
            asker.Say(random.Next(3) == 0 ? $"TOPIC #a :topic {i}\r\n" : $"PRIVMSG #a :line {i}\r\n");
            Note(happened, asker.ReadLines());
        }

        Assert.Equal(151, happened.Count);
        for (var i = 0; i < 500; i++)
        {
            // Each millisecond has its share of long answers.
            bench.Advance(1);
            var word = random.GetItems(Words, 1)[0];
            var (one, other, limit) = (random.Next(happened.Count), random.Next(happened.Count), random.Next(1, 20));
            var (isTime, isOtherTime) = (random.Next(2) == 0, random.Next(2) == 0);
            asker.Say($"CHATHISTORY {word} #a {happened[one].Reference(isTime)} "
                + $"{(word == "BETWEEN" ? happened[other].Reference(isOtherTime) + " " : "")}{limit}\r\n");

            var lines = asker.ReadLines();
            Assert.Matches("^(@draft/chathistory-end )?:muxchat.local BATCH \\+[0-9]+ chathistory #a\r$", lines[0]);
            Assert.Matches("^:muxchat.local BATCH -[0-9]+\r$", lines[^1]);
            var expected = Asked(limit).ToList();
            var all = word == "AROUND" ? happened.Count(IsShown) : Asked(int.MaxValue).Count();
            Assert.Equal(expected.Count == all, lines[0].StartsWith("@draft/chathistory-end ", StringComparison.Ordinal));
            Assert.Equal(expected.Select(static one => one.Id), lines[1..^1].Select(static line => IdIn().Match(line).Groups[1].Value));

            IEnumerable<Happened> Asked(int most) =>
                Model(happened, word, Bounds(happened, one, isTime), Bounds(happened, other, isOtherTime), most, IsShown);

            bool IsShown(Happened happening) => isPlayedBack || happening.IsSaid;
        }
    }

    [Fact]
    public void Answer_waitsForItsReader()
    {
        var bench = new ProtocolConnectionFixture(new ClientLimits { Flood = false, OutputPauseBytes = 2_000 });
        var talk = bench.Start(new IrcProtocol());
        talk.Say("CAP REQ :batch labeled-response draft/chathistory\r\nNICK ann\r\nUSER u 0 * :u\r\nCAP END\r\nJOIN #a\r\n");
        for (var i = 0; i < 200; i++)
        {
            talk.Say($"PRIVMSG #a :{new string('x', 300)}\r\n");
        }

        talk.Read();
        var text = "";
        var max = 0L;
        var status = talk.Feed("@label=l CHATHISTORY LATEST #a * 1000\r\nPING behind\r\n");
        while (status is FeedStatus.OutputPaused or FeedStatus.FlushFirst)
        {
            max = Math.Max(max, talk.Recipient.Outbox.QueuedBytes);
            text += talk.Read();
            status = talk.Resume();
        }

        var lines = (text + talk.Read()).Split("\r\n");
        Assert.Equal(100, lines.Count(
            static line => line.StartsWith("@batch=1 :ann!ann@history PRIVMSG #a :xxx", StringComparison.Ordinal)));
        Assert.Equal("@label=l :muxchat.local BATCH +1 chathistory #a", lines[0]);
        Assert.Equal([":muxchat.local BATCH -1", ":muxchat.local PONG muxchat.local :behind", ""], lines[^3..]);
        Assert.InRange(max, 2_000, 6_000);
    }

    private static void Note(List<Happened> happened, string[] lines)
    {
        foreach (var line in lines)
        {
            if (IdIn().Match(line) is { Success: true } id)
            {
                happened.Add(new Happened(id.Groups[1].Value, line[6..30], line.Contains(" PRIVMSG ", StringComparison.Ordinal)));
            }
        }
    }

    private static (int Before, int After) Bounds(List<Happened> happened, int at, bool isTime) => !isTime
        ? (at, at + 1)
        : (happened.FindIndex(one => one.Time == happened[at].Time), happened.FindLastIndex(one => one.Time == happened[at].Time) + 1);

    private static IEnumerable<Happened> Model(List<Happened> happened, string word, (int Before, int After) one,
        (int Before, int After) other, int limit, Func<Happened, bool> isShown)
    {
        var before = happened.Take(one.Before).Where(isShown);
        return word switch
        {
            "LATEST" => happened.Skip(one.After).Where(isShown).TakeLast(limit),
            "BEFORE" => before.TakeLast(limit),
            "AFTER" => happened.Skip(one.After).Where(isShown).Take(limit),
            "AROUND" => before.TakeLast(limit / 2).Concat(happened.Skip(one.Before).Where(isShown)).Take(limit),
            _ when one.Before <= other.Before => happened.Take(other.Before).Skip(one.After).Where(isShown).Take(limit),
            _ => happened.Take(one.Before).Skip(other.After).Where(isShown).TakeLast(limit),
        };
    }

    [GeneratedRegex("msgid=([0-9]+-[0-9]+)")]
    private static partial Regex IdIn();

    private sealed record Happened(string Id, string Time, bool IsSaid)
    {
        public string Reference(bool isTime) => isTime ? "timestamp=" + Time : "msgid=" + Id;
    }
}
