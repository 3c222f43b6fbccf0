using MuxChat.Core.Chat.History;
using MuxChat.Core.Chat.Rooms;

namespace MuxChat.UnitTests.Core.Chat.History;

/// <summary>A journal that keeps records in a list and says how it went when the test says so.</summary>
internal sealed class FakeJournal : IJournal
{
    private readonly Queue<JournalOutcome> _outcomes = new();

    public bool AcknowledgesLater { get; init; } = true;

    public bool IsBehind { get; set; }

    public List<byte[]> Records { get; } = [];

    /// <summary>The standings, with events and without, in order.</summary>
    public List<RoomStanding> Standings { get; } = [];

    public int Submitted { get; private set; }

    /// <summary>The disk has failed: what is appended has its outcome at once.</summary>
    public bool HasFailed { get; set; }

    public long Append(in StoredEvent past)
    {
        var record = new byte[EventRecord.SizeOf(past)];
        EventRecord.Write(past, record);
        Records.Add(record);
        if (past.Standing is not null)
        {
            Standings.Add(past.Standing);
        }

        if (HasFailed)
        {
            _outcomes.Enqueue(new JournalOutcome(Records.Count, JournalStatus.Failed));
        }

        return Records.Count;
    }

    public void Keep(RoomStanding standing) => Standings.Add(standing);

    public void Submit() => Submitted = Records.Count;

    public bool TryTakeOutcome(out JournalOutcome outcome) => _outcomes.TryDequeue(out outcome);

    /// <summary>Settles everything that was submitted.</summary>
    public void Settle(JournalStatus status = JournalStatus.Stored) => _outcomes.Enqueue(new JournalOutcome(Submitted, status));

    /// <summary>Settles what was submitted up to a position.</summary>
    public void SettleUpTo(long position)
    {
        Assert.InRange(position, 0, Submitted);
        _outcomes.Enqueue(new JournalOutcome(position, JournalStatus.Stored));
    }
}
