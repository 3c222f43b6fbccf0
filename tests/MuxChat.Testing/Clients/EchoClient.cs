using System.Net;
using System.Text;

namespace MuxChat.Testing.Clients;

/// <summary>A client of <c>echo</c> or <c>upper</c>, whose bytes come back.</summary>
public sealed class EchoClient(EndPoint server, int receiveBufferBytes = 0) : WireClient(server, receiveBufferBytes)
{
    public void Send(string text) => SendBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>The next bytes; fewer when the connection ends before.</summary>
    public byte[] Read(int count)
    {
        while (Pending.Length < count && FillBuffer())
        {
        }

        var bytes = Pending[..Math.Min(count, Pending.Length)].ToArray();
        Consume(bytes.Length);
        return bytes;
    }

    /// <summary>Requires that these bytes come next.</summary>
    public void Expect(string text)
    {
        Awaited = text;
        Assert.Equal(text, Encoding.UTF8.GetString(Read(Encoding.UTF8.GetByteCount(text))));
    }

    /// <summary>Requires that nothing came but what was read.</summary>
    public override void Sync()
    {
        Send("*");
        Expect("*");
    }
}
