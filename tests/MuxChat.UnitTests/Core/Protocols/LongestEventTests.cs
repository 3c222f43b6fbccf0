using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Moderation;
using MuxChat.Core.Chat.Rooms;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Delivery;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Chat;

namespace MuxChat.UnitTests.Core.Protocols;

/// <summary>
/// Every kind of event fits the space that is reserved for one, in every wire format, at the longest nick, user, host, room, text, tags and
/// lists that the limits allow: an event that does not fit throws where it is encoded.
/// </summary>
public sealed class LongestEventTests
{
    /// <summary>The largest value of <c>--max-line-bytes</c>.</summary>
    private const int TextBytes = 16 * 1024;

    private static readonly byte[] Host = new HostNames("key"u8.ToArray()).Describe(new PeerAddress(UInt128.MaxValue, IsLoopback: false));

    private static readonly ChatLimits Limits = new();
    private static readonly byte[] Nick = Filled("\\", Nickname.MaxLength);
    private static readonly byte[] Longest128 = Filled("i", 128);
    private static readonly byte[] OtherNick = Filled("`", Nickname.MaxLength);

    public static TheoryData<EventKind> Kinds => [.. Enum.GetValues<EventKind>()];

    /// <summary>What makes a text long on some wire: bytes of each length in UTF-8, what JSON escapes, what IRC cuts.</summary>
    private static readonly string[] Letters = ["x", "\"", "\\", "\t", "\u00ad", "\ufdd0", "\U0001F600", " ", "x "];

    private static IEnumerable<byte[]> Texts => Letters.Select(static one => Filled(one, TextBytes))
        .Append([.. "+"u8, .. Filled("i-i+", TextBytes)])
        .Append([.. "+ob-ob+ob-ob+ob-o "u8, .. Filled(new string('p', UserMask.MaxBytes) + " ", 12 * (UserMask.MaxBytes + 1))]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EventOfEachKind_atItsLongest_fitsInEachFormat(EventKind kind)
    {
        foreach (var room in new[] { Room("x"), Room("\u00e9"), Room("\U0001F600") })
        {
            foreach (var text in Texts)
            {
                foreach (var format in Formats())
                {
                    Encode(format, Longest(kind, room, text));
                }
            }
        }
    }

    [Fact]
    public void PageOfThePast_atItsLongest_fitsInEachProtocol()
    {
        var web = new JsonProtocol(framing: WebSocket(WebSocketFrameKind.Text));
        foreach (var answers in new[] { new LineProtocol().Answers, new JsonProtocol().Answers, web.Answers })
        {
            foreach (var text in Texts)
            {
                var room = Room("\u00e9");
                Assert.False(answers.History(room, Past(room, text), hasMore: true).IsEmpty);
            }
        }
    }

    [Fact]
    public void KindThatAFormatDoesNotKnow_isNotShown() => Assert.All(Formats(), static format =>
        Assert.Equal(0, Encode(format, new ChatEvent { Kind = (EventKind)1000 })));

    private static IEnumerable<IWireFormat> Formats()
    {
        var (line, frame, irc) = (new LineProtocol(new FrameLimits { LineBytes = TextBytes }), new JsonProtocol(), new IrcProtocol());
        var utf = new LineProtocol(new FrameLimits { LineBytes = TextBytes }, new UtfFraming(new FrameLimits(), isText: true));
        var webJson = new JsonProtocol(framing: WebSocket(WebSocketFrameKind.Text));
        var webIrc = new IrcProtocol(WebSocket(WebSocketFrameKind.Binary));
        return ((IProtocol[])[line, utf, frame, irc, webJson, webIrc])
            .SelectMany(static protocol => new[] { protocol.FormatFor(1), protocol.FormatFor(2) })
            .Concat(Enumerable.Range(0, (int)IrcCaps.InFormat + 1).Select(caps => (IrcCaps)caps & IrcCaps.InFormat).Distinct()
                .Select(caps => irc.FormatsFor(caps).FormatFor(1)));
    }

    private static WebSocketFraming WebSocket(WebSocketFrameKind kind) => new(new FrameLimits(), kind, static limits => limits.FrameBytes);

    private static int Encode(IWireFormat format, in ChatEvent happened)
    {
        var writer = new SegmentWriter(new SegmentPool());
        writer.Begin();
        format.Encode(happened, writer);
        return writer.Commit().Length;
    }

    private static ChatEvent Longest(EventKind kind, Room room, byte[] text)
    {
        byte[] tags = kind is EventKind.Tagged or EventKind.Message ? Filled("+t=v;", IrcProtocol.MaxPassedTagBytes) : [];
        return Longest(kind, room, text, tags);
    }

    private static ChatEvent Longest(EventKind kind, Room room, byte[] text, byte[] tags) => new()
    {
        Kind = kind,
        Room = room,
        Seq = long.MaxValue,
        Epoch = long.MaxValue,
        UnixMs = Samples.UnixMs,
        Actor = room.Members[0].Person,
        Nick = Nick,
        NewNick = OtherNick,
        Text = kind == EventKind.Redacted ? Redaction.Encode(long.MaxValue, long.MaxValue, text) : text,
        Tags = tags,
        Total = int.MaxValue,
        Id = Longest128,
        Result = kind is EventKind.Error or EventKind.OperatorRefused ? CommandResult.Error(ErrorCode.NickTaken, new string('"', 1000))
            : CommandResult.Ok(),
    };

    // As many events of the past as one part of an answer may have.
    private static HistoryPage Past(Room room, byte[] text)
    {
        var count = Math.Max(1, Limits.HistoryPartBytes / HistoryRange.SizeOf(text.Length + (2 * Nickname.MaxLength)));
        for (var i = 0; i < count; i++)
        {
            room.Log.Append(i % 2 == 0 ? EventKind.Said : EventKind.ModeSet, Samples.UnixMs, Nick, OtherNick, text);
        }

        return new HistoryPage(room, room.Log.Count - count, room.Log.Count, saidOnly: false);
    }

    private static Room Room(string letter)
    {
        var name = string.Concat("#", string.Concat(Enumerable.Repeat(letter, RoomName.MaxCharacters)));
        Assert.True(RoomName.TryFromOperator(name, out var bytes));
        var budget = new HistoryBudget(new ChatLimits { HistoryBytes = 16_000_000, History = Limits.History });
        var room = new Room(bytes, new RecordingDelivery().CreateSubscribers(), new EventLog(budget),
            new RoomOrder());
        room.Log.BeginEpoch(long.MaxValue);
        for (var i = 0; i < Limits.MembersPerPart; i++)
        {
            var identity = new Identity(Filled("u", 11), Host, Filled("r", IrcLogin.MaxRealNameBytes));
            room.Enter(new Membership(new Session(new RecordingRecipient(), Nick, identity: identity).Person,
                room)
            { Rank = MemberRank.Operator | MemberRank.Voice });
        }

        return room;
    }

    // As much of the pattern, again and again, as fits.
    private static byte[] Filled(string pattern, int bytes)
    {
        var one = Bytes.Utf8(pattern);
        return [.. Enumerable.Repeat(one, bytes / one.Length).SelectMany(static piece => piece)];
    }
}
