using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using static MuxChat.EndToEndTests.Hostile.HostileStep;

namespace MuxChat.EndToEndTests.Hostile.Cases;

/// <summary>Headers of uploads that are none: each is answered in its own byte order, and shares nothing.</summary>
internal static class UploadHeaders
{
    private const string NotJson = "the header is not a JSON object such as {\"data_size\":5,\"hash\":null,\"filename\":\"a.txt\"}";
    private const string NoSize = "the field data_size must be there once: a whole number from 0 to 9007199254740991";
    private const string NoLength = "a header has 1 to 65535 bytes, after its length in 4 bytes";
    private const string NoHash = "the field hash must be null, or an MD5 or SHA-256 in hexadecimal";

    private static readonly HostileEnd Refused = HostileEnd.ClosedByServer("UploadRefused", "");

    // After these nothing tells where the next header begins.
    private static readonly (string Name, string Json, string Answer)[] Hopeless =
    [
        ("no JSON", "hello {mark}", NotJson),
        ("an array", "[1]", NotJson),
        ("half an object", "{\"data_size\":1", NotJson),
        ("an object and more", "{\"data_size\":1,\"filename\":\"{mark}\"}{}", NotJson),
        ("a thousand arrays", "{\"x\":" + new string('[', 1000), NotJson),
        ("no size", "{\"filename\":\"{mark}\"}", NoSize),
        ("a size below zero", "{\"data_size\":-1,\"filename\":\"{mark}\"}", NoSize),
        ("a size over 64 bits", "{\"data_size\":99999999999999999999,\"filename\":\"{mark}\"}", NoSize),
        ("a size of text", "{\"data_size\":\"1\",\"filename\":\"{mark}\"}", NoSize),
        ("a size that is half", "{\"data_size\":0.5,\"filename\":\"{mark}\"}", NoSize),
        ("two sizes", "{\"data_size\":1,\"data_size\":2,\"filename\":\"{mark}\"}", NoSize),
        ("a size with an escape beside one without", "{\"data_size\":1,\"data\\u005fsize\":2,\"filename\":\"{mark}\"}", NoSize),
    ];

    private static readonly (string Name, string Json, string Answer)[] Skipped =
    [
        ("no name", "{\"data_size\":5}", "the field filename is missing"),
        ("an empty name", "{\"data_size\":5,\"filename\":\"\"}", "the field filename is missing"),
        ("a name that is a number", "{\"data_size\":5,\"filename\":5}", "the field filename must be a string"),
        ("two names", "{\"data_size\":5,\"filename\":\"a\",\"filename\":\"{mark}\"}", "the field filename is given twice"),
        ("half a surrogate pair", "{\"data_size\":5,\"filename\":\"\\udc00\"}", "the field filename contains half a surrogate pair"),
        ("a hash of no function", "{\"data_size\":5,\"filename\":\"{mark}\",\"hash\":\"00\"}", NoHash),
        ("a hash that is no number", "{\"data_size\":5,\"filename\":\"{mark}\",\"hash\":\"" + new string('g', 32) + "\"}", NoHash),
        ("a hash that is an object", "{\"data_size\":5,\"filename\":\"{mark}\",\"hash\":{}}", "the field hash must be a string"),
    ];

    public static IEnumerable<HostileCase> All =>
    [
        .. Hopeless.SelectMany(static row => BothOrders(row.Name, row.Json, row.Answer, Refused, Commands)),
        .. Skipped.SelectMany(static row => BothOrders(row.Name, row.Json, row.Answer, HostileEnd.OpenUntilItLeaves, "hello")),
        Newcomer("a length of 0", Refused, Sends([0, 0, 0, 0]), GetsBytes(Answer(NoLength, isLittle: false))),
        Newcomer("a length of two orders", Refused, Sends([0, 1, 1, 0]), GetsBytes(Answer(NoLength, isLittle: false))),
        Newcomer("HTTP", Refused, Sends("GET /{mark} HTTP/1.1\r\n\r\n"), GetsBytes(Answer(NoLength, isLittle: false))),
        Newcomer("lines", Refused, Sends("/nick {mark}\nhello {mark}\n"), GetsBytes(Answer(NoLength, isLittle: false))),
        Newcomer("bytes of 255", Refused, Sends([255, 255, 255, 255, 255]), GetsBytes(Answer(NoLength, isLittle: false))),
        Newcomer("half a length", HostileEnd.OpenUntilItLeaves, Sends([0, 0, 0])),
        Newcomer("half a header and a reset", HostileEnd.ResetsItself, Sends([0, 0, 0, 9, (byte)'{'])),
    ];

    private static string Commands => "/nick {mark}\nhello {mark}\n";

    private static IEnumerable<HostileCase> BothOrders(string name, string json, string answer, HostileEnd end, string body) =>
        ((bool[])[false, true]).Select(isLittle => Newcomer(
            $"{name}, {(isLittle ? "little" : "big")}-endian", end, Sends(Header(json, isLittle)), Sends(body),
            GetsBytes(Answer(answer, isLittle))));

    private static HostileCase Newcomer(string name, HostileEnd end, params HostileStep[] steps) =>
        HostileCase.Newcomer($"upload listener: {name}", "upload", end, steps) with { IsForLoop = true };

    // The mark has another length than its place in the text, so these cases have a word of their own.
    private static byte[] Header(string json, bool isLittle) =>
        Framed(Encoding.UTF8.GetBytes(json.Replace("{mark}", "unheard", StringComparison.Ordinal)), isLittle);

    private static byte[] Answer(string error, bool isLittle)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("data_size", 0);
            json.WriteNull("id");
            json.WriteNull("file");
            json.WriteNull("link");
            json.WriteString("error", error);
            json.WriteEndObject();
        }

        return Framed(body.WrittenSpan, isLittle);
    }

    private static byte[] Framed(ReadOnlySpan<byte> bytes, bool isLittle)
    {
        var framed = new byte[sizeof(int) + bytes.Length];
        if (isLittle)
        {
            BinaryPrimitives.WriteInt32LittleEndian(framed, bytes.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(framed, bytes.Length);
        }

        bytes.CopyTo(framed.AsSpan(sizeof(int)));
        return framed;
    }
}
