using MuxChat.Core.Chat.Operators;

namespace MuxChat.Simulation.Fuzz.Crowd;

/// <summary>Knows one operator, and reads a message of the day, which fails every third time. Each outcome is there a step later.</summary>
internal sealed class CrowdWorker : IBackgroundWorker
{
    private const int MaxWaiting = 4;

    private readonly Queue<(int Step, WorkOutcome Outcome)> _outcomes = new();
    private int _step;
    private int _reads;

    public static byte[] Name { get; } = "root"u8.ToArray();

    public static byte[] Password { get; } = "secret"u8.ToArray();

    public bool HasOperators => true;

    /// <summary>From now on there are the outcomes of what was asked before.</summary>
    public void Step() => _step++;

    public bool TryVerify(OperatorClaim claim) =>
        TryAdd(new WorkOutcome(claim.Name.AsSpan().SequenceEqual(Name) && claim.Password.AsSpan().SequenceEqual(Password)));

    public bool TryVerify(GatewayClaim claim) => false;

    public bool TryReread(OperatorAct act) =>
        TryAdd(++_reads % 3 == 0 ? new WorkOutcome(false) : new WorkOutcome(true, "read\nagain\n"u8.ToArray()));

    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        outcome = default;
        if (!_outcomes.TryPeek(out var next) || next.Step >= _step)
        {
            return false;
        }

        outcome = _outcomes.Dequeue().Outcome;
        return true;
    }

    public void NoteKill(OperatorAct act, string victim)
    {
    }

    public void NoteOverride(OperatorAct act, string room, string modes)
    {
    }

    public void NoteGrant(OperatorAct act, string user)
    {
    }

    private bool TryAdd(WorkOutcome outcome)
    {
        if (_outcomes.Count == MaxWaiting)
        {
            return false;
        }

        _outcomes.Enqueue((_step, outcome));
        return true;
    }
}
