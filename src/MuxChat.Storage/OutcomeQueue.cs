using MuxChat.Core.Chat.History;

namespace MuxChat.Storage;

/// <summary>Outcomes that the loop has not taken yet, in order. Adjacent outcomes with the same status are merged.</summary>
internal sealed class OutcomeQueue
{
    private readonly List<JournalOutcome> _outcomes = [];
    private int _taken;

    /// <summary>The position of the last event with an outcome, taken or not.</summary>
    public long UpTo { get; private set; }

    /// <summary>Events with an outcome that are not stored.</summary>
    public long NotStored { get; private set; }

    /// <summary>Adds the outcome of all events after the last outcome up to a position. Does nothing when that is covered.</summary>
    public void Add(long upTo, JournalStatus status)
    {
        if (upTo <= UpTo)
        {
            return;
        }

        NotStored += status == JournalStatus.Stored ? 0 : upTo - UpTo;
        UpTo = upTo;
        if (_taken < _outcomes.Count && _outcomes[^1].Status == status)
        {
            _outcomes[^1] = new(upTo, status);
        }
        else
        {
            _outcomes.Add(new(upTo, status));
        }
    }

    /// <summary>Takes the oldest outcome.</summary>
    public bool TryTake(out JournalOutcome outcome)
    {
        outcome = default;
        if (_taken == _outcomes.Count)
        {
            return false;
        }

        outcome = _outcomes[_taken++];
        if (_taken == _outcomes.Count)
        {
            _outcomes.Clear();
            _taken = 0;
        }

        return true;
    }
}
