using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;

namespace MuxChat.UnitTests.Core.Protocols.Json;

public sealed class JsonWireFormatTests
{
    private const string Time = "\"time\":\"2026-11-21T10:00:00.007Z\"";
    private const string InRoom = "\"room\":\"#r\u00f6om\",\"seq\":42," + Time;

    private readonly IWireFormat _format = new JsonProtocol().FormatFor(1);

    public static TheoryData<EventKind, string, string> Events => new()
    {
        { EventKind.Said, Samples.Text, $$"""{"type":"said",{{InRoom}},"from":"alice","text":{{Json(Samples.Text)}}}""" },
        { EventKind.Acted, Samples.Text, $$"""{"type":"acted",{{InRoom}},"from":"alice","text":{{Json(Samples.Text)}}}""" },
        { EventKind.Joined, "", $$"""{"type":"joined",{{InRoom}},"nick":"alice"}""" },
        { EventKind.Left, "", $$"""{"type":"left",{{InRoom}},"nick":"alice"}""" },
        { EventKind.Left, "bye", $$"""{"type":"left",{{InRoom}},"nick":"alice","reason":"bye"}""" },
        { EventKind.Quit, "", $$"""{"type":"quit",{{InRoom}},"nick":"alice"}""" },
        { EventKind.Quit, "bye", $$"""{"type":"quit",{{InRoom}},"nick":"alice","reason":"bye"}""" },
        { EventKind.Renamed, "", $$"""{"type":"renamed",{{InRoom}},"from":"alice","to":"bob"}""" },
        { EventKind.TopicSet, "", $$"""{"type":"topic",{{InRoom}},"nick":"alice","topic":""}""" },
        { EventKind.TopicSet, "news", $$"""{"type":"topic",{{InRoom}},"nick":"alice","topic":"news"}""" },
        { EventKind.Kicked, "", $$"""{"type":"kicked",{{InRoom}},"from":"alice","nick":"bob"}""" },
        { EventKind.Kicked, "bye", $$"""{"type":"kicked",{{InRoom}},"from":"alice","nick":"bob","reason":"bye"}""" },
        { EventKind.ModeSet, "+o bob", $$"""{"type":"mode",{{InRoom}},"nick":"alice","modes":"+o bob"}""" },
        { EventKind.Redacted, "", $$"""{"type":"redact",{{InRoom}},"from":"alice","target":5,"target_epoch":17}""" },
        { EventKind.Redacted, "spam", $$"""{"type":"redact",{{InRoom}},"from":"alice","target":5,"target_epoch":17,"reason":"spam"}""" },
        { EventKind.Erased, "", $$"""{"type":"erased",{{InRoom}},"from":"alice"}""" },
        { EventKind.Away, "lunch", $$"""{"type":"away","room":"#röom",{{Time}},"nick":"alice","reason":"lunch"}""" },
        { EventKind.Away, "", $$"""{"type":"back","room":"#röom",{{Time}},"nick":"alice"}""" },
        { EventKind.Invitation, "", $$"""{"type":"invited","room":"#röom",{{Time}},"from":"alice","nick":"bob"}""" },
        { EventKind.Invited, "", $$"""{"type":"invited","room":"#röom",{{Time}},"from":"alice","nick":"bob"}""" },
        { EventKind.Message, "psst", $$"""{"type":"msg","from":"alice","to":"bob","text":"psst",{{Time}}}""" },
        { EventKind.Welcome, "", """{"type":"welcome","nick":"alice","room":"#röom","server":"MuxChat","text_bytes":64}""" },
        {
            EventKind.Welcome, "a\nb\n",
            """{"type":"welcome","nick":"alice","room":"#röom","server":"MuxChat","text_bytes":64,"motd":"a\nb\n"}"""
        },
        { EventKind.RoomState, "news", """{"type":"room","room":"#röom","topic":"news","members":7,"seq":42,"epoch":17}""" },
        { EventKind.Ping, "", """{"type":"ping"}""" },
        { EventKind.Closing, "you quit", """{"type":"closing","reason":"you quit"}""" },
        { EventKind.Error, "", """{"type":"error","code":"nick_taken","message":"taken: \"x\""}""" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_encoded_isThisJson(EventKind kind, string text, string expected) =>
        AssertIs(expected, Samples.Render(_format, kind, text));

    [Fact]
    public void EveryKind_hasARendering()
    {
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            var frame = Samples.Render(_format, kind, "text");
            Assert.True(frame.Length == 0 || BodyOf(frame).RootElement.TryGetProperty("type", out _), $"{kind}");
        }
    }

    [Theory]
    [InlineData("7", 0, """{"type":"ok","id":7}""")]
    [InlineData("\"a\\u0041\"", 12, """{"type":"ok","id":"aA","seq":12}""")]
    public void Ok_withId_repeatsIt(string id, long seq, string expected)
    {
        var ok = new ChatEvent { Kind = EventKind.Ok, Id = Bytes.Utf8(id), Result = CommandResult.Ok(seq) };
        var frame = Samples.Render(_format, ok);
        AssertIs(expected, frame);
        Assert.Contains($"\"id\":{id}", Bytes.Utf8(frame), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_withId_repeatsIt()
    {
        var error = new ChatEvent { Kind = EventKind.Error, Id = "\"x\""u8, Result = CommandResult.Error(ErrorCode.BadJson, "no") };
        AssertIs("""{"type":"error","id":"x","code":"bad_json","message":"no"}""", Samples.Render(_format, error));
    }

    [Fact]
    public void ErrorCodes_onTheWire_areTheirNamesInSnakeCase()
    {
        foreach (var code in Enum.GetValues<ErrorCode>().Where(static code => code != ErrorCode.None))
        {
            Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{code}").Replace("utf_8", "utf8", StringComparison.Ordinal),
                Bytes.Utf8(JsonErrorCodes.NameOf(code)));
        }

        Assert.Throws<ArgumentOutOfRangeException>(static () => JsonErrorCodes.NameOf(ErrorCode.None).Length);
    }

    [Fact]
    public void Renamed_inNoRoom_hasNoRoom()
    {
        var renamed = Samples.Of(EventKind.Renamed, []);
        renamed.Room = null;
        AssertIs($$"""{"type":"renamed",{{Time}},"from":"alice","to":"bob"}""", Samples.Render(_format, renamed));
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(999, "1970-01-01T00:00:00.999Z")]
    [InlineData(951_782_400_000, "2000-02-29T00:00:00.000Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    public void Time_ofAnEvent_isRfc3339WithMilliseconds(long unixMs, string expected)
    {
        var said = Samples.Of(EventKind.Said, [(byte)'x']);
        said.UnixMs = unixMs;
        using var body = BodyOf(Samples.Render(_format, said));
        Assert.Equal(expected, body.RootElement.GetProperty("time").GetString());
    }

    [Fact]
    public void Time_ofEventsInTurn_isEachOnesOwn()
    {
        foreach (var unixMs in new[] { 5L, 5L, 6L, 5L })
        {
            var said = Samples.Of(EventKind.Said, [(byte)'x']);
            said.UnixMs = unixMs;
            using var body = BodyOf(Samples.Render(_format, said));
            Assert.Equal($"1970-01-01T00:00:00.00{unixMs}Z", body.RootElement.GetProperty("time").GetString());
        }
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\u2028")]
    [InlineData("\U0001F600")]
    [InlineData("\t")]
    public void LongestText_ofCharactersThatAreEscaped_isEncodedWhole(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 4096 / Bytes.Utf8(character).Length));
        using var body = BodyOf(Samples.Render(_format, EventKind.Said, text));
        Assert.Equal(text, body.RootElement.GetProperty("text").GetString());
    }

    private static void AssertIs(string expected, byte[] frame)
    {
        using var body = BodyOf(frame);
        using var wanted = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, body.RootElement),
            $"expected {expected}, got {body.RootElement.GetRawText()}");
    }

    private static JsonDocument BodyOf(byte[] frame)
    {
        Assert.Equal(frame.Length - 4, BinaryPrimitives.ReadInt32BigEndian(frame));
        return JsonDocument.Parse(frame.AsMemory(4));
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);
}
