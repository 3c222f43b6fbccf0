using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace MuxChat.Testing.Clients;

/// <summary>A client whose messages are those of Java's <c>writeUTF</c>: a length of two bytes, and a text.</summary>
public sealed class UtfClient(EndPoint server) : WireClient(server)
{
    private const int LengthBytes = 2;

    /// <summary>A message with its length before it. The text is ASCII, or what it is in modified UTF-8 is of no account.</summary>
    public static byte[] Message(ReadOnlySpan<byte> body)
    {
        var message = new byte[LengthBytes + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, checked((ushort)body.Length));
        body.CopyTo(message.AsSpan(LengthBytes));
        return message;
    }

    public void Send(string text) => SendBytes(Message(Encoding.UTF8.GetBytes(text)));

    /// <summary>The next message; null at the end of the connection.</summary>
    public string? TryRead()
    {
        while (Pending.Length < LengthBytes || Pending.Length < LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(Pending))
        {
            if (!FillBuffer())
            {
                Assert.True(Pending.IsEmpty, $"{Describe()}: half a message before the end");
                return null;
            }
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(Pending);
        var text = Encoding.UTF8.GetString(Pending.Slice(LengthBytes, length));
        Consume(LengthBytes + length);
        return text;
    }

    /// <summary>Requires that this message comes next; <c>...</c> stands for anything.</summary>
    public void Expect(string pattern)
    {
        Awaited = pattern;
        var text = TryRead();
        Assert.True(text is not null, EndedBefore());
        Assert.True(LinePattern.Matches(pattern, text), $"{Describe()} expected: {pattern}\nand read: {text}");
    }

    public override void Sync()
    {
        Send("/ping sync");
        while (TryRead() is { } text && text != "* pong sync")
        {
        }
    }
}
