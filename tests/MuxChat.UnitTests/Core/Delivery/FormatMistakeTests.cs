using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Line;
using MuxChat.UnitTests.Core.Buffers;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Delivery;

/// <summary>
/// A mistake in what a wire format says of itself, or in the way of an answer, costs those who read it, and they are told.
/// </summary>
public sealed class FormatMistakeTests
{
    private const string Notice = "! internal error 1: an event could not be shown\n";

    private readonly Broadcaster _broadcaster = new(new SegmentPool());
    private readonly FaultObserver _faults = new();
    private readonly ChatHub _hub;
    private readonly LineProtocol _line = new();

    public FormatMistakeTests()
    {
        _broadcaster.Errors.Observer = _faults;
        _hub = new ChatHub(_broadcaster, new MuxChat.Core.Metrics.MetricSet(), new TickClock(new FakeTimeProvider()), new ChatLimits(),
            Bytes.Utf8("#lobby"), new Epochs(1));
    }

    [Theory]
    [InlineData(nameof(IWireFormat.ShowsToActor))]
    [InlineData(nameof(IWireFormat.IsOncePerPerson))]
    public void Mistake_in_who_is_shown_an_event_is_told_to_its_readers_and_others_have_the_event(string fault)
    {
        var formats = new FaultyFormats(_line);
        var (alice, bob, carol) = (Connect(), Connect(formats), Connect());
        formats.Fault = fault;
        Assert.True(Say(alice, "one"));
        formats.Fault = "";
        Assert.True(Say(alice, "two"));
        Assert.Equal(Notice + "<guest-1> two\n", Heard(bob));
        Assert.Equal("<guest-1> one\n<guest-1> two\n", Heard(carol));
        Assert.Equal(["1 choosing the recipients of Said"], _faults.Noted);
    }

    [Fact]
    public void Mistake_in_whether_a_client_wishes_to_hear_is_told_to_it_alone()
    {
        var formats = new FaultyFormats(_line);
        var (alice, bob, carol) = (Connect(), Connect(formats), Connect());
        formats.Fault = nameof(IWireFormats.Shows);
        Assert.True(_hub.Execute(alice.Session, new Command { Kind = CommandKind.Message, Nick = "guest-2"u8, Text = "psst"u8 }).IsOk);
        Assert.True(_hub.Execute(alice.Session, new Command { Kind = CommandKind.Nick, Nick = "alice"u8 }).IsOk);
        formats.Fault = "";
        Assert.Equal(Notice + Notice.Replace('1', '2'), Heard(bob));
        Assert.Equal("* guest-1 is now alice\n", Heard(carol));
        Assert.Equal(2, _faults.Noted.Count);
    }

    [Fact]
    public void Mistake_in_the_choice_of_a_format_leaves_every_place_whole()
    {
        var formats = new FaultyFormats(_line);
        var (alice, bob) = (Connect(), Connect(formats));
        formats.Fault = nameof(IWireFormats.FormatFor);
        foreach (var kind in new[] { CommandKind.Join, CommandKind.Part, CommandKind.Join })
        {
            Assert.True(_hub.Execute(bob.Session, new Command { Kind = kind, Room = "#tea"u8 }).IsOk);
        }

        Assert.True(Say(alice, "one"));
        _hub.Disconnect(bob.Session, "gone");
        Assert.Equal(5, _faults.Noted.Count);
        Assert.EndsWith("<guest-1> one\n", Heard(bob), StringComparison.Ordinal);
        Assert.Equal("* guest-2 quit: gone\n", Heard(alice));
        Assert.Equal(1, _hub.SessionCount);
    }

    [Fact]
    public void Mistake_in_the_way_of_an_answer_keeps_nobody_else_from_the_event()
    {
        var (alice, bob) = (Connect(), Connect());
        var way = new FaultyWay(alice.Recipient);
        alice.Recipient.Redirect(way);
        Assert.True(_hub.Execute(alice.Session, new Command { Kind = CommandKind.Nick, Nick = "alice"u8 }).IsOk);
        alice.Recipient.Redirect(null);
        Assert.Equal("* guest-1 is now alice\n", Heard(bob));
        Assert.Equal([EventKind.Error], way.Received);
        Assert.Equal(["1 answering with Renamed"], _faults.Noted);
    }

    [Fact]
    public void Client_whose_first_format_could_not_be_chosen_hears_nothing_and_costs_nobody_anything()
    {
        var recipient = new Recipient(_broadcaster, owner: null);
        Assert.Throws<FaultException>(() => recipient.SetProtocol(new FaultyFormats(_line) { Fault = nameof(IWireFormats.FormatFor) }));
        recipient.Receive(new ChatEvent { Kind = EventKind.Closing, Text = "bye"u8 });
        Assert.Equal(0, recipient.Outbox.QueuedBytes);
    }

    private (Recipient Recipient, Session Session) Connect(IProtocol? protocol = null)
    {
        var recipient = new Recipient(_broadcaster, owner: null);
        recipient.SetProtocol(protocol ?? _line);
        var session = _hub.Connect(recipient);
        _broadcaster.Distribute();
        while (_broadcaster.TryTakeDirty(out var dirty))
        {
            dirty.Outbox.ReadText();
        }

        return (recipient, session);
    }

    private bool Say((Recipient Recipient, Session Session) who, string text) =>
        _hub.Execute(who.Session, new Command { Kind = CommandKind.Say, Text = Bytes.Utf8(text) }).IsOk;

    private string Heard((Recipient Recipient, Session Session) who)
    {
        _broadcaster.Distribute();
        return who.Recipient.Outbox.ReadText();
    }

    /// <summary>Lines, with a mistake in one of the questions that are asked about them.</summary>
    private sealed class FaultyFormats(LineProtocol line) : IProtocol, IWireFormat
    {
        private readonly IWireFormat _inner = ((IWireFormats)line).FormatFor(1);

        public string Fault { get; set; } = "";

        public string Name => line.Name;

        public bool PingsIdleClients => line.PingsIdleClients;

        public MuxChat.Core.Framing.IFraming Framing => line.Framing;

        public IProtocolHandler Begin(IHandlerHost host) => throw new NotSupportedException();

        public IWireFormat FormatFor(int rooms)
        {
            FaultException.ThrowIf(Fault == nameof(FormatFor));
            return this;
        }

        public bool Shows(EventKind kind)
        {
            FaultException.ThrowIf(Fault == nameof(Shows));
            return true;
        }

        public void Encode(in ChatEvent chatEvent, SegmentWriter writer) => _inner.Encode(chatEvent, writer);

        public bool ShowsToActor(EventKind kind)
        {
            FaultException.ThrowIf(Fault == nameof(ShowsToActor));
            return _inner.ShowsToActor(kind);
        }

        public bool IsOncePerPerson(EventKind kind)
        {
            FaultException.ThrowIf(Fault == nameof(IsOncePerPerson));
            return _inner.IsOncePerPerson(kind);
        }
    }

    /// <summary>A way for answers that fails for everything but errors.</summary>
    private sealed class FaultyWay(IRecipient inner) : IRecipient
    {
        public List<EventKind> Received { get; } = [];

        public string ProtocolName => inner.ProtocolName;

        public string RemoteName => inner.RemoteName;

        public int WrongPasswords
        {
            get => inner.WrongPasswords;
            set => inner.WrongPasswords = value;
        }

        public byte[] DescribeHost() => inner.DescribeHost();

        public void Expel(CloseReason why) => inner.Expel(why);

        public void Receive(in ChatEvent chatEvent)
        {
            FaultException.ThrowIf(chatEvent.Kind != EventKind.Error);
            Received.Add(chatEvent.Kind);
        }
    }
}
