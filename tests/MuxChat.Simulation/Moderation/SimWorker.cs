using System.Text;
using MuxChat.Core.Chat.Operators;
using MuxChat.Simulation.Clients;
using MuxChat.Simulation.Lives;
using MuxChat.Simulation.Wire;

namespace MuxChat.Simulation.Moderation;

/// <summary>
/// The background worker of one life of the server: it takes a while to look at a password, and knows by whom it was given. It is told of
/// each kill, and that is where the log learns of it.
/// </summary>
internal sealed class SimWorker(SimWorld world, ServerLife life) : IBackgroundWorker
{
    private const int MaxDelayUs = 200_000;

    private readonly SeededRandom _random = SeededRandom.For(world.Machine.Seed, Machine.WorkerPart, life.Number);
    private readonly Queue<(Link Claimant, bool IsRight)> _claims = new();
    private int _ready;

    public static string Name => "root";

    public static string Password => "secret";

    public bool HasOperators => true;

    public bool TryVerify(OperatorClaim claim)
    {
        var isRight = Encoding.UTF8.GetString(claim.Name) == Name && Encoding.UTF8.GetString(claim.Password) == Password;
        _claims.Enqueue((life.Log.LinkOf(claim.By.Nick), isRight));
        world.Machine.Agenda.Add(world.Machine.Clock.NowUs + _random.Below(MaxDelayUs), () =>
        {
            _ready++;
            world.Network.Wake();
        });
        return true;
    }

    public bool TryVerify(GatewayClaim claim) => false;

    public bool TryReread(OperatorAct act) => false;

    public bool TryTakeOutcome(out WorkOutcome outcome)
    {
        outcome = default;
        if (_ready == 0)
        {
            return false;
        }

        _ready--;
        var (claimant, isRight) = _claims.Dequeue();
        if (isRight)
        {
            claimant.IsServerOperator = true;
            life.Book!.Operators.TryAdd(claimant, world.EventCount++);
        }

        outcome = new WorkOutcome(isRight);
        return true;
    }

    public void NoteOverride(OperatorAct act, string room, string modes)
    {
    }

    public void NoteGrant(OperatorAct act, string user)
    {
        var link = life.Log.LinkOf(act.Nick);
        link.NoteGrant(user);
        life.Book!.Operators.TryAdd(link, world.EventCount++);
    }

    public void NoteKill(OperatorAct act, string victim) =>
        life.Log.Killed(life.Log.LinkOf(act.Nick), life.Log.LinkOf(victim), victim);
}
