using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Irc;
using MuxChat.Core.Protocols.Json;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Buffers;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>Clients without an I/O model: bytes are fed to them, and what they queue is read.</summary>
internal sealed class ProtocolConnectionFixture
{
    public ProtocolConnectionFixture(ClientLimits? limits = null, IJournal? journal = null, ChatLimits? chat = null, ulong seed = 1)
    {
        Clock = new TickClock(Time);
        Broadcaster = new Broadcaster(Pool);
        var metrics = new MuxChat.Core.Metrics.MetricSet();
        Hub = new ChatHub(Broadcaster, metrics, Clock, chat ?? new ChatLimits(), Bytes.Utf8("#lobby"), new Epochs(seed));
        Hub.FinishRestoring(journal ?? new NoJournal(), wasClean: true);
        Context = new ClientContext(
            Hub,
            Broadcaster,
            Clock,
            new ProtocolDetector(Line, new JsonProtocol.Signature(Frame), new IrcProtocol.Signature(Irc)),
            new Acknowledgements(journal ?? new NoJournal()),
            limits ?? new ClientLimits());
    }

    public FakeTimeProvider Time { get; } = Clocks.Create();

    public TickClock Clock { get; }

    public SegmentPool Pool { get; } = new();

    public Broadcaster Broadcaster { get; }

    public ChatHub Hub { get; }

    public LineProtocol Line { get; } = new();

    public JsonProtocol Frame { get; } = new();

    public IrcProtocol Irc { get; } = new();

    public ClientContext Context { get; private set; }

    /// <summary>What everybody must give to be let in.</summary>
    public ServerPassword? Password
    {
        get => Context.Password;
        set => Context = Context with { Password = value };
    }

    /// <summary>Recognises clients whose protocol is not given; at first those of lines, frames and IRC.</summary>
    public ProtocolDetector Detector
    {
        get => Context.Detector;
        init => Context = Context with { Detector = value };
    }

    public Talk Start(IProtocol? protocol) => new(this, protocol);

    /// <summary>Somebody by lines who has read all there was.</summary>
    public Talk StartLine()
    {
        var talk = Start(Line);
        talk.Read();
        return talk;
    }

    /// <summary>Somebody by frames who has read all there was.</summary>
    public Talk StartFrame()
    {
        var talk = Start(Frame);
        talk.Read();
        return talk;
    }

    public void Advance(long milliseconds)
    {
        Time.AdvanceMs(milliseconds);
        Clock.Refresh();
    }

    /// <summary>One client, and the bytes it has not taken yet.</summary>
    internal sealed class Talk
    {
        private readonly ProtocolConnectionFixture _bench;
        private byte[] _pending = [];

        public Talk(ProtocolConnectionFixture bench, IProtocol? protocol)
        {
            _bench = bench;
            Client = new ProtocolConnection(bench.Context, new Recipient(bench.Broadcaster, owner: null));
            Client.Begin(protocol);
        }

        public ProtocolConnection Client { get; }

        public Recipient Recipient => Client.Recipient;

        public int PendingBytes => _pending.Length;

        public FeedStatus Feed(string lines) => Feed(Bytes.Utf8(lines));

        /// <summary>Feeds what is left and this, as an I/O model does when bytes came in.</summary>
        public FeedStatus Feed(byte[] bytes)
        {
            if (bytes.Length > 0)
            {
                Client.NoteInput();
            }

            _pending = [.. _pending, .. bytes];
            var status = Client.Feed(_pending, out var consumed);
            _pending = _pending[consumed..];
            return status;
        }

        /// <summary>Goes on with what is left.</summary>
        public FeedStatus Resume() => Feed([]);

        /// <summary>Says lines; what comes back is still to be read.</summary>
        public void Say(string lines) => Feed(lines);

        /// <summary>Sends one frame.</summary>
        public void SayFrame(string json)
        {
            var body = Bytes.Utf8(json);
            var frame = new byte[4 + body.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
            body.CopyTo(frame, 4);
            Feed(frame);
        }

        /// <summary>The lines that came since the last time.</summary>
        public string[] ReadLines() => Read().Split('\n')[..^1];

        /// <summary>The frames that came since the last time, and those of an answer that is still being written.</summary>
        public JsonObject[] ReadAllFrames()
        {
            var frames = new List<JsonObject>();
            FeedStatus status;
            do
            {
                frames.AddRange(ReadFrames());
                _bench.Advance(1);
                status = Resume();
            }
            while (status != FeedStatus.NeedMore);
            return [.. frames, .. ReadFrames()];
        }

        /// <summary>The frames that came since the last time.</summary>
        public JsonObject[] ReadFrames()
        {
            Deliver();
            var bytes = Recipient.Outbox.ReadBytes().AsSpan();
            var frames = new List<JsonObject>();
            while (bytes.Length > 0)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
                Assert.InRange(length, 1, 64 * 1024);
                frames.Add(JsonNode.Parse(bytes.Slice(4, length))!.AsObject());
                bytes = bytes[(4 + length)..];
            }

            return [.. frames];
        }

        /// <summary>The connection is gone.</summary>
        public void Break() => Client.End(CloseReason.Reset);

        /// <summary>The bytes that came since the last time, each as one character.</summary>
        public string ReadLatin()
        {
            Deliver();
            return Bytes.Latin(Recipient.Outbox.ReadBytes());
        }

        public string Read()
        {
            Deliver();
            return Recipient.Outbox.ReadText();
        }

        private void Deliver()
        {
            _bench.Broadcaster.Distribute();
            while (_bench.Broadcaster.TryTakeDirty(out _))
            {
            }
        }
    }
}
