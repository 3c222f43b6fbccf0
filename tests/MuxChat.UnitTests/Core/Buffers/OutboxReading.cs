using MuxChat.Core.Buffers;

namespace MuxChat.UnitTests.Core.Buffers;

/// <summary>Empties outboxes as a connection does: it peeks, and consumes the bytes that it has sent.</summary>
internal static class OutboxReading
{
    public static byte[] ReadBytes(this Outbox outbox, int scratchBytes = 64 * 1024)
    {
        var all = new List<byte>();
        var scratch = new byte[scratchBytes];
        while (outbox.QueuedBytes > 0)
        {
            var bytes = outbox.Peek(scratch);
            Assert.False(bytes.IsEmpty, "Bytes are queued and none are shown.");
            all.AddRange(bytes);
            outbox.Consume(bytes.Length);
        }

        Assert.Equal(0, outbox.SliceCount);
        return [.. all];
    }

    public static string ReadText(this Outbox outbox) => Bytes.Utf8(outbox.ReadBytes());
}
