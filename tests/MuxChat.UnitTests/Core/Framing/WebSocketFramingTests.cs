using System.Net.WebSockets;
using MuxChat.Core.Buffers;
using MuxChat.Core.Framing;

namespace MuxChat.UnitTests.Core.Framing;

/// <summary>The frames that are sent, as the client of the base library reads them.</summary>
public sealed class WebSocketFramingTests
{
    private static WebSocketFraming NewFraming(WebSocketFrameKind kind) => new(new FrameLimits(), kind, static limits => limits.FrameBytes);

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(5000, 4)]
    [InlineData(65_000, 4)]
    public async Task Message_of_any_length_has_the_shortest_header_and_is_read_by_another_implementation(int length, int headerBytes)
    {
        foreach (var kind in new[] { WebSocketFrameKind.Text, WebSocketFrameKind.Binary })
        {
            var content = new byte[length];
            Array.Fill(content, (byte)'x');
            var frame = Encode(NewFraming(kind), content, content);
            Assert.Equal(2 * (headerBytes + length), frame.Length);

            using var stream = new MemoryStream([.. frame, .. Control(WebSocketFrameKind.Ping, "a"u8)]);
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
            var read = new byte[length + 1];
            for (var i = 0; i < 2; i++)
            {
                var result = await ReadWhole(socket, read);
                Assert.Equal((length, kind == WebSocketFrameKind.Text), (result.Count, result.MessageType == WebSocketMessageType.Text));
                Assert.Equal(content, read[..length]);
            }
        }
    }

    // What lies before a message in its event, such as another message, must stay.
    [Fact]
    public void Long_message_behind_a_short_one_moves_alone()
    {
        var frame = Encode(NewFraming(WebSocketFrameKind.Text), "short"u8.ToArray(), new byte[200], "end"u8.ToArray());
        Assert.Equal("\x81\x05short\x81\x7E\0\xC8" + new string('\0', 200) + "\x81\x03" + "end", Bytes.Latin(frame));
    }

    [Fact]
    public void Control_frame_of_more_than_125_bytes_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => Control(WebSocketFrameKind.Ping, new byte[126]));

    private static byte[] Control(WebSocketFrameKind kind, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[200];
        return bytes[..WebSocketFraming.WriteControl(bytes, kind, content)];
    }

    private static byte[] Encode(WebSocketFraming framing, params byte[][] messages)
    {
        var writer = new SegmentWriter(new SegmentPool());
        writer.Begin();
        var encoded = new List<byte>();
        foreach (var message in messages)
        {
            framing.Begin(writer);
            writer.Put(message);
            framing.End(writer);
            if (message.Length > 10_000)
            {
                encoded.AddRange(writer.Commit().Span);
                writer.Begin();
            }
        }

        return [.. encoded, .. writer.Commit().Span];
    }

    private static async Task<WebSocketReceiveResult> ReadWhole(WebSocket socket, byte[] into)
    {
        var count = 0;
        while (true)
        {
            var rest = new ArraySegment<byte>(into, count, into.Length - count);
            var part = await socket.ReceiveAsync(rest, TestContext.Current.CancellationToken);
            count += part.Count;
            if (part.EndOfMessage)
            {
                return new WebSocketReceiveResult(count, part.MessageType, true);
            }
        }
    }
}
