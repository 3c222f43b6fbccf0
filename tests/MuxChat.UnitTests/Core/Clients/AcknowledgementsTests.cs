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

    [Fact]
    public void Answers_that_are_added_late_wait_in_the_order_of_their_events()
    {
        var alice = Recipient(new JsonProtocol());
        Append(5);
        foreach (var position in (long[])[2, 5, 4, 1, 3])
        {
            _acknowledgements.Add(alice, Bytes.Utf8($"{position}{position}"), CommandResult.Ok(position) with { Position = position });
        }

        _journal.Submit();
        _journal.SettleUpTo(3);
        _acknowledgements.Collect();
        Assert.Equal(["11", "22", "33"], IdsOf(alice));
        _journal.Settle(JournalStatus.Full);
        _acknowledgements.Collect();
        Assert.Equal(["44", "55"], IdsOf(alice));
    }

    [Fact]
    public void Answer_after_its_outcome_is_given_at_once_and_truly()
    {
        var alice = Recipient(new JsonProtocol());
        Append(1);
        _journal.Submit();
        _journal.Settle();
        _acknowledgements.Collect();
        Append(1);
        _journal.Submit();
        _journal.Settle(JournalStatus.Full);
        _acknowledgements.Collect();
        _acknowledgements.Answer(alice, isGone: false, "1"u8, CommandResult.Ok(1) with { Position = 1 });
        Assert.Contains("\"type\":\"ok\"", alice.Outbox.ReadText(), StringComparison.Ordinal);
        _acknowledgements.Answer(alice, isGone: false, "2"u8, CommandResult.Ok(2) with { Position = 2 });
        Assert.Contains("the server's disk is full", alice.Outbox.ReadText(), StringComparison.Ordinal);
        _acknowledgements.Answer(alice, isGone: false, "3"u8, CommandResult.Ok(3) with { Position = 3 });
        Assert.Equal((0, 1), ((int)alice.Outbox.QueuedBytes, _acknowledgements.Count));
    }

    [Fact]
    public void Answer_long_after_its_outcome_never_says_that_more_was_stored_than_was()
    {
        var alice = Recipient(new JsonProtocol());
        for (var run = 0; run < 100; run++)
        {
            Append(1);
            _journal.Submit();
            _journal.Settle(run % 2 == 0 ? JournalStatus.Stored : JournalStatus.Full);
            _acknowledgements.Collect();
        }

        for (var position = 1; position <= _journal.Records.Count; position++)
        {
            _acknowledgements.Answer(alice, isGone: false, "1"u8, CommandResult.Ok(1) with { Position = position });
            var isOk = alice.Outbox.ReadText().Contains("\"ok\"", StringComparison.Ordinal);
            Assert.False(isOk && position % 2 == 0, $"{position} was not stored");
            Assert.True(isOk || position % 2 == 0 || position <= _journal.Records.Count - 60, $"{position} was stored");
        }
    }

    private static string[] IdsOf(Recipient recipient) => [.. recipient.Outbox.ReadText().Split("\"id\":").Skip(1)
        .Select(static part => part[..2])];

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
