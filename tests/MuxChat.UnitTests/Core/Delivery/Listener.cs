using System.Buffers.Binary;
using System.Text.Json;
using MuxChat.Core.Chat;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>A real recipient whose bytes are taken out of its outbox and understood again.</summary>
internal sealed class Listener : IOutputOwner
{
    private readonly List<byte> _received = [];
    private readonly bool _isFrame;

    public Listener(Broadcaster broadcaster, ChatHub hub, IProtocol protocol)
    {
        _isFrame = protocol.PingsIdleClients;
        Recipient = new Recipient(broadcaster, this);
        Recipient.SetProtocol(protocol);
        Session = hub.Connect(Recipient);
        Commands = new QueryHandler(hub, Session, ((ICommandProtocol)protocol).Answers, Recipient);
    }

    /// <summary>What carries out its commands.</summary>
    public QueryHandler Commands { get; }

    public Recipient Recipient { get; }

    public Session Session { get; }

    public PeerAddress Address => default;

    public string RemoteName => "";

    public void Flush() => Receive(new byte[1024]);

    public void Fail(long number) => throw new InvalidOperationException($"Internal error {number}.");

    public void Abandon() => throw new InvalidOperationException("It was abandoned.");

    /// <summary>Takes bytes as a socket does: not all at once.</summary>
    public void Receive(byte[] scratch, int max = int.MaxValue)
    {
        while (Recipient.Outbox.QueuedBytes > 0 && max > 0)
        {
            var bytes = Recipient.Outbox.Peek(scratch);
            var taken = Math.Min(bytes.Length, max);
            _received.AddRange(bytes[..taken]);
            Recipient.Outbox.Consume(taken);
            max -= taken;
        }
    }

    /// <summary>All that was received so far, one text for each whole event.</summary>
    public List<string> Heard()
    {
        var bytes = _received.ToArray().AsSpan();
        var heard = new List<string>();
        while (_isFrame && bytes.Length >= 4 && bytes.Length >= 4 + BinaryPrimitives.ReadInt32BigEndian(bytes))
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            Assert.InRange(length, 1, 64 * 1024);
            heard.Add(InShort(bytes.Slice(4, length).ToArray()));
            bytes = bytes[(4 + length)..];
        }

        if (!_isFrame)
        {
            heard.AddRange(Bytes.Utf8(bytes).Split('\n')[..^1]);
        }

        return heard;
    }

    // The values of an event in the order they are written, but for its time.
    private static string InShort(byte[] json)
    {
        using var body = JsonDocument.Parse(json);
        return string.Join(' ',
            body.RootElement.EnumerateObject().Where(static field => field.Name is not ("time" or "server" or "text_bytes" or "epoch"))
                .Select(static field => field.Value.ToString()));
    }
}
