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

    [Fact]
    public void Bytes_cutOrTooLong_areNoEvent()
    {
        var bytes = Write(EventKind.Said, "#room", "alice", "", "text");
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(EventRecord.TryRead(bytes.AsSpan(0, length), out _));
        }

        Assert.False(EventRecord.TryRead([.. bytes, 0], out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 11)]
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

    private static byte[] Write(EventKind kind, string room, string nick, string newNick, string text)
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
        };
        var bytes = new byte[EventRecord.SizeOf(past)];
        EventRecord.Write(past, bytes);
        return bytes;
    }
}
