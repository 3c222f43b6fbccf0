using MuxChat.Core.Chat.Operators;

namespace MuxChat.UnitTests.Core.Chat.Operators;

/// <summary>
/// Knows one operator, <c>root</c> with the password <c>secret</c>, and has every outcome at once, or when it is told to.
/// </summary>
internal sealed class FakeWorker : IBackgroundWorker
{
    private readonly Queue<WorkOutcome> _outcomes = new();

    public bool HasOperators => true;

    /// <summary>Requests that may wait.</summary>
    public int Places { get; set; } = int.MaxValue;

    /// <summary>Whether outcomes are held back.</summary>
    public bool IsSlow { get; set; }

    /// <summary>What REHASH reads; null when it cannot be read.</summary>
    public byte[]? Motd { get; set; } = Bytes.Utf8("new");

    public List<string> Log { get; } = [];

    public bool TryVerify(OperatorClaim claim)
    {
        Log.Add($"{claim.By.Nick} from {claim.By.RemoteName} is {Bytes.Utf8(claim.Name)}");
        return TryAdd(new WorkOutcome(Bytes.Utf8(claim.Name) == "root" && Bytes.Utf8(claim.Password) == "secret"));
    }

    public bool TryVerify(GatewayClaim claim)
    {
        Log.Add($"gateway {claim.Gateway} from {claim.RemoteName}");
        return TryAdd(new WorkOutcome(Bytes.Utf8(claim.Password) == "gate"));
    }

    public bool TryReread(OperatorAct act) => TryAdd(new WorkOutcome(Motd is not null, Motd));

    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        outcome = default;
        return !IsSlow && _outcomes.TryDequeue(out outcome);
    }

    public void NoteKill(OperatorAct act, string victim) => Log.Add($"{act.Nick} killed {victim}");

    public void NoteOverride(OperatorAct act, string room, string modes) => Log.Add($"{act.Nick} changed {room}: {modes}");

    public void NoteGrant(OperatorAct act, string user) => Log.Add($"{act.Nick} from {act.RemoteName} is an operator as {user}");

    private bool TryAdd(WorkOutcome outcome)
    {
        if (_outcomes.Count >= Places)
        {
            return false;
        }

        _outcomes.Enqueue(outcome);
        return true;
    }
}
