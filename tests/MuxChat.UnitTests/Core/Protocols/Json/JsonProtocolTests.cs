using MuxChat.Core.Chat;
using MuxChat.Core.Chat.Text;
using MuxChat.Core.Framing;
using MuxChat.Core.Protocols.Json;

namespace MuxChat.UnitTests.Core.Protocols.Json;

public sealed class JsonProtocolTests
{
    private readonly JsonProtocol _protocol = new();

    [Theory]
    [InlineData("""{"type":"say","text":"hi"}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"say","room":"#a","text":"hi"}""", CommandKind.Say, "#a", "", "hi")]
    [InlineData("""  { "text" : "hi" , "type" : "say" }  """, CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"me","text":"waves"}""", CommandKind.Act, "", "", "waves")]
    [InlineData("""{"type":"msg","to":"bob","text":"x"}""", CommandKind.Message, "", "bob", "x")]
    [InlineData("""{"type":"nick","nick":"bob"}""", CommandKind.Nick, "", "bob", "")]
    [InlineData("""{"type":"join","room":"#a"}""", CommandKind.Join, "#a", "", "")]
    [InlineData("""{"type":"part","room":"#a","reason":"r"}""", CommandKind.Part, "#a", "", "r")]
    [InlineData("""{"type":"topic","text":""}""", CommandKind.Topic, "", "", "")]
    [InlineData("""{"type":"rooms"}""", CommandKind.Rooms, "", "", "")]
    [InlineData("""{"type":"who","room":"#a"}""", CommandKind.Who, "#a", "", "")]
    [InlineData("""{"type":"ping","token":"t"}""", CommandKind.Ping, "", "", "t")]
    [InlineData("""{"type":"pong"}""", CommandKind.None, "", "", "")]
    [InlineData("""{"type":"stats"}""", CommandKind.Stats, "", "", "")]
    [InlineData("""{"type":"help","command":"say"}""", CommandKind.Help, "", "", "say")]
    [InlineData("""{"type":"help"}""", CommandKind.Help, "", "", "")]
    [InlineData("""{"type":"quit","reason":"bye"}""", CommandKind.Quit, "", "", "bye")]
    [InlineData("""{"type":"say","text":"hi","room":null,"id":null}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"say","text":"hi","x":1,"y":[{"type":"quit"}],"z":{"text":"no"},"w":true}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"say","text":null,"text":"hi"}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"\u0073ay","text":"a\u0000b\n\"\\\u00e9\ud83d\ude00"}""", CommandKind.Say, "", "", "a\0b\n\"\\\u00e9\U0001F600")]
    [InlineData("""{"type":"msg","to":"\u0062ob","text":"\u0041","room":"\u0023a"}""", CommandKind.Message, "#a", "bob", "A")]
    [InlineData("""{"type":"say","te\u0078t":"hi"}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"type":"say","text":"hi","\ud83d":"x","tex\ude00":"y","\u0069d":null}""", CommandKind.Say, "", "", "hi")]
    [InlineData("""{"\u0074\u0079\u0070\u0065":"say","\u0074ext":"hi"}""", CommandKind.Say, "", "", "hi")]
    public void Request_wellFormed_isTheCommand(string json, CommandKind kind, string room, string nick, string text)
    {
        var result = _protocol.Parse(Bytes.Utf8(json), out var command);
        Assert.Equal(CommandResult.Ok(), result);
        Assert.Equal(
            (kind, room, nick, text),
            (command.Kind, Bytes.Utf8(command.Room), Bytes.Utf8(command.Nick), Bytes.Utf8(command.Text)));
    }

    [Theory]
    [InlineData("""{}""", ErrorCode.MissingField)]
    [InlineData("""{"text":"hi"}""", ErrorCode.MissingField)]
    [InlineData("""{"type":""}""", ErrorCode.MissingField)]
    [InlineData("""{"type":null}""", ErrorCode.MissingField)]
    [InlineData("""{"type":"nothing"}""", ErrorCode.UnknownCommand)]
    [InlineData("""{"type":"SAY"}""", ErrorCode.UnknownCommand)]
    [InlineData("""{"type":"help","command":"nothing"}""", ErrorCode.UnknownCommand)]
    [InlineData("""{"type":1}""", ErrorCode.BadField)]
    [InlineData("""{"type":["say"]}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":1}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":true}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":{"a":"b"}}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","room":[],"text":"hi"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","type":"quit"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"a","text":"b"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"a","token":"b"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"a","text":{"type":"x"}}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"a","\u0074ext":"b"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","\u0074ype":"quit"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"msg","to":"a","nick":"b","text":"c"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","id":1,"id":2,"text":"c"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"\ud83d"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","text":"\ude00\ud83d"}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","id":{"a":1}}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","id":[1]}""", ErrorCode.BadField)]
    [InlineData("""{"type":"say","id":true}""", ErrorCode.BadField)]
    [InlineData("", ErrorCode.BadJson)]
    [InlineData(" ", ErrorCode.BadJson)]
    [InlineData("hello", ErrorCode.BadJson)]
    [InlineData("[]", ErrorCode.BadJson)]
    [InlineData("\"say\"", ErrorCode.BadJson)]
    [InlineData("1", ErrorCode.BadJson)]
    [InlineData("null", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi"}x""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi"}{}""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi"},""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi",}""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi" /* no */}""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"hi""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"\x"}""", ErrorCode.BadJson)]
    [InlineData("""{"type":"say","text":"\u12"}""", ErrorCode.BadJson)]
    [InlineData("{\"type\":\"say\",\"text\":\"a\nb\"}", ErrorCode.BadJson)]
    [InlineData("{'type':'say'}", ErrorCode.BadJson)]
    [InlineData("{type:\"say\"}", ErrorCode.BadJson)]
    [InlineData("\uFEFF{\"type\":\"say\"}", ErrorCode.BadJson)]
    public void Request_malformed_isRefused(string json, ErrorCode code)
    {
        var result = _protocol.Parse(Bytes.Utf8(json), out _);
        Assert.Equal(code, result.Code);
        Assert.NotEmpty(result.Message);
        Assert.False(ChatText.HasControl(Bytes.Utf8(result.Message)));
    }

    [Theory]
    [InlineData(15, ErrorCode.None)]
    [InlineData(16, ErrorCode.BadJson)]
    [InlineData(20_000, ErrorCode.BadJson)]
    public void Request_deep_isTakenOnlyUpToALimit(int depth, ErrorCode code)
    {
        var json = $$"""{"type":"stats","x":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        Assert.Equal(code, _protocol.Parse(Bytes.Utf8(json), out _).Code);
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("7b22c322")]
    public void Request_notUtf8_isRefused(string hex) =>
        Assert.Equal(ErrorCode.NotUtf8, _protocol.Parse(Convert.FromHexString(hex), out _).Code);

    [Theory]
    [InlineData("7")]
    [InlineData("-1.5e3")]
    [InlineData("\"abc\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\u0041\\\"\"")]
    [InlineData("\"\\ud83d\"")]
    public void Id_ofAnyForm_isRepeatedAsItWasWritten(string id)
    {
        Assert.True(_protocol.Parse(Bytes.Utf8($$"""{"id": {{id}} ,"type":"stats"}"""), out var command).IsOk);
        Assert.Equal(id, Bytes.Utf8(command.Id));
    }

    [Theory]
    [InlineData(126, ErrorCode.None)]
    [InlineData(127, ErrorCode.BadField)]
    public void Id_long_isTakenOnlyUpToALimit(int length, ErrorCode code) =>
        Assert.Equal(code, _protocol.Parse(Bytes.Utf8($$"""{"type":"stats","id":"{{new string('i', length)}}"}"""), out _).Code);

    [Fact]
    public void Id_ofARefusedRequest_isKnown()
    {
        Assert.False(_protocol.Parse(Bytes.Utf8("""{"type":"nothing","id":7}"""), out var command).IsOk);
        Assert.Equal("7", Bytes.Utf8(command.Id));
        Assert.False(_protocol.Parse(Bytes.Utf8("""{"id":7,"text":"""), out command).IsOk);
        Assert.True(command.Id.IsEmpty);
    }

    [Theory]
    [InlineData("""{"type":"topic"}""", false)]
    [InlineData("""{"type":"topic","text":null}""", false)]
    [InlineData("""{"type":"topic","text":""}""", true)]
    public void Text_givenAndEmpty_isNotMissing(string json, bool hasText)
    {
        _protocol.Parse(Bytes.Utf8(json), out var command);
        Assert.Equal(hasText, command.HasText);
    }

    [Fact]
    public void Request_asLongAsAFrameAndEscapedThroughout_isRead()
    {
        var text = string.Concat(Enumerable.Repeat("\\u0041", 10_000));
        Assert.True(_protocol.Parse(Bytes.Utf8($$"""{"type":"say","text":"{{text}}"}"""), out var command).IsOk);
        Assert.Equal(new string('A', 10_000), Bytes.Utf8(command.Text));
    }

    [Theory]
    [InlineData(DecodeStatus.Empty, ErrorCode.EmptyFrame)]
    [InlineData(DecodeStatus.TooLong, ErrorCode.TooLong)]
    [InlineData(DecodeStatus.Overrun, ErrorCode.TooLong)]
    public void Bytes_thatAreNoFrame_areExplained(DecodeStatus status, ErrorCode code) =>
        Assert.Equal(code, _protocol.Describe(status).Code);

    [Fact]
    public void Protocol_hasOneFormatForAllAndPings()
    {
        Assert.Same(_protocol.FormatFor(0), _protocol.FormatFor(5));
        Assert.Equal(("frame", true), (_protocol.Name, _protocol.PingsIdleClients));
    }
}
