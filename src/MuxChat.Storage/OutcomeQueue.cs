using MuxChat.Core.Chat.History;

namespace MuxChat.Storage;

/// <summary>Outcomes that the loop has not taken yet, in order; neighbours of the same kind are one.</summary>
internal sealed class OutcomeQueue
{
    private readonly List<JournalOutcome> _outcomes = [];
    private int _taken;

    /// <summary>The position up to which there are, or were, outcomes.</summary>
    public long UpTo { get; private set; }

    /// <summary>How many events are not stored, of those that have an outcome.</summary>
    public long NotStored { get; private set; }

    /// <summary>Adds the outcome of all events from the last outcome up to a position; nothing when that is covered.</summary>
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

    /// <summary>Takes the oldest.</summary>
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
