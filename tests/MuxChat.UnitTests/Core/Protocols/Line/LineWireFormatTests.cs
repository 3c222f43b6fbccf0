using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Line;

namespace MuxChat.UnitTests.Core.Protocols.Line;

public sealed class LineWireFormatTests
{
    private static readonly LineProtocol Protocol = new();
    private static readonly IWireFormat OneRoom = Protocol.FormatFor(1);
    private static readonly IWireFormat ManyRooms = Protocol.FormatFor(2);

    public static TheoryData<EventKind, string, string> Events => new()
    {
        { EventKind.Said, "hi \"you\"", "<alice> hi \"you\"\n" },
        { EventKind.Acted, "waves", "** alice waves\n" },
        { EventKind.Joined, "", "* alice joined #r\u00f6om\n" },
        { EventKind.Left, "", "* alice left #r\u00f6om\n" },
        { EventKind.Left, "bye", "* alice left #r\u00f6om: bye\n" },
        { EventKind.Quit, "", "* alice quit\n" },
        { EventKind.Quit, "bye", "* alice quit: bye\n" },
        { EventKind.Renamed, "", "* alice is now bob\n" },
        { EventKind.TopicSet, "news", "* alice set the topic of #r\u00f6om: news\n" },
        { EventKind.TopicSet, "", "* alice removed the topic of #r\u00f6om\n" },
        { EventKind.Kicked, "", "* alice kicked bob from #r\u00f6om\n" },
        { EventKind.Kicked, "bye", "* alice kicked bob from #r\u00f6om: bye\n" },
        { EventKind.ModeSet, "+o bob", "* alice set the modes of #r\u00f6om: +o bob\n" },
        { EventKind.Redacted, "", "* alice removed a line\n" },
        { EventKind.Redacted, "spam", "* alice removed a line: spam\n" },
        { EventKind.Away, "lunch", "* alice is away: lunch\n" },
        { EventKind.Away, "", "* alice is back\n" },
        { EventKind.Invitation, "", "* alice invited bob to #r\u00f6om\n" },
        { EventKind.Invited, "", "* alice invited bob to #r\u00f6om\n" },
        { EventKind.Signal, "x", "" },
        { EventKind.RoomState, "news", "* you are in #r\u00f6om (7 here), topic: news\n" },
        { EventKind.RoomState, "", "* you are in #r\u00f6om (7 here), no topic\n" },
        { EventKind.Message, "psst", "<alice -> bob> psst\n" },
        { EventKind.Ping, "", "" },
        { EventKind.Ok, "", "" },
        { EventKind.Error, "", "! taken: \"x\"\n" },
        { EventKind.Closing, "you quit", "* goodbye: you quit\n" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_inOneRoom_isThisLine(EventKind kind, string text, string expected) =>
        Assert.Equal(expected, Bytes.Utf8(Samples.Render(OneRoom, kind, text)));

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_inSeveralRooms_namesTheRoomOfWhatWasSaid(EventKind kind, string text, string expected)
    {
        var prefix = kind is EventKind.Said or EventKind.Acted ? "[#r\u00f6om] " : "";
        var named = kind == EventKind.Redacted ? expected.Replace("a line", "a line in #r\u00f6om", StringComparison.Ordinal) : expected;
        Assert.Equal(prefix + named, Bytes.Utf8(Samples.Render(ManyRooms, kind, text)));
    }

    [Fact]
    public void Welcome_withMotd_showsEachOfItsLines()
    {
        const string First = "* Welcome to MuxChat! You are alice, in #r\u00f6om. Type to talk in the room; /help lists the commands.\n";
        Assert.Equal(First, Bytes.Utf8(Samples.Render(OneRoom, EventKind.Welcome, "")));
        Assert.Equal(First + "* one\n* \n* two\n", Bytes.Utf8(Samples.Render(OneRoom, EventKind.Welcome, "one\n\ntwo\n")));
        Assert.Equal(First + "* one\n* two\n", Bytes.Utf8(Samples.Render(OneRoom, EventKind.Welcome, "one\ntwo")));
    }

    [Fact]
    public void RoomState_ofAnotherRoom_doesNotSayYouAreIn()
    {
        var state = Samples.Of(EventKind.RoomState, []);
        state.Nick = [];
        Assert.Equal("* #r\u00f6om (7 here), no topic\n", Bytes.Utf8(Samples.Render(OneRoom, state)));
    }

    [Fact]
    public void EveryKind_hasARendering()
    {
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            var lines = Bytes.Utf8(Samples.Render(ManyRooms, kind, "text"));
            Assert.True(lines.Length == 0 || lines.EndsWith('\n'), $"{kind}");
        }
    }
}
