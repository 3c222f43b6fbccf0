using MuxChat.Core.Chat;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Line;
using MuxChat.Testing.Clients;
using MuxChat.UnitTests.Core.Framing;

namespace MuxChat.UnitTests.Core.Protocols.Line;

public sealed class LineProtocolTests
{
    private const string Unknown = "unknown command: /help lists the commands; //text sends a line that begins with a slash";
    private const string NoModes =
        "modes begin with + or -, such as /mode +t; a room begins with #, such as /mode #tea +t; /help mode lists the modes";

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
    [InlineData("/away", CommandKind.Away, "", "", "")]
    [InlineData("/away at lunch", CommandKind.Away, "", "", "at lunch")]
    [InlineData("/part", CommandKind.Part, "", "", "")]
    [InlineData("/part   ", CommandKind.Part, "", "", "")]
    [InlineData("/part room", CommandKind.Part, "#room", "", "")]
    [InlineData("/who", CommandKind.Who, "", "", "")]
    [InlineData("/who room", CommandKind.Who, "#room", "", "")]
    [InlineData("/leave tea", CommandKind.Part, "#tea", "", "")]
    [InlineData("/exit bye", CommandKind.Quit, "", "", "bye")]
    [InlineData("/list", CommandKind.Rooms, "", "", "")]
    [InlineData("/names tea", CommandKind.Who, "#tea", "", "")]
    [InlineData("/help deop", CommandKind.Help, "", "", "deop")]
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
    public void Line_wellFormed_isTheCommand(string line, CommandKind kind, string room, string nick, string text) =>
        Requires(line, kind, room, nick, text);

    [Theory]
    [InlineData("/mode", CommandKind.Modes, "", "", "")]
    [InlineData("/mode +o bob", CommandKind.Modes, "", "", "+o bob")]
    [InlineData("/mode  #tea  -i", CommandKind.Modes, "#tea", "", "-i")]
    [InlineData("/kick bob", CommandKind.Kick, "", "bob", "")]
    [InlineData("/kick #tea bob go away", CommandKind.Kick, "#tea", "bob", "go away")]
    [InlineData("/invite bob", CommandKind.Invite, "", "bob", "")]
    [InlineData("/invite #tea bob", CommandKind.Invite, "#tea", "bob", "")]
    [InlineData("/topic", CommandKind.Topic, "", "", "")]
    [InlineData("/topic  ", CommandKind.Topic, "", "", "")]
    [InlineData("/topic new one", CommandKind.Topic, "", "", "new one")]
    [InlineData("/topic #ops new one", CommandKind.Topic, "#ops", "", "new one")]
    [InlineData("/topic  #ops ", CommandKind.Topic, "#ops", "", "")]
    [InlineData("/topic #ops #1 rule", CommandKind.Topic, "#ops", "", "#1 rule")]
    [InlineData("/history", CommandKind.History, "", "", "")]
    [InlineData("/history tea", CommandKind.History, "#tea", "", "")]
    [InlineData("/history  #tea  5", CommandKind.History, "#tea", "", "")]
    [InlineData("/mode b", CommandKind.Modes, "", "", "b")]
    [InlineData("/mode #tea I", CommandKind.Modes, "#tea", "", "I")]
    [InlineData("/mode #tea", CommandKind.Modes, "#tea", "", "")]
    [InlineData("/ban", CommandKind.Modes, "", "", "+b ")]
    [InlineData("/ban bob", CommandKind.Modes, "", "", "+b bob")]
    [InlineData("/BAN #tea *!*@host ", CommandKind.Modes, "#tea", "", "+b *!*@host")]
    [InlineData("/unban bob", CommandKind.Modes, "", "", "-b bob")]
    [InlineData("/op bob", CommandKind.Override, "", "bob", "")]
    [InlineData("/op #tea bob", CommandKind.Override, "#tea", "bob", "")]
    [InlineData("/deop bob", CommandKind.Modes, "", "", "-o bob")]
    [InlineData("/voice #tea bob", CommandKind.Modes, "#tea", "", "+v bob")]
    [InlineData("/devoice bob", CommandKind.Modes, "", "", "-v bob")]
    public void Room_beforeOtherWords_hasItsMark(string line, CommandKind kind, string room, string nick, string text) =>
        Requires(line, kind, room, nick, text);

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
    [InlineData("/topic #tea", false)]
    [InlineData("/topic #tea x", true)]
    public void Topic_withText_hasText(string line, bool hasText)
    {
        _protocol.Parse(Bytes.Utf8(line), out var command);
        Assert.Equal(hasText, command.HasText);
    }

    [Theory]
    [InlineData("/history 7", "", 7)]
    [InlineData("/history #7", "#7", 0)]
    [InlineData("/history tea 7", "#tea", 7)]
    public void History_withANumber_isThatManyLines(string line, string room, int limit)
    {
        Assert.True(_protocol.Parse(Bytes.Utf8(line), out var command).IsOk);
        Assert.Equal((room, limit), (Bytes.Utf8(command.Room), command.Limit));
    }

    [Theory]
    [InlineData("/", Unknown)]
    [InlineData("/ join x", Unknown)]
    [InlineData("/nothing", Unknown)]
    [InlineData("/say x", Unknown)]
    [InlineData("/jion x", "unknown command: did you mean /join? /help lists the commands; //text ...")]
    [InlineData("/joinx", "unknown command: did you mean /join? ...")]
    [InlineData("/join\tx", Unknown)]
    [InlineData("/TOPICS", "unknown command: did you mean /topic? ...")]
    [InlineData("/mod +i", "unknown command: did you mean /mode? ...")]
    [InlineData("/dance", Unknown)]
    [InlineData("/sing", Unknown)]
    [InlineData("/leav", "unknown command: did you mean /leave? ...")]
    [InlineData("/unbann x", "unknown command: did you mean /unban? ...")]
    [InlineData("/pong", "unknown command: did you mean /ping? ...")]
    [InlineData("/messagemessagemessage", Unknown)]
    [InlineData("/help nothing", "unknown command: help without a word lists the commands")]
    [InlineData("/help /jion", "unknown command: did you mean join? help without a word lists the commands")]
    [InlineData("/help resume", "unknown command: help without a word lists the commands")]
    public void Name_unknown_isRefusedWithTheNearest(string line, string message) =>
        Refuses(line, ErrorCode.UnknownCommand, message);

    [Theory]
    [InlineData("/me", ErrorCode.MissingField, "the text is missing: /me text")]
    [InlineData("/me  ", ErrorCode.MissingField, "the text is missing: /me text")]
    [InlineData("/msg", ErrorCode.MissingField, "the nick is missing: /msg NICK text")]
    [InlineData("/msg bob", ErrorCode.MissingField, "the text is missing: /msg NICK text")]
    [InlineData("/msg bob ", ErrorCode.MissingField, "the text is missing: /msg NICK text")]
    [InlineData("/nick", ErrorCode.MissingField, "the nick is missing: /nick NAME")]
    [InlineData("/nick  ", ErrorCode.MissingField, "the nick is missing: /nick NAME")]
    [InlineData("/join", ErrorCode.MissingField, "the room is missing: /join ROOM [KEY]")]
    [InlineData("/join  ", ErrorCode.MissingField, "the room is missing: /join ROOM [KEY]")]
    [InlineData("/oper", ErrorCode.MissingField, "the name is missing: /oper NAME PASSWORD")]
    [InlineData("/oper root", ErrorCode.MissingField, "the password is missing: /oper NAME PASSWORD")]
    [InlineData("/kick #tea", ErrorCode.MissingField, "the nick is missing: /kick [#ROOM] NICK [text]")]
    [InlineData("/unban", ErrorCode.MissingField, "the mask is missing: /unban [#ROOM] MASK")]
    [InlineData("/voice #tea", ErrorCode.MissingField, "the nick is missing: /voice [#ROOM] NICK")]
    [InlineData("/mode ops", ErrorCode.BadField, NoModes)]
    [InlineData("/mode ops +i", ErrorCode.BadField, NoModes)]
    [InlineData("/mode #tea ops", ErrorCode.BadField, NoModes)]
    [InlineData("/mode b bob", ErrorCode.BadField, NoModes)]
    [InlineData("/mode o bob", ErrorCode.BadField, NoModes)]
    [InlineData("/invite tea bob", ErrorCode.BadField, "too many words: /invite [#ROOM] NICK; a room begins with #")]
    [InlineData("/op tea bob", ErrorCode.BadField, "too many words: /op [#ROOM] NICK; a room begins with #")]
    [InlineData("/ban tea bob", ErrorCode.BadField, "too many words: /ban [#ROOM] [MASK]; a room begins with #")]
    [InlineData("/history 0", ErrorCode.BadField, "/history takes a whole number from 1, such as /history 20")]
    [InlineData("/history tea all", ErrorCode.BadField, "/history takes a whole number from 1, such as /history 20")]
    public void Line_malformed_isRefusedWithWhatWouldBeRight(string line, ErrorCode code, string message) => Refuses(line, code, message);

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

    private void Requires(string line, CommandKind kind, string room, string nick, string text)
    {
        var result = _protocol.Parse(Bytes.Utf8(line), out var command);
        Assert.Equal(CommandResult.Ok(), result);
        Assert.Equal(
            (kind, room, nick, text),
            (command.Kind, Bytes.Utf8(command.Room), Bytes.Utf8(command.Nick), Bytes.Utf8(command.Text)));
        Assert.True(command.Id.IsEmpty && command.Key.IsEmpty);
    }

    private void Refuses(string line, ErrorCode code, string message)
    {
        var result = _protocol.Parse(Bytes.Utf8(line), out _);
        Assert.Equal(code, result.Code);
        Assert.True(LinePattern.Matches(message, result.Message), result.Message);
    }
}
