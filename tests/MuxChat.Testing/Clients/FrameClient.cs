using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;


namespace MuxChat.Testing.Clients;

/// <summary>A client of the frame protocol, with a reader of its own.</summary>
public sealed class FrameClient(EndPoint server, int receiveBufferBytes = 0) : WireClient(server, receiveBufferBytes)
{
    private static int _lastToken;

    public static byte[] Frame(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Header((uint)body.Length), .. body];
    }

    public static byte[] Header(uint length)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }

    public void Send(string json) => SendBytes(Frame(json));

    public void Send(params string[] jsons) => SendBytes([.. jsons.SelectMany(Frame)]);

    public JsonObject Read() => Read("any frame");

    /// <summary>Requires that the next frame is this one; the string "..." stands for any value.</summary>
    public JsonObject Expect(string pattern)
    {
        var frame = Read(pattern);
        Assert.True(JsonPattern.Matches(JsonNode.Parse(pattern), frame),
            $"{Describe()} expected: {pattern}\nand read: {frame.ToJsonString()}");
        return frame;
    }

    public void Expect(params string[] patterns)
    {
        foreach (var pattern in patterns)
        {
            Expect(pattern);
        }
    }

    /// <summary>Sends a frame and requires one error as the answer; the connection stays in step.</summary>
    public void ExpectError(string json, string code)
    {
        Send(json);
        var error = Read();
        Assert.Equal("error", (string?)error["type"]);
        Assert.Equal(code, (string?)error["code"]);
        Assert.NotEmpty((string?)error["message"] ?? "");
        ExpectNothing();
    }

    /// <summary>All frames up to the first that fits, that one included.</summary>
    public List<JsonObject> ReadUntil(Func<JsonObject, bool> fits, [CallerArgumentExpression(nameof(fits))] string awaited = "")
    {
        var frames = new List<JsonObject>();
        do
        {
            frames.Add(Read(awaited));
        }
        while (!fits(frames[^1]));
        return frames;
    }

    /// <summary>Asks for a pong, and returns every frame that came before it: everything that was due until then.</summary>
    public List<JsonObject> Ping()
    {
        var token = "t" + Interlocked.Increment(ref _lastToken).ToString(CultureInfo.InvariantCulture);
        Send($$"""{"type":"ping","token":"{{token}}"}""");
        var frames = ReadUntil(frame => (string?)frame["type"] == "pong" && (string?)frame["token"] == token);
        frames.RemoveAt(frames.Count - 1);
        return frames;
    }

    /// <summary>Requires that nothing came but what was read.</summary>
    public void ExpectNothing() => Assert.Equal([], Ping().Select(frame => frame.ToJsonString()));

    public override void Sync() => Ping();

    private JsonObject Read(string awaited)
    {
        Awaited = awaited;
        var frame = TryReadFrame();
        Assert.True(frame is not null, EndedBefore());
        return frame;
    }
}
