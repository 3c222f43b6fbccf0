using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Protocols.Line;

public sealed class LineProtocolTests
{
    private readonly LineProtocol _protocol = new();

    [Theory]
    [InlineData("", CommandKind.None, "", "", "")]
    [InlineData("hello", CommandKind.Say, "", "", "hello")]
    [InlineData(" hello ", CommandKind.Say, "", "", " hello ")]
    [InlineData(" /me", CommandKind.Say, "", "", " /me")]
    [InlineData("//", CommandKind.Say, "", "", "/")]
    [InlineData("//join x", CommandKind.Say, "", "", "/join x")]
    [InlineData("///", CommandKind.Say, "", "", "//")]
    [InlineData("/me waves  twice ", CommandKind.Act, "", "", "waves  twice")]
    [InlineData("/msg bob hi there", CommandKind.Message, "", "bob", "hi there")]
    [InlineData("/msg   bob  hi", CommandKind.Message, "", "bob", " hi")]
    [InlineData("/nick  bob ", CommandKind.Nick, "", "bob", "")]
    [InlineData("/nick bob smith", CommandKind.Nick, "", "bob smith", "")]
    [InlineData("/join #room", CommandKind.Join, "#room", "", "")]
    [InlineData("/join room", CommandKind.Join, "#room", "", "")]
    [InlineData("/join    room  ", CommandKind.Join, "#room", "", "")]
    [InlineData("/join ##room", CommandKind.Join, "##room", "", "")]
    [InlineData("/part a b", CommandKind.Part, "#a b", "", "")]
    [InlineData("/mode", CommandKind.Modes, "", "", "")]
    [InlineData("/mode +o bob", CommandKind.Modes, "", "", "+o bob")]
    [InlineData("/mode  #tea  -i", CommandKind.Modes, "#tea", "", "-i")]
    [InlineData("/kick bob", CommandKind.Kick, "", "bob", "")]
    [InlineData("/kick #tea bob go away", CommandKind.Kick, "#tea", "bob", "go away")]
    [InlineData("/invite bob", CommandKind.Invite, "", "bob", "")]
    [InlineData("/invite #tea bob", CommandKind.Invite, "#tea", "bob", "")]
    [InlineData("/away", CommandKind.Away, "", "", "")]
    [InlineData("/away at lunch", CommandKind.Away, "", "", "at lunch")]
    [InlineData("/part", CommandKind.Part, "", "", "")]
    [InlineData("/part   ", CommandKind.Part, "", "", "")]
    [InlineData("/part room", CommandKind.Part, "#room", "", "")]
    [InlineData("/who", CommandKind.Who, "", "", "")]
    [InlineData("/who room", CommandKind.Who, "#room", "", "")]
    [InlineData("/topic", CommandKind.Topic, "", "", "")]
    [InlineData("/topic  ", CommandKind.Topic, "", "", "")]
    [InlineData("/topic new one", CommandKind.Topic, "", "", "new one")]
    [InlineData("/rooms", CommandKind.Rooms, "", "", "")]
    [InlineData("/ping", CommandKind.Ping, "", "", "")]
    [InlineData("/ping a b", CommandKind.Ping, "", "", "a b")]
    [InlineData("/stats", CommandKind.Stats, "", "", "")]
    [InlineData("/help", CommandKind.Help, "", "", "")]
    [InlineData("/help join", CommandKind.Help, "", "", "join")]
    [InlineData("/help /JOIN", CommandKind.Help, "", "", "/JOIN")]
    [InlineData("/quit", CommandKind.Quit, "", "", "")]
    [InlineData("/quit see you", CommandKind.Quit, "", "", "see you")]
    [InlineData("/QUIT", CommandKind.Quit, "", "", "")]
    [InlineData("/JoIn room", CommandKind.Join, "#room", "", "")]
    [InlineData("/msg b \u00e9\U0001F600", CommandKind.Message, "", "b", "\u00e9\U0001F600")]
    public void Line_wellFormed_isTheCommand(string line, CommandKind kind, string room, string nick, string text)
    {
        var result = _protocol.Parse(Bytes.Utf8(line), out var command);
        Assert.Equal(CommandResult.Ok(), result);
        Assert.Equal(
            (kind, room, nick, text),
            (command.Kind, Bytes.Utf8(command.Room), Bytes.Utf8(command.Nick), Bytes.Utf8(command.Text)));
        Assert.True(command.Id.IsEmpty && command.Key.IsEmpty);
    }

    [Theory]
    [InlineData("/join a key", "#a", "key")]
    [InlineData("/join #a   k e y ", "#a", "k e y")]
    public void Join_withKey_isBoth(string line, string room, string key)
    {
        Assert.True(_protocol.Parse(Bytes.Utf8(line), out var command).IsOk);
        Assert.Equal((CommandKind.Join, room, key), (command.Kind, Bytes.Utf8(command.Room), Bytes.Utf8(command.Key)));
    }

    [Theory]
    [InlineData("/topic", false)]
    [InlineData("/topic  ", false)]
    [InlineData("/topic x", true)]
    public void Topic_withText_hasText(string line, bool hasText)
    {
        _protocol.Parse(Bytes.Utf8(line), out var command);
        Assert.Equal(hasText, command.HasText);
    }

    [Theory]
    [InlineData("/", ErrorCode.UnknownCommand)]
    [InlineData("/ join x", ErrorCode.UnknownCommand)]
    [InlineData("/nothing", ErrorCode.UnknownCommand)]
    [InlineData("/joinx", ErrorCode.UnknownCommand)]
    [InlineData("/join\tx", ErrorCode.UnknownCommand)]
    [InlineData("/say x", ErrorCode.UnknownCommand)]
    [InlineData("/pong", ErrorCode.UnknownCommand)]
    [InlineData("/help nothing", ErrorCode.UnknownCommand)]
    [InlineData("/me", ErrorCode.MissingField)]
    [InlineData("/me  ", ErrorCode.MissingField)]
    [InlineData("/msg", ErrorCode.MissingField)]
    [InlineData("/msg bob", ErrorCode.MissingField)]
    [InlineData("/msg bob ", ErrorCode.MissingField)]
    [InlineData("/nick", ErrorCode.MissingField)]
    [InlineData("/nick  ", ErrorCode.MissingField)]
    [InlineData("/join", ErrorCode.MissingField)]
    [InlineData("/join  ", ErrorCode.MissingField)]
    public void Line_malformed_isRefusedWithWhatWouldBeRight(string line, ErrorCode code)
    {
        var result = _protocol.Parse(Bytes.Utf8(line), out _);
        Assert.Equal(code, result.Code);
        Assert.NotEmpty(result.Message);
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("68c3")]
    [InlineData("2f6d6520c0af")]
    [InlineData("eda080")]
    public void Line_notUtf8_isRefused(string hex) =>
        Assert.Equal(ErrorCode.NotUtf8, _protocol.Parse(Convert.FromHexString(hex), out _).Code);

    [Theory]
    [InlineData(DecodeStatus.TooLong, "4096")]
    [InlineData(DecodeStatus.Overrun, "16384")]
    public void Bytes_thatAreNoLine_areExplained(DecodeStatus status, string limit)
    {
        var result = _protocol.Describe(status);
        Assert.Equal(ErrorCode.TooLong, result.Code);
        Assert.Contains(limit, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Formats_byNumberOfRooms_areTwoObjects()
    {
        Assert.Same(_protocol.FormatFor(0), _protocol.FormatFor(1));
        Assert.Same(_protocol.FormatFor(2), _protocol.FormatFor(20));
        Assert.NotSame(_protocol.FormatFor(1), _protocol.FormatFor(2));
        Assert.Equal(("line", false), (_protocol.Name, _protocol.PingsIdleClients));
    }

    [Fact]
    public void Decoder_hasTheLimitOfTheProtocol()
    {
        var decoder = new LineProtocol(new FrameLimits { LineBytes = 10 }).Framing.CreateDecoder(new WrittenAnswers());
        Assert.Equal(DecodeStatus.TooLong, decoder.Decode(Bytes.Utf8("12345678901\n")).Status);
    }
}
