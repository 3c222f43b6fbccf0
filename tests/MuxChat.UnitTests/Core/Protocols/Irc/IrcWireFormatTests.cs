using MuxChat.Core.Chat;
using MuxChat.Core.Protocols.Irc;

namespace MuxChat.UnitTests.Core.Protocols.Irc;

/// <summary>Events as lines of IRC, where a conversation does not show them easily.</summary>
public sealed class IrcWireFormatTests
{
    private const IrcCaps AllTags = IrcCaps.MessageTags | IrcCaps.ServerTime;

    private readonly IrcProtocol _protocol = new();

    [Theory]
    [InlineData(IrcCaps.None)]
    [InlineData(AllTags)]
    [InlineData(IrcCaps.InFormat)]
    internal void EveryKind_isWholeLinesOrNone(IrcCaps caps)
    {
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            var text = Bytes.Utf8(_protocol.Encode(caps, Samples.Of(kind, Bytes.Utf8("text"))));
            Assert.True(text.Length == 0 || text.EndsWith("\r\n", StringComparison.Ordinal), $"{kind}: {text}");
        }
    }

    [Fact]
    public void Past_isNamedByTheEpochItHappenedIn()
    {
        var room = Samples.Made("#a", 0);
        room.Log.Append(EventKind.Said, Samples.UnixMs, "ann"u8, default, "one"u8);
        room.Log.Append(EventKind.Renamed, Samples.UnixMs, "ann"u8, "bob"u8, default);
        room.Log.BeginEpoch(18);
        room.Log.Append(EventKind.Acted, Samples.UnixMs, "bob"u8, default, "two"u8);

        Assert.Equal(
            "@time=2026-11-21T10:00:00.007Z;msgid=17-1 :ann!ann@history PRIVMSG #a :one\r\n"
                + "@time=2026-11-21T10:00:00.008Z;msgid=17-2 :ann!ann@history NICK bob\r\n"
                + "@time=2026-11-21T10:00:00.009Z;msgid=18-3 :bob!bob@history PRIVMSG #a :\u0001ACTION two\u0001\r\n",
            string.Concat(Enumerable.Range(0, 3).Select(
                index => Bytes.Utf8(_protocol.Encode(AllTags, ChatEvent.OfPast(room, room.Log.Read(index, room.Name)))))));
    }

    [Fact]
    public void Reason_ofARemoval_isCutToTheLine()
    {
        var redacted = Samples.Of(EventKind.Redacted, Bytes.Utf8(new string('x', 600)));
        var line = Bytes.Utf8(_protocol.Encode(IrcCaps.None, redacted));
        Assert.StartsWith(":alice!alice@history REDACT #r\u00f6om 17-5 :xxx", line, StringComparison.Ordinal);
        Assert.Equal(512, Bytes.Utf8(line).Length);
        redacted.Text = "1 no such form"u8;
        Assert.Empty(_protocol.Encode(IrcCaps.None, redacted).ToArray());
    }

    [Theory]
    [InlineData(IrcCaps.None, "")]
    [InlineData(IrcCaps.ServerTime, "")]
    [InlineData(IrcCaps.MessageTags, "@+a=b :alice!alice@history TAGMSG #r\u00f6om\r\n")]
    internal void Tags_areForThoseWhoKnowThem(IrcCaps caps, string line)
    {
        var tagged = new ChatEvent { Kind = EventKind.Tagged, Room = Samples.Room, Nick = "alice"u8, Tags = "+a=b"u8 };
        Assert.Equal(line, Bytes.Utf8(_protocol.Encode(caps, tagged)));
    }

    [Fact]
    public void Capabilities_thatOnlySayWhatIsHeard_makeNoOtherFormat()
    {
        var (plain, choosing) = (_protocol.FormatsFor(IrcCaps.ServerTime),
            _protocol.FormatsFor(IrcCaps.ServerTime | IrcCaps.SetName | IrcCaps.Batch));

        Assert.Same(plain.FormatFor(1), choosing.FormatFor(2));
        Assert.False(plain.Shows(EventKind.RealNameSet));
        Assert.True(choosing.Shows(EventKind.RealNameSet));
        Assert.False(choosing.Shows(EventKind.Away));
        Assert.True(plain.Shows(EventKind.Said));
        Assert.Same(choosing, _protocol.FormatsFor(IrcCaps.ServerTime | IrcCaps.SetName | IrcCaps.LabeledResponse));
    }
}
