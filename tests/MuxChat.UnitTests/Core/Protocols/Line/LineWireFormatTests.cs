using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Rooms;
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
        { EventKind.Away, "lunch", "* alice is away: lunch\n" },
        { EventKind.Away, "", "* alice is back\n" },
        { EventKind.Invitation, "", "* alice invited bob to #r\u00f6om\n" },
        { EventKind.Invited, "", "* alice invited bob to #r\u00f6om\n" },
        { EventKind.RoomModes, "+Cn", "* modes of #r\u00f6om: +Cn\n" },
        { EventKind.MaskList, "", "* +b m!*@* by alice\n* masks of #r\u00f6om, mode b: 7\n" },
        { EventKind.Signal, "x", "" },
        { EventKind.RoomState, "news", "* you are in #r\u00f6om (7 here), topic: news\n" },
        { EventKind.RoomState, "", "* you are in #r\u00f6om (7 here), no topic\n" },
        { EventKind.Message, "psst", "<alice -> bob> psst\n" },
        { EventKind.RoomList, "", "* #r\u00f6om 3\n* #b 0\n* rooms: 7\n" },
        { EventKind.MemberList, "", "* in #r\u00f6om: n0 n1 n2\n* members of #r\u00f6om: 7\n" },
        { EventKind.Pong, "", "* pong\n" },
        { EventKind.Pong, "t 1", "* pong t 1\n" },
        { EventKind.Ping, "", "" },
        { EventKind.Ok, "", "" },
        { EventKind.Error, "", "! taken: \"x\"\n" },
        { EventKind.Closing, "you quit", "* goodbye: you quit\n" },
        { EventKind.Stats, "", "* clients 1, rooms 2, lines in 3, delivered 4, uptime 5 s, io epoll, ticks 6, longest tick 7 us, allocated 8 bytes, collections 9\n" },
        { EventKind.Help, "join", "* /join ROOM [KEY]  enters a room, or turns to one you are in\n" },
        { EventKind.Help, "/JOIN", "* /join ROOM [KEY]  enters a room, or turns to one you are in\n" },
        { EventKind.Help, "say", "" },
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
        Assert.Equal(prefix + expected, Bytes.Utf8(Samples.Render(ManyRooms, kind, text)));
    }

    [Fact]
    public void Welcome_withMotd_showsEachOfItsLines()
    {
        const string First = "* Welcome to MuxChat! You are alice, in #r\u00f6om. What you type goes to the room; /help lists the commands.\n";
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
    public void Lists_withMoreToCome_showNoTotal()
    {
        var rooms = Samples.Of(EventKind.RoomList, []);
        rooms.More = true;
        Assert.Equal("* #r\u00f6om 3\n* #b 0\n", Bytes.Utf8(Samples.Render(OneRoom, rooms)));
        var members = Samples.Of(EventKind.MemberList, []);
        members.More = true;
        Assert.Equal("* in #r\u00f6om: n0 n1 n2\n", Bytes.Utf8(Samples.Render(OneRoom, members)));
    }

    [Fact]
    public void MemberList_long_isBrokenIntoLines()
    {
        var room = Samples.Made("#big", members: 0);
        for (var i = 0; i < 200; i++)
        {
            room.Enter(new Membership(new Session(new Chat.RecordingRecipient(), Bytes.Utf8($"{new string('x', 26)}{i:D4}")), room));
        }

        var list = new ChatEvent { Kind = EventKind.MemberList, Room = room, Members = room.Members, Total = 200 };
        var lines = Bytes.Utf8(Samples.Render(OneRoom, list)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, static line => Assert.InRange(line.Length, 1, 450));
        Assert.Equal("* members of #big: 200", lines[^1]);
        var names = lines[..^1].SelectMany(static line => line["* in #big: ".Length..].Split(' '));
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"{new string('x', 26)}{i:D4}"), names);
    }

    [Fact]
    public void Help_withoutTopic_listsEveryCommandThatLinesHave()
    {
        var help = Bytes.Utf8(Samples.Render(OneRoom, EventKind.Help, ""));
        foreach (var command in CommandTable.All.Where(static command => command.LineSyntax.Length > 0))
        {
            Assert.Contains($"* {Bytes.Utf8(command.LineSyntax)}  {Bytes.Utf8(command.Summary)}\n", help, StringComparison.Ordinal);
        }

        Assert.Contains("* //text", help, StringComparison.Ordinal);
        Assert.DoesNotContain("*   ", help, StringComparison.Ordinal);
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

    [Fact]
    public void OwnDoings_onLines_areToldWhereNoAnswerIs()
    {
        EventKind[] shown = [EventKind.Renamed, EventKind.Left, EventKind.TopicSet, EventKind.Kicked, EventKind.ModeSet, EventKind.Away, EventKind.Invited];
        EventKind[] once = [EventKind.Renamed, EventKind.Quit, EventKind.Away];
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            Assert.Equal(shown.Contains(kind), OneRoom.ShowsToActor(kind));
            Assert.Equal(once.Contains(kind), ManyRooms.IsOncePerPerson(kind));
        }
    }
}
