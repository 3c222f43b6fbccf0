using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MuxChat.Server.Tests.Support;

namespace MuxChat.Server.Tests.Hostile;

/// <summary>A client that sends whatever it likes and can read its answers as lines, as frames or as bytes.</summary>
public sealed class HostileClient(IPEndPoint server, bool speaksFrames) : WireClient(server)
{
    private const int HeaderBytes = 4;

    private static int _lastToken;

    /// <summary>The next line, without its LF or CRLF; null at the end.</summary>
    public string? TryReadLine()
    {
        int end;
        while ((end = Pending.IndexOf((byte)'\n')) < 0)
        {
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, $"half a line before the end: {Encoding.UTF8.GetString(Pending)}");
                return null;
            }
        }

        var line = Encoding.UTF8.GetString(Pending[..end]).TrimEnd('\r');
        Consume(end + 1);
        return line;
    }

    /// <summary>The next frame; null at the end.</summary>
    public JsonObject? TryReadFrame()
    {
        while (Pending.Length < HeaderBytes || Pending.Length < HeaderBytes + BinaryPrimitives.ReadUInt32BigEndian(Pending))
        {
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, "half a frame before the end");
                return null;
            }
        }

        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(Pending);
        var json = JsonNode.Parse(Pending.Slice(HeaderBytes, length))!.AsObject();
        Consume(HeaderBytes + length);
        return json;
    }

    /// <summary>The next byte, which stays to be read; -1 at the end.</summary>
    public int PeekByte()
    {
        while (Pending.IsEmpty)
        {
            if (!FillBuffer())
            {
                return -1;
            }
        }

        return Pending[0];
    }

    /// <summary>The next bytes; fewer when the connection ends before.</summary>
    public byte[] ReadBytes(int count)
    {
        while (Pending.Length < count && FillBuffer())
        {
        }

        var bytes = Pending[..Math.Min(count, Pending.Length)].ToArray();
        Consume(bytes.Length);
        return bytes;
    }

    /// <summary>Asks for a pong and returns all that came before it.</summary>
    public List<string> Ping()
    {
        var token = $"h{Interlocked.Increment(ref _lastToken)}";
        var before = new List<string>();
        if (speaksFrames)
        {
            SendBytes(FrameClient.Frame($$"""{"type":"ping","token":"{{token}}"}"""));
            while (true)
            {
                var frame = TryReadFrame();
                Assert.True(frame is not null, "the connection ended where a pong was expected");
                if ((string?)frame["type"] == "pong" && (string?)frame["token"] == token)
                {
                    return before;
                }

                before.Add(frame.ToJsonString());
            }
        }

        SendBytes(Encoding.ASCII.GetBytes($"/ping {token}\n"));
        while (true)
        {
            var line = TryReadLine();
            Assert.True(line is not null, "the connection ended where a pong was expected");
            if (line == "* pong " + token)
            {
                return before;
            }

            before.Add(line);
        }
    }

    public override void Sync() => Ping();
}
