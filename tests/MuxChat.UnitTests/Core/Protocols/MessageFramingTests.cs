using System.Buffers.Binary;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>
/// A message format is the same under each framing: every event and every answer is the same messages, and only their borders differ.
/// </summary>
public sealed class MessageFramingTests
{
    private static readonly ShortFraming Short = new();

    public static TheoryData<EventKind> Kinds => [.. Enum.GetValues<EventKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Event_underAnotherFraming_isTheSameMessages(EventKind kind)
    {
        // Only the message of the day has several lines.
        var motd = Bytes.Utf8(kind == EventKind.Welcome ? "two\n\nlines" : "text");
        byte[][] texts = [[], motd, Bytes.Utf8(new string('x', 2000)), Bytes.Utf8("+o-v alice bob")];
        foreach (var (own, other, split) in Formats())
        {
            foreach (var text in texts)
            {
                var happened = Samples.Of(kind, text) with { Tags = kind == EventKind.Tagged ? "+a=b"u8 : default };
                Assert.Equal(split(Samples.Render(own, happened)), ShortFraming.Split(Samples.Render(other, happened)));
            }
        }
    }

    [Fact]
    public void Answers_underAnotherFraming_areTheSameMessages()
    {
        AssertSameAnswers(new LineProtocol().Answers, new LineProtocol(framing: Short).Answers, SplitLines);
        AssertSameAnswers(new JsonProtocol().Answers, new JsonProtocol(framing: Short).Answers, SplitFrames);
    }

    [Fact]
    public void Format_underAnotherFraming_isAnotherGroup()
    {
        Assert.All(Formats(), static pair => Assert.NotSame(pair.Own, pair.Other));
        var line = new LineProtocol(framing: Short);
        Assert.Same(line.FormatFor(1), line.FormatFor(1));
    }

    private static IEnumerable<(IWireFormat Own, IWireFormat Other, Func<byte[], string[]> Split)> Formats()
    {
        var (line, otherLine) = (new LineProtocol(), new LineProtocol(framing: Short));
        yield return (line.FormatFor(1), otherLine.FormatFor(1), SplitLines);
        yield return (line.FormatFor(2), otherLine.FormatFor(2), SplitLines);
        yield return (new JsonProtocol().FormatFor(1), new JsonProtocol(framing: Short).FormatFor(1), SplitFrames);
        var (irc, otherIrc) = (new IrcProtocol(), new IrcProtocol(Short));
        foreach (var caps in new[] { IrcCaps.None, IrcCaps.InFormat })
        {
            yield return (irc.FormatsFor(caps).FormatFor(1), otherIrc.FormatsFor(caps).FormatFor(1), SplitLines);
        }
    }

    private static void AssertSameAnswers(IQueryAnswers own, IQueryAnswers other, Func<byte[], string[]> split)
    {
        var room = Samples.Room;
        MaskEntry[] masks = [new("a!*@*"u8.ToArray(), "alice"u8.ToArray(), Samples.UnixMs), new("b!*@*"u8.ToArray(), "bob"u8.ToArray(), 1)];
        var figures = Samples.Figures(static number => number);
        Same(static (answers, rooms) => answers.Rooms(rooms, 2, hasMore: false), new[] { room, Samples.Made("#b", 0) });
        Same(static (answers, room) => answers.Members(room, room.Members, 3, hasMore: false), room);
        Same(static (answers, room) => answers.Modes(room, "+n"u8), room);
        Same((answers, room) => answers.Masks(room, 'b', masks), room);
        Same(static (answers, past) => answers.History(past, new HistoryPage(past, 0, 2, saidOnly: false), hasMore: true), PastRoom());
        Same(static (answers, room) => answers.Gap(room, 7), room);
        Same(static (answers, _) => answers.Pong("t"u8), room);
        Same(static (answers, figures) => answers.Stats(figures), figures);
        Same(static (answers, _) => answers.Help(default), room);
        Same(static (answers, _) => answers.PasswordWanted(), room);
        Same(static (answers, _) => answers.PasswordNotNeeded(), room);

        void Same<T>(Answer<T> answer, T about) =>
            Assert.Equal(split(answer(own, about).ToArray()), ShortFraming.Split(answer(other, about)));
    }

    private static Room PastRoom()
    {
        var room = Samples.Made("#past", 0);
        room.Log.Append(EventKind.Said, Samples.UnixMs, "alice"u8, default, Bytes.Utf8(new string('x', 1000)));
        room.Log.Append(EventKind.Acted, Samples.UnixMs, "bob"u8, default, "two"u8);
        return room;
    }

    private static string[] SplitLines(byte[] bytes)
    {
        var lines = Bytes.Utf8(bytes).Split('\n');
        Assert.Equal("", lines[^1]);
        return [.. lines[..^1].Select(static line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    private static string[] SplitFrames(byte[] bytes)
    {
        var frames = new List<string>();
        for (var rest = bytes.AsSpan(); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            frames.Add(Bytes.Utf8(rest.Slice(4, length)));
            rest = rest[(4 + length)..];
        }

        return [.. frames];
    }

    private delegate ReadOnlySpan<byte> Answer<in T>(IQueryAnswers answers, T about);
}
