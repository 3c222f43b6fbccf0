using System.Net;
using System.Text;
using MuxChat.Testing.Clients;

namespace MuxChat.EndToEndTests.Hostile;

/// <summary>A client that sends whatever it likes and can read its answers as lines, as frames or as bytes.</summary>
public sealed class HostileClient(IPEndPoint server, bool speaksFrames) : WireClient(server)
{
    private static int _lastToken;

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
