using Microsoft.Extensions.Time.Testing;
using MuxChat.Core.Buffers;
using MuxChat.Core.Chat;
using MuxChat.Core.Chat.History;
using MuxChat.Core.Clients;
using MuxChat.Core.Delivery;
using MuxChat.Core.Protocols;
using MuxChat.Core.Protocols.Json;
using MuxChat.UnitTests.Core.Buffers;
using MuxChat.UnitTests.Core.Chat.History;
using MuxChat.UnitTests.Core.Protocols;

namespace MuxChat.UnitTests.Core.Clients;

/// <summary>A mistake while an answer is given costs that answer: it is counted once, and those after it are given.</summary>
public sealed class AcknowledgementsTests
{
    private readonly FakeJournal _journal = new();
    private readonly Broadcaster _broadcaster = new(new SegmentPool());
    private readonly Acknowledgements _acknowledgements;

    public AcknowledgementsTests() => _acknowledgements = new Acknowledgements(_journal);

    [Theory]
    [InlineData(JournalStatus.Stored, "ok")]
    [InlineData(JournalStatus.Failed, "not_stored")]
    public void Answer_that_throws_is_counted_once_and_the_next_call_goes_on_behind_it(JournalStatus status, string expected)
    {
        var formats = new ThrowingFormats();
        var (alice, bob) = (Recipient(formats), Recipient(new JsonProtocol()));
        Append(3);
        _acknowledgements.Add(alice, "1"u8, CommandResult.Ok(1) with { Position = 1 });
        _acknowledgements.Add(alice, "2"u8, CommandResult.Ok(2) with { Position = 2 });
        _acknowledgements.Add(bob, "3"u8, CommandResult.Ok(3) with { Position = 3 });
        _journal.Submit();
        _journal.Settle(status);
        formats.Throws = true;
        Assert.Throws<FaultException>(_acknowledgements.Collect);
        Assert.Equal((2, 1, 1), (_acknowledgements.Count, alice.PendingAnswers, bob.PendingAnswers));
        formats.Throws = false;
        _acknowledgements.Collect();
        Assert.Equal((0, 0, 0), (_acknowledgements.Count, alice.PendingAnswers, bob.PendingAnswers));
        Assert.Contains(expected, alice.Outbox.ReadText(), StringComparison.Ordinal);
        Assert.Contains(expected, bob.Outbox.ReadText(), StringComparison.Ordinal);
    }

    private Recipient Recipient(IWireFormats formats)
    {
        var recipient = new Recipient(_broadcaster, owner: null);
        recipient.SetProtocol(new JsonProtocol());
        recipient.Use(formats);
        return recipient;
    }

    private void Append(int events)
    {
        var hub = new ChatHub(_broadcaster, new MuxChat.Core.Metrics.MetricSet(), new TickClock(new FakeTimeProvider()), new ChatLimits(),
            Bytes.Utf8("#lobby"), new Epochs(1));
        hub.FinishRestoring(_journal, wasClean: true);
        var talker = new Recipient(_broadcaster, owner: null);
        talker.SetProtocol(new JsonProtocol());
        var session = hub.Connect(talker);
        while (_journal.Records.Count < events)
        {
            hub.Execute(session, new Command { Kind = CommandKind.Say, Text = "x"u8 });
        }
    }

    /// <summary>Frames, which cannot be encoded for a while.</summary>
    private sealed class ThrowingFormats : IWireFormats, IWireFormat
    {
        private readonly IWireFormat _inner = ((IWireFormats)new JsonProtocol()).FormatFor(1);

        public bool Throws { get; set; }

        public IWireFormat FormatFor(int rooms) => this;

        public void Encode(in ChatEvent chatEvent, SegmentWriter writer)
        {
            FaultException.ThrowIf(Throws);
            _inner.Encode(chatEvent, writer);
        }

        public bool ShowsToActor(EventKind kind) => _inner.ShowsToActor(kind);

        public bool IsOncePerPerson(EventKind kind) => _inner.IsOncePerPerson(kind);
    }
}
