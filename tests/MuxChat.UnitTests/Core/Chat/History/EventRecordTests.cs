using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>Events as the journal keeps them: written and read, and refused when they are none.</summary>
public sealed class EventRecordTests
{
    [Theory]
    [InlineData(EventKind.Said, "#r\u00f6om", "alice", "", "hello, \u4e16\u754c")]
    [InlineData(EventKind.Acted, "#r", "alice", "", "waves")]
    [InlineData(EventKind.Joined, "#r", "alice", "", "")]
    [InlineData(EventKind.Left, "#r", "alice", "", "reason")]
    [InlineData(EventKind.Quit, "#r", "alice", "", "")]
    [InlineData(EventKind.Renamed, "#r", "alice", "bob", "")]
    [InlineData(EventKind.TopicSet, "#r", "alice", "", "topic")]
    [InlineData(EventKind.Kicked, "#r", "alice", "bob", "reason")]
    [InlineData(EventKind.ModeSet, "#r", "alice", "", "+o bob")]
    public void Event_writtenAndRead_isTheSame(EventKind kind, string room, string nick, string newNick, string text)
    {
        var bytes = Write(kind, room, nick, newNick, text);
        Assert.True(EventRecord.TryRead(bytes, out var read));
        Assert.Equal(kind, read.Kind);
        Assert.Equal((room, nick, newNick, text),
            (Bytes.Utf8(read.Room), Bytes.Utf8(read.Nick), Bytes.Utf8(read.NewNick), Bytes.Utf8(read.Text)));
        Assert.Equal((5103132997656651, 42, 1_795_255_200_123), (read.Epoch, read.Seq, read.UnixMs));
        Assert.False(read.IsClosed);

        // The highest bit of the kind: the room was closed to strangers.
        bytes[0] |= 0x80;
        Assert.True(EventRecord.TryRead(bytes, out var closed));
        Assert.True(closed.IsClosed && closed.Kind == kind);
        var again = new byte[EventRecord.SizeOf(closed)];
        EventRecord.Write(closed, again);
        Assert.Equal(bytes, again);
    }

    // The form is on people's disks: it does not change.
    [Fact]
    public void Event_written_hasThisForm() => Assert.Equal(
        "06" + "7B698CFDA1010000" + "4B2091BD45211200" + "2A00000000000000" + "02050300000000" + "2372" + "616C696365" + "626F62",
        Convert.ToHexString(Write(EventKind.Renamed, "#r", "alice", "bob", "")));

    [Theory]
    [InlineData(EventKind.Said, EventMarks.Notice, "")]
    [InlineData(EventKind.Said, EventMarks.Bot, "")]
    [InlineData(EventKind.Acted, EventMarks.None, "+draft/reply=12-3;+x=\u4e16")]
    [InlineData(EventKind.Said, EventMarks.Notice | EventMarks.Bot, "+x")]
    [InlineData(EventKind.Joined, EventMarks.Bot, "")]
    public void Event_with_marks_or_tags_written_and_read_is_the_same(EventKind kind, EventMarks marks, string tags)
    {
        var bytes = Write(kind, "#r", "alice", "", "hi there", marks, tags);
        bytes[0] |= 0x80;
        Assert.True(EventRecord.TryRead(bytes, out var read));
        Assert.True(read.IsClosed);
        Assert.Equal((kind, marks, "#r", "alice", "hi there", tags),
            (read.Kind, read.Marks, Bytes.Utf8(read.Room), Bytes.Utf8(read.Nick), Bytes.Utf8(read.Text), Bytes.Utf8(read.Tags)));
        var again = new byte[EventRecord.SizeOf(read)];
        EventRecord.Write(read, again);
        Assert.Equal(bytes, again);
    }

    [Fact]
    public void Event_with_marks_and_tags_written_has_this_form() => Assert.Equal(
        "41" + "7B698CFDA1010000" + "4B2091BD45211200" + "2A00000000000000" + "02050002000000" + "03" + "0200" + "2372" + "616C696365"
            + "6869" + "2B78",
        Convert.ToHexString(Write(EventKind.Said, "#r", "alice", "", "hi", EventMarks.Notice | EventMarks.Bot, "+x")));

    // Servers of version 2 know kinds up to 10 and the highest bit: they take such a record for no event.
    [Theory]
    [InlineData(EventKind.Said)]
    [InlineData(EventKind.Shared)]
    public void Event_with_marks_has_a_kind_that_older_servers_do_not_know(EventKind kind) =>
        Assert.InRange(Write(kind, "#r", "alice", "", "hi", EventMarks.Bot)[0] & 0x7F, EventKinds.MaxStoredCode + 1, 0x7F);

    [Theory]
    [InlineData(EventKind.Said, 0, "")]
    [InlineData(EventKind.Said, 4, "")]
    [InlineData(EventKind.Said, 0x80, "+x")]
    [InlineData(EventKind.Joined, 1, "")]
    [InlineData(EventKind.TopicSet, 0, "+x")]
    [InlineData(EventKind.Said, 0, "+x=a b")]
    [InlineData(EventKind.Said, 0, "+x=\u001b")]
    [InlineData(EventKind.Said, 0, "+x=\u0085")]
    public void Marks_and_tags_that_it_cannot_have_are_no_event(EventKind kind, byte marks, string tags)
    {
        var bytes = Write(kind, "#r", "alice", "", "hi", EventMarks.Bot, tags);
        bytes[32] = marks;
        Assert.False(EventRecord.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(EventRecord.MaxTagBytes, true)]
    [InlineData(EventRecord.MaxTagBytes + 1, false)]
    public void Tags_are_read_up_to_their_limit(int length, bool isRead) => Assert.Equal(isRead,
        EventRecord.TryRead(Write(EventKind.Said, "#r", "alice", "", "hi", EventMarks.None, "+" + new string('x', length - 1)), out _));

    [Theory]
    [InlineData("")]
    [InlineData("+x=1")]
    public void Bytes_cutOrTooLong_areNoEvent(string tags)
    {
        var bytes = Write(EventKind.Said, "#room", "alice", "", "text", tags: tags);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(EventRecord.TryRead(bytes.AsSpan(0, length), out _));
        }

        Assert.False(EventRecord.TryRead([.. bytes, 0], out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 12)]
    [InlineData(0, 8)]
    [InlineData(0, 0x80)]
    [InlineData(25, 6)]
    [InlineData(31, 0x80)]
    [InlineData(32, (byte)'x')]
    [InlineData(7, 0x7F)]
    [InlineData(16, 0x80)]
    [InlineData(24, 0x80)]
    public void Bytes_withOneSpoilt_areNoEvent(int at, byte value)
    {
        var bytes = Write(EventKind.Said, "#room", "alice", "", "text");
        Assert.NotEqual(value, bytes[at]);
        bytes[at] = value;
        Assert.False(EventRecord.TryRead(bytes, out _));
    }

    private static byte[] Write(EventKind kind, string room, string nick, string newNick, string text, EventMarks marks = EventMarks.None,
        string tags = "")
    {
        var past = new StoredEvent
        {
            Kind = kind,
            Room = Bytes.Utf8(room),
            Epoch = 5103132997656651,
            Seq = 42,
            UnixMs = 1_795_255_200_123,
            Nick = Bytes.Utf8(nick),
            NewNick = Bytes.Utf8(newNick),
            Text = Bytes.Utf8(text),
            Marks = marks,
            Tags = Bytes.Utf8(tags),
        };
        var bytes = new byte[EventRecord.SizeOf(past)];
        EventRecord.Write(past, bytes);
        return bytes;
    }
}
